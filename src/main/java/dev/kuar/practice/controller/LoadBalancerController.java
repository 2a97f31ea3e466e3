package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.Informer;
import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives Services of type LoadBalancer an address, as a cloud's controller does, and takes it back with the type or the
 * Service.
 *
 * <p>Models the service controller of cloud-provider 0.36: what it looks at, its finalizer and its events.
 */
final class LoadBalancerController implements Reconciler {
    private static final String FINALIZER = "service.kubernetes.io/load-balancer-cleanup";
    private static final String EXCLUDED = "node.kubernetes.io/exclude-from-external-load-balancers";
    private static final String RANGE = "203.0.113.";

    /** What a balancer has to follow. */
    private static final List<String> FOLLOWED = List.of(
            "loadBalancerSourceRanges",
            "ports",
            "sessionAffinity",
            "sessionAffinityConfig",
            "loadBalancerIP",
            "externalIPs",
            "externalTrafficPolicy",
            "healthCheckNodePort",
            "ipFamilies");

    private final ApiClient client;
    private final EventRecorder events;
    private final Informer services;
    private final Informer nodes;

    private LoadBalancerController(ControllerContext context) {
        this.client = context.clientFor("service-controller");
        this.events = context.events("service-controller");
        this.services = context.informer(Kinds.SERVICES);
        this.nodes = context.informer(Kinds.NODES);
    }

    static void start(ControllerContext context) {
        Loop loop = context.loop("service-lb-controller", new LoadBalancerController(context));
        context.listen(Kinds.SERVICES, (old, now) -> {
            if (now != null && (isToBeCleaned(now) || concerns(old, now))) {
                loop.add(Key.of(now));
            }
        });
    }

    private static boolean concerns(@Nullable KubeObject old, KubeObject now) {
        if (old == null || wants(old) != wants(now)) {
            return wants(now) || old != null;
        }
        return wants(now)
                && (!old.uid().equals(now.uid())
                        || !old.annotations().equals(now.annotations())
                        || FOLLOWED.stream()
                                .anyMatch(field -> !Objects.equals(old.at("spec", field), now.at("spec", field))));
    }

    private static boolean wants(KubeObject service) {
        return isBalanced(service) && service.text("spec", "loadBalancerClass").isEmpty();
    }

    private static boolean isBalanced(KubeObject service) {
        return service.text("spec", "type").equals("LoadBalancer");
    }

    private static boolean isToBeCleaned(KubeObject service) {
        return service.finalizers().contains(FINALIZER) && (service.isTerminating() || !isBalanced(service));
    }

    @Override
    public synchronized Next reconcile(Key key) {
        KubeObject service = services.find(key.namespace(), key.name()).orElse(null);
        if (service != null) {
            if (wants(service) && !isToBeCleaned(service)) {
                ensure(service);
            } else {
                delete(service);
            }
        }
        return Next.ON_CHANGE;
    }

    private void ensure(KubeObject service) {
        events.normal(service, "EnsuringLoadBalancer", "Ensuring load balancer");
        finalizer(service, true);
        if (nodes.all().stream().allMatch(node -> node.labels().containsKey(EXCLUDED))) {
            events.warning(service, "UnAvailableLoadBalancer", "There are no available nodes for LoadBalancer");
        }
        events.normal(service, "EnsuredLoadBalancer", "Ensured load balancer");
        if (service.maps("status", "loadBalancer", "ingress").isEmpty()) {
            status(service, Trees.list(Trees.map("ip", free(), "ipMode", "VIP")));
        }
    }

    private void delete(KubeObject service) {
        if (service.finalizers().contains(FINALIZER)) {
            events.normal(service, "DeletingLoadBalancer", "Deleting load balancer");
        }
        finalizer(service, false);
        events.normal(service, "DeletedLoadBalancer", "Deleted load balancer");
        if (!service.maps("status", "loadBalancer", "ingress").isEmpty()) {
            status(service, null);
        }
    }

    private String free() {
        Set<String> taken = new HashSet<>();
        for (KubeObject service : services.all()) {
            service.maps("status", "loadBalancer", "ingress").forEach(ingress -> taken.add(Trees.text(ingress, "ip")));
        }
        int last = 10;
        while (taken.contains(RANGE + last)) {
            last++;
        }
        return RANGE + last;
    }

    private void status(KubeObject service, @Nullable Object ingress) {
        Map<String, Object> balancer = new LinkedHashMap<>();
        balancer.put("ingress", ingress);
        patch(service, Trees.map("status", Trees.map("loadBalancer", balancer)));
    }

    private void finalizer(KubeObject service, boolean wanted) {
        if (service.finalizers().contains(FINALIZER) != wanted) {
            List<Object> finalizers = new ArrayList<>(service.finalizers());
            finalizers.remove(FINALIZER);
            if (wanted) {
                finalizers.add(FINALIZER);
            }
            patch(service, Trees.map("metadata", Trees.map("finalizers", finalizers)));
        }
    }

    /** As clouds do: its role lets it write the status alone. */
    private void patch(KubeObject service, Map<String, Object> patch) {
        client.find(Kinds.SERVICES, service.namespace(), service.name())
                .filter(now -> now.uid().equals(service.uid()))
                .ifPresent(now -> client.patch(
                        Kinds.SERVICES,
                        service.namespace(),
                        service.name(),
                        "status",
                        ApiClient.PatchType.MERGE,
                        patch));
    }
}
