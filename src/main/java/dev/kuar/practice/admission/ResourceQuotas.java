package dev.kuar.practice.admission;

import dev.kuar.practice.object.ClusterReader;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Refuses what a namespace's ResourceQuotas have no room for, and charges the rest to them at once. */
final class ResourceQuotas implements Admission {
    private static final GroupResource QUOTAS = GroupResource.core("resourcequotas");
    private static final int TRIES = 20;
    private static final Set<String> COUNTED = Set.of(
            "configmaps",
            "persistentvolumeclaims",
            "pods",
            "replicationcontrollers",
            "resourcequotas",
            "secrets",
            "services");

    private final ClusterReader reader;
    private final QuotaLedger ledger;

    ResourceQuotas(ClusterReader reader, QuotaLedger ledger) {
        this.reader = reader;
        this.ledger = ledger;
    }

    @Override
    public void validate(AdmissionRequest request) {
        if (!request.isCreate()
                || !request.subresource().isEmpty()
                || request.namespace().isEmpty()) {
            return;
        }
        for (KubeObject quota : reader.list(QUOTAS, request.namespace())) {
            if (QuotaScopes.matches(quota, request)) {
                charge(request, quota);
            }
        }
    }

    private void charge(AdmissionRequest request, KubeObject first) {
        KubeObject quota = first;
        Map<String, Quantity> usage = usage(request);
        usage.keySet().retainAll(quota.map("spec", "hard").keySet());
        mustSpecify(request, quota);
        if (usage.values().stream().allMatch(Quantity::isZero)) {
            return;
        }
        for (int i = 0; i < TRIES; i++) {
            KubeObject charged = charged(request, quota, usage);
            if (request.dryRun() || ledger.store(charged)) {
                return;
            }
            quota = reader.find(QUOTAS, request.namespace(), first.name()).orElse(first);
        }
        throw request.forbidden("unable to update quota " + first.name());
    }

    private static KubeObject charged(AdmissionRequest request, KubeObject quota, Map<String, Quantity> usage) {
        List<String> unknown = usage.keySet().stream()
                .filter(name -> quota.at("status", "hard", name) == null)
                .toList();
        if (!unknown.isEmpty()) {
            throw request.forbidden(
                    "status unknown for quota: " + quota.name() + ", resources: " + String.join(",", unknown));
        }
        KubeObject charged = quota.copy();
        List<String> requested = new ArrayList<>();
        List<String> used = new ArrayList<>();
        List<String> limited = new ArrayList<>();
        usage.forEach((name, amount) -> {
            Quantity now = Quantity.of(quota.at("status", "used", name));
            Quantity hard = Quantity.of(quota.at("status", "hard", name));
            Quantity sum = now.plus(amount);
            charged.set(sum.toString(), "status", "used", name);
            if (!amount.isZero() && sum.compareTo(hard) > 0) {
                requested.add(name + "=" + amount);
                used.add(name + "=" + now);
                limited.add(name + "=" + hard);
            }
        });
        if (!requested.isEmpty()) {
            throw request.forbidden("exceeded quota: " + quota.name() + ", requested: " + String.join(",", requested)
                    + ", used: " + String.join(",", used) + ", limited: " + String.join(",", limited));
        }
        return charged;
    }

    private static Map<String, Quantity> usage(AdmissionRequest request) {
        Map<String, Quantity> usage = new TreeMap<>();
        GroupResource resource = request.resource();
        usage.put("count/" + resource, Quantity.of(1));
        if (resource.group().isEmpty() && COUNTED.contains(resource.resource())) {
            usage.put(resource.resource(), Quantity.of(1));
        }
        KubeObject object = request.now();
        if (request.isFor("", "pods")) {
            PodResources.sum(object, "requests").forEach((name, amount) -> {
                usage.put("requests." + name, amount);
                usage.put(name, amount);
            });
            PodResources.sum(object, "limits").forEach((name, amount) -> usage.put("limits." + name, amount));
        } else if (request.isFor("", "services")) {
            String type = object.text("spec", "type");
            boolean balancer = type.equals("LoadBalancer");
            long ports = type.equals("NodePort") || balancer
                    ? object.maps("spec", "ports").size()
                    : 0;
            usage.put("services.nodeports", Quantity.of(ports));
            usage.put("services.loadbalancers", Quantity.of(balancer ? 1 : 0));
        } else if (request.isFor("", "persistentvolumeclaims")) {
            Quantity storage = Quantity.of(object.at("spec", "resources", "requests", "storage"));
            String type = object.text("spec", "storageClassName");
            usage.put("requests.storage", storage);
            if (!type.isEmpty()) {
                String suffix = type + ".storageclass.storage.k8s.io/";
                usage.put(suffix + "requests.storage", storage);
                usage.put(suffix + "persistentvolumeclaims", Quantity.of(1));
            }
        }
        return usage;
    }

    /** A quota on cpu or memory wants every container to say how much. */
    private static void mustSpecify(AdmissionRequest request, KubeObject quota) {
        if (!request.isFor("", "pods")) {
            return;
        }
        List<String> missing = new ArrayList<>();
        for (String name : new TreeMap<>(quota.map("spec", "hard")).keySet()) {
            String side = name.startsWith("limits.") ? "limits" : "requests";
            String plain = name.substring(name.indexOf('.') + 1);
            if (!plain.equals("cpu") && !plain.equals("memory")) {
                continue;
            }
            List<String> containers = new ArrayList<>();
            for (Map<String, Object> container : PodResources.containers(request.now())) {
                if (!PodResources.of(container, side).containsKey(plain)) {
                    containers.add(String.valueOf(container.get("name")));
                }
            }
            if (!containers.isEmpty()) {
                missing.add(name + " for: " + String.join(",", containers));
            }
        }
        if (!missing.isEmpty()) {
            throw request.forbidden("failed quota: " + quota.name() + ": must specify " + String.join("; ", missing));
        }
    }
}
