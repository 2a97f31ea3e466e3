package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.Informer;
import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Gives Services of type LoadBalancer an address, as a cloud's controller does. */
final class LoadBalancerController implements Reconciler {
    private static final String FINALIZER = "service.kubernetes.io/load-balancer-cleanup";
    private static final String RANGE = "203.0.113.";

    private final ApiClient client;
    private final EventRecorder events;
    private final Informer services;

    private LoadBalancerController(ControllerContext context) {
        this.client = context.clientFor("service-controller");
        this.events = context.events("service-controller");
        this.services = context.informer(Kinds.SERVICES);
    }

    static void start(ControllerContext context) {
        context.watch(Kinds.SERVICES, context.loop("service-lb-controller", new LoadBalancerController(context)));
    }

    @Override
    public synchronized Next reconcile(Key key) {
        KubeObject service = services.find(key.namespace(), key.name()).orElse(null);
        if (service == null) {
            return Next.ON_CHANGE;
        }
        boolean wanted = service.text("spec", "type").equals("LoadBalancer")
                && service.text("spec", "loadBalancerClass").isEmpty()
                && !service.isTerminating();
        boolean held = service.finalizers().contains(FINALIZER);
        boolean has = !service.maps("status", "loadBalancer", "ingress").isEmpty();
        if (wanted && !held) {
            finalizer(service, true);
        } else if (wanted && !has) {
            events.normal(service, "EnsuringLoadBalancer", "Ensuring load balancer");
            status(service, Trees.map("ingress", Trees.list(Trees.map("ip", free(), "ipMode", "VIP"))));
            events.normal(service, "EnsuredLoadBalancer", "Ensured load balancer");
        } else if (!wanted && has) {
            events.normal(service, "DeletingLoadBalancer", "Deleting load balancer");
            status(service, Trees.map());
            events.normal(service, "DeletedLoadBalancer", "Deleted load balancer");
        } else if (!wanted && held) {
            finalizer(service, false);
        }
        return Next.ON_CHANGE;
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

    private void status(KubeObject service, Map<String, Object> balancer) {
        KubeObject changed = service.copy();
        changed.set(balancer, "status", "loadBalancer");
        client.updateSubresource(Kinds.SERVICES, "status", changed);
    }

    private void finalizer(KubeObject service, boolean wanted) {
        KubeObject changed = service.copy();
        List<Object> finalizers = new ArrayList<>(service.finalizers());
        if (wanted) {
            finalizers.add(FINALIZER);
        } else {
            finalizers.remove(FINALIZER);
        }
        changed.set(finalizers.isEmpty() ? null : finalizers, "metadata", "finalizers");
        client.update(Kinds.SERVICES, changed);
    }
}
