package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.Informer;
import dev.kuar.practice.object.KubeObject;
import java.util.List;

/** Tells kubelets by an annotation how long they may keep Secrets and ConfigMaps: the longer, the larger the cluster. */
final class NodeTtlController implements Reconciler {
    private static final String TTL = "node.alpha.kubernetes.io/ttl";

    private static final List<Step> STEPS = List.of(
            new Step(0, 100, "0"),
            new Step(90, 500, "15"),
            new Step(450, 1000, "30"),
            new Step(900, 2000, "60"),
            new Step(1800, Integer.MAX_VALUE, "300"));

    private final ApiClient client;
    private final Informer nodes;

    private int step;

    private record Step(int least, int most, String seconds) {}

    private NodeTtlController(ControllerContext context) {
        this.client = context.clientFor("ttl-controller");
        this.nodes = context.informer(Kinds.NODES);
    }

    static void start(ControllerContext context) {
        context.watch(Kinds.NODES, context.loop("ttl-controller", new NodeTtlController(context)));
    }

    @Override
    public Next reconcile(Key key) {
        KubeObject node = nodes.find("", key.name()).orElse(null);
        String wanted = seconds(nodes.all().size());
        if (node != null && !wanted.equals(node.annotations().get(TTL))) {
            KubeObject changed = node.copy();
            changed.set(wanted, "metadata", "annotations", TTL);
            client.update(Kinds.NODES, changed);
        }
        return Next.ON_CHANGE;
    }

    /** A step is left upwards above its most, downwards below its least, and they overlap. */
    private synchronized String seconds(int nodes) {
        while (nodes > STEPS.get(step).most()) {
            step++;
        }
        while (nodes < STEPS.get(step).least()) {
            step--;
        }
        return STEPS.get(step).seconds();
    }
}
