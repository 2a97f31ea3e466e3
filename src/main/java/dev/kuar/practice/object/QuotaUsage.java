package dev.kuar.practice.object;

import java.math.RoundingMode;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What an object uses of what ResourceQuotas limit, and which limits are about which objects.
 *
 * <p>Models the quota evaluators of Kubernetes 1.36, but for devices.
 */
public final class QuotaUsage {
    private static final GroupResource PODS = GroupResource.core("pods");
    private static final GroupResource SERVICES = GroupResource.core("services");
    private static final GroupResource CLAIMS = GroupResource.core("persistentvolumeclaims");
    private static final String OF_CLASS = ".storageclass.storage.k8s.io/";
    private static final GroupResource DEVICE_CLAIMS = GroupResource.of("resource.k8s.io", "resourceclaims");
    private static final String DEVICES = ".deviceclass.resource.k8s.io/devices";

    /** How many devices a request for all of them counts as: as many as a claim can have. */
    private static final long ALL = 32;

    private static final Set<String> OF_PODS = Set.of(
            "cpu",
            "memory",
            "ephemeral-storage",
            "requests.cpu",
            "requests.memory",
            "requests.ephemeral-storage",
            "limits.cpu",
            "limits.memory",
            "limits.ephemeral-storage",
            "pods");
    private static final Set<String> OF_SERVICES = Set.of("services", "services.nodeports", "services.loadbalancers");
    private static final Set<String> OF_CLAIMS = Set.of("persistentvolumeclaims", "requests.storage");

    /** Kinds whose plain name is a limit too. */
    private static final Set<String> ALIASES =
            Set.of("configmaps", "resourcequotas", "replicationcontrollers", "secrets");

    /** What is not stored or was never counted. */
    private static final Set<String> IGNORED =
            Set.of("bindings", "componentstatuses", "events", "events.events.k8s.io");

    private QuotaUsage() {}

    public static boolean isCounted(GroupResource resource) {
        return !IGNORED.contains(resource.toString()) && !resource.group().startsWith("auth");
    }

    /** Whether a limit of this name is about objects of the kind. */
    public static boolean concerns(String limit, GroupResource resource) {
        if (limit.equals("count/" + resource)) {
            return true;
        }
        if (resource.equals(PODS)) {
            return OF_PODS.contains(limit)
                    || limit.startsWith("hugepages-")
                    || limit.startsWith("requests.hugepages-")
                    || limit.startsWith("requests.") && limit.contains("/") && isForeign(limit);
        }
        if (resource.equals(SERVICES)) {
            return OF_SERVICES.contains(limit);
        }
        if (resource.equals(CLAIMS)) {
            return OF_CLAIMS.stream().anyMatch(name -> limit.equals(name) || limit.endsWith(OF_CLASS + name));
        }
        if (resource.equals(DEVICE_CLAIMS)) {
            return limit.endsWith(DEVICES);
        }
        return resource.group().isEmpty() && ALIASES.contains(limit) && limit.equals(resource.resource());
    }

    private static boolean isForeign(String limit) {
        return !limit.contains("kubernetes.io/") || limit.startsWith("requests.deviceclass.resource.kubernetes.io/");
    }

    /** The kinds that any of the limits are about. */
    public static Set<GroupResource> kinds(Collection<String> limits) {
        Set<GroupResource> kinds = new LinkedHashSet<>();
        for (String limit : limits) {
            if (limit.startsWith("count/")) {
                String name = limit.substring("count/".length());
                int dot = name.indexOf('.');
                kinds.add(
                        dot < 0
                                ? GroupResource.core(name)
                                : GroupResource.of(name.substring(dot + 1), name.substring(0, dot)));
            }
            Stream.concat(
                            Stream.of(PODS, SERVICES, CLAIMS, DEVICE_CLAIMS),
                            ALIASES.stream().map(GroupResource::core))
                    .filter(kind -> concerns(limit, kind))
                    .forEach(kinds::add);
        }
        return kinds;
    }

    public static boolean isInScope(KubeObject quota, GroupResource resource, KubeObject object) {
        return QuotaScopes.contain(quota, resource, object);
    }

    /** Whether a pod ends by itself after a time, so that a change of that moves it from one quota to another. */
    public static boolean isBounded(KubeObject pod) {
        return QuotaScopes.isBounded(pod);
    }

    /** By limit's name, in its order. */
    public static Map<String, Quantity> of(GroupResource resource, KubeObject object, Instant now) {
        Map<String, Quantity> usage = new TreeMap<>();
        usage.put("count/" + resource, Quantity.of(1));
        if (resource.equals(PODS)) {
            pod(object, now, usage);
        } else if (resource.equals(SERVICES)) {
            service(object, usage);
        } else if (resource.equals(CLAIMS)) {
            claim(object, usage);
        } else if (resource.equals(DEVICE_CLAIMS)) {
            devices(object, usage);
        } else if (resource.group().isEmpty() && ALIASES.contains(resource.resource())) {
            usage.put(resource.resource(), Quantity.of(1));
        }
        return usage;
    }

    private static void pod(KubeObject pod, Instant now, Map<String, Quantity> usage) {
        if (isOver(pod, now)) {
            return;
        }
        usage.put("pods", Quantity.of(1));
        PodResources.held(pod, "requests").forEach((name, amount) -> {
            if (isPlain(name) || name.startsWith("hugepages-")) {
                usage.put(name, amount);
                usage.put("requests." + name, amount);
            } else if (name.contains("/")) {
                usage.put("requests." + name, amount);
            }
        });
        PodResources.held(pod, "limits").forEach((name, amount) -> {
            if (isPlain(name)) {
                usage.put("limits." + name, amount);
            }
        });
    }

    private static boolean isPlain(String name) {
        return Set.of("cpu", "memory", "ephemeral-storage").contains(name);
    }

    /** Finished, or going for longer than it may take. */
    private static boolean isOver(KubeObject pod, Instant now) {
        if (Set.of("Succeeded", "Failed").contains(pod.text("status", "phase"))) {
            return true;
        }
        long grace = pod.number(-1, "metadata", "deletionGracePeriodSeconds");
        return pod.isTerminating()
                && grace >= 0
                && now.isAfter(
                        Instant.parse(pod.text("metadata", "deletionTimestamp")).plusSeconds(grace));
    }

    private static void service(KubeObject service, Map<String, Quantity> usage) {
        List<Map<String, Object>> ports = service.maps("spec", "ports");
        String type = service.text("spec", "type");
        boolean balanced = type.equals("LoadBalancer");
        long onNodes = type.equals("NodePort") || balanced ? ports.size() : 0;
        if (balanced && Boolean.FALSE.equals(service.at("spec", "allocateLoadBalancerNodePorts"))) {
            onNodes = ports.stream()
                    .filter(port -> KubeObject.of(port).number(0, "nodePort") != 0)
                    .count();
        }
        usage.put("services", Quantity.of(1));
        usage.put("services.loadbalancers", Quantity.of(balanced ? 1 : 0));
        usage.put("services.nodeports", Quantity.of(onNodes));
    }

    private static void claim(KubeObject claim, Map<String, Quantity> usage) {
        usage.put("persistentvolumeclaims", Quantity.of(1));
        String beta = claim.annotations().getOrDefault("volume.beta.kubernetes.io/storage-class", "");
        String name = beta.isEmpty() ? claim.text("spec", "storageClassName") : beta;
        if (!name.isEmpty()) {
            usage.put(name + OF_CLASS + "persistentvolumeclaims", Quantity.of(1));
        }
        Object asked = claim.at("spec", "resources", "requests", "storage");
        if (asked != null) {
            Quantity wanted = Quantity.of(asked);
            Quantity allocated = Quantity.of(claim.at("status", "allocatedResources", "storage"));
            Quantity more = whole(allocated.compareTo(wanted) > 0 ? allocated : wanted);
            usage.put("requests.storage", more);
            if (!name.isEmpty()) {
                usage.put(name + OF_CLASS + "requests.storage", more);
            }
        }
    }

    /** Of alternatives the one of each class that takes most counts. */
    private static void devices(KubeObject claim, Map<String, Quantity> usage) {
        for (Map<String, Object> tree : claim.maps("spec", "devices", "requests")) {
            KubeObject request = KubeObject.of(tree);
            Map<String, Long> most = new TreeMap<>();
            request.maps("firstAvailable").forEach(each -> count(KubeObject.of(each), most));
            if (request.at("exactly") != null) {
                count(KubeObject.of(request.map("exactly")), most);
            }
            most.forEach((name, count) -> usage.merge(name, Quantity.of(count), Quantity::plus));
        }
    }

    private static void count(KubeObject request, Map<String, Long> most) {
        boolean all = request.text("allocationMode").equals("All");
        most.merge(request.text("deviceClassName") + DEVICES, all ? ALL : request.number(1, "count"), Math::max);
    }

    private static Quantity whole(Quantity amount) {
        return new Quantity(amount.value().setScale(0, RoundingMode.UP), amount.binary());
    }
}
