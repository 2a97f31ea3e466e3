package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.object.KubeObject;
import java.util.BitSet;

/** Gives each node a /24 out of the cluster's pod range, the lowest that is free. Where the range is empty the CNI does it. */
final class NodeIpamController implements Reconciler {
    private final ApiClient client;
    private final String first;

    private NodeIpamController(ControllerContext context, String podRange) {
        this.client = context.clientFor("node-controller");
        this.first = podRange;
    }

    /** @param podRange {@code 10.244.0.0/16}; empty for none */
    static void start(ControllerContext context, String podRange) {
        if (!podRange.isEmpty()) {
            Loop loop = context.loop("node-ipam", new NodeIpamController(context, podRange));
            context.watch(Kinds.NODES, loop);
        }
    }

    /** One node after the other, so that no range is given twice. */
    @Override
    public synchronized Next reconcile(Key key) {
        KubeObject node = client.find(Kinds.NODES, "", key.name()).orElse(null);
        if (node == null || !node.text("spec", "podCIDR").isEmpty()) {
            return Next.ON_CHANGE;
        }
        BitSet taken = new BitSet();
        for (KubeObject other :
                client.list(Kinds.NODES, "", ApiClient.ListOptions.ALL).items()) {
            int index = index(other.text("spec", "podCIDR"));
            if (index >= 0) {
                taken.set(index);
            }
        }
        String range = range(taken.nextClearBit(0));
        KubeObject changed = node.copy();
        changed.set(range, "spec", "podCIDR");
        changed.set(Trees.list(range), "spec", "podCIDRs");
        client.update(Kinds.NODES, changed);
        return Next.ON_CHANGE;
    }

    private String range(int index) {
        String[] parts = first.split("\\.", -1);
        return parts[0] + "." + (Integer.parseInt(parts[1]) + index / 256) + "." + index % 256 + ".0/24";
    }

    private int index(String range) {
        if (range.isEmpty()) {
            return -1;
        }
        String[] base = first.split("\\.", -1);
        String[] parts = range.split("\\.", -1);
        return (Integer.parseInt(parts[1]) - Integer.parseInt(base[1])) * 256 + Integer.parseInt(parts[2]);
    }
}
