package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.Informer;
import dev.kuar.practice.object.KubeObject;

/** Tells kubelets by an annotation how long they may keep Secrets and ConfigMaps: the longer, the larger the cluster. */
final class NodeTtlController implements Reconciler {
    private static final String TTL = "node.alpha.kubernetes.io/ttl";

    private final ApiClient client;
    private final Informer nodes;

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

    private static String seconds(int nodes) {
        if (nodes <= 100) {
            return "0";
        }
        if (nodes <= 500) {
            return "15";
        }
        return nodes <= 1000 ? "30" : nodes <= 2000 ? "60" : "300";
    }
}
