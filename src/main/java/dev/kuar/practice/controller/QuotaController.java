package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.ApiClient.ServedResource;
import dev.kuar.practice.api.Informer;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Quantity;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Counts what a namespace uses of each ResourceQuota. What is over the line is refused by admission, not here. */
final class QuotaController implements Reconciler {
    private static final Map<String, GroupResource> COUNTED = Map.of(
            "pods", Kinds.PODS,
            "configmaps", Kinds.CONFIG_MAPS,
            "secrets", Kinds.SECRETS,
            "services", Kinds.SERVICES,
            "persistentvolumeclaims", Kinds.CLAIMS,
            "replicationcontrollers", Kinds.REPLICATION_CONTROLLERS,
            "resourcequotas", Kinds.QUOTAS);

    private final ControllerContext context;
    private final ApiClient client;
    private final Informer quotas;
    private final Loop loop;
    private final Set<GroupResource> followed = new HashSet<>();

    private QuotaController(ControllerContext context) {
        this.context = context;
        this.client = context.clientFor("resourcequota-controller");
        this.quotas = context.informer(Kinds.QUOTAS);
        this.loop = context.loop("resourcequota-controller", this);
    }

    static void start(ControllerContext context) {
        QuotaController controller = new QuotaController(context);
        context.watch(Kinds.QUOTAS, controller.loop);
    }

    @Override
    public Next reconcile(Key key) {
        KubeObject quota = quotas.find(key.namespace(), key.name()).orElse(null);
        if (quota == null) {
            return Next.ON_CHANGE;
        }
        Map<String, Object> used = new TreeMap<>();
        for (String resource : quota.map("spec", "hard").keySet()) {
            used.put(resource, usage(quota, resource).toString());
        }
        ControllerContext.writeStatus(
                client,
                Kinds.QUOTAS,
                quota,
                Trees.map("hard", KubeObject.copyOf(quota.map("spec", "hard")), "used", new LinkedHashMap<>(used)));
        return Next.ON_CHANGE;
    }

    private Quantity usage(KubeObject quota, String resource) {
        GroupResource counted = COUNTED.get(resource);
        if (resource.startsWith("count/")) {
            counted = named(resource.substring("count/".length()));
        }
        if (counted != null && !counted.equals(Kinds.PODS)) {
            return Quantity.of(follow(counted).inNamespace(quota.namespace()).size());
        }
        if (resource.startsWith("services.")) {
            return services(quota, resource);
        }
        if (resource.equals("requests.storage")) {
            return sum(follow(Kinds.CLAIMS), quota, "spec", "resources", "requests", "storage");
        }
        return pods(quota, resource);
    }

    private static GroupResource named(String text) {
        int dot = text.indexOf('.');
        return dot < 0 ? GroupResource.core(text) : GroupResource.of(text.substring(dot + 1), text.substring(0, dot));
    }

    /** The informer of a kind, whose changes bring the quotas of the namespace back here. */
    private synchronized Informer follow(GroupResource resource) {
        if (!resource.equals(Kinds.QUOTAS) && isServed(resource) && followed.add(resource)) {
            context.listen(resource, (old, now) -> {
                KubeObject object = now != null ? now : old;
                if (object != null) {
                    quotas.inNamespace(object.namespace()).forEach(quota -> loop.add(Key.of(quota)));
                }
            });
        }
        return context.informer(resource);
    }

    private boolean isServed(GroupResource resource) {
        return COUNTED.containsValue(resource)
                || client.resources().stream().map(ServedResource::resource).anyMatch(resource::equals);
    }

    private Quantity services(KubeObject quota, String resource) {
        long count = 0;
        for (KubeObject service : follow(Kinds.SERVICES).inNamespace(quota.namespace())) {
            String type = service.text("spec", "type");
            if (resource.equals("services.loadbalancers")) {
                count += type.equals("LoadBalancer") ? 1 : 0;
            } else if (type.equals("NodePort") || type.equals("LoadBalancer")) {
                count += service.maps("spec", "ports").stream()
                        .filter(port -> Trees.number(port, "nodePort", 0) > 0)
                        .count();
            }
        }
        return Quantity.of(count);
    }

    private Quantity pods(KubeObject quota, String resource) {
        String kind = resource.startsWith("limits.") ? "limits" : "requests";
        String name = resource.replaceFirst("^(limits|requests)\\.", "");
        Quantity sum = Quantity.ZERO;
        for (KubeObject pod : follow(Kinds.PODS).inNamespace(quota.namespace())) {
            if (PodState.isFinished(pod) || !inScope(quota, pod)) {
                continue;
            }
            if (resource.equals("pods")) {
                sum = sum.plus(Quantity.of(1));
                continue;
            }
            Quantity running = Quantity.ZERO;
            for (Map<String, Object> container : pod.maps("spec", "containers")) {
                running = running.plus(Quantity.of(KubeObject.of(container).at("resources", kind, name)));
            }
            for (Map<String, Object> container : pod.maps("spec", "initContainers")) {
                Quantity first = Quantity.of(KubeObject.of(container).at("resources", kind, name));
                running = first.compareTo(running) > 0 ? first : running;
            }
            sum = sum.plus(running);
        }
        return sum;
    }

    private static boolean inScope(KubeObject quota, KubeObject pod) {
        boolean bestEffort = pod.text("status", "qosClass").equals("BestEffort");
        boolean terminating = pod.at("spec", "activeDeadlineSeconds") != null;
        for (String scope : quota.texts("spec", "scopes")) {
            boolean matches =
                    switch (scope) {
                        case "BestEffort" -> bestEffort;
                        case "NotBestEffort" -> !bestEffort;
                        case "Terminating" -> terminating;
                        case "NotTerminating" -> !terminating;
                        default -> true;
                    };
            if (!matches) {
                return false;
            }
        }
        return true;
    }

    private static Quantity sum(Informer informer, KubeObject quota, String... path) {
        Quantity sum = Quantity.ZERO;
        for (KubeObject object : informer.inNamespace(quota.namespace())) {
            sum = sum.plus(Quantity.of(object.at(path)));
        }
        return sum;
    }
}
