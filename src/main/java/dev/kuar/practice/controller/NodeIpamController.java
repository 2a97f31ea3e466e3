package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Statuses;
import java.util.BitSet;
import java.util.List;

/**
 * Gives each node a /24 out of the cluster's pod range, the next after the one given last that is free. Where the range is
 * empty the CNI does it.
 *
 * <p>Models the range allocator of the node IPAM controller of Kubernetes 1.36.
 */
final class NodeIpamController implements Reconciler {
    private static final int MASK = 24;

    private final ApiClient client;
    private final EventRecorder events;
    private final long first;
    private final int count;
    private int next;

    private NodeIpamController(ControllerContext context, String podRange) {
        this.client = context.clientFor("node-controller");
        this.events = context.events("cidrAllocator");
        this.first = number(podRange);
        this.count = 1 << Math.max(0, MASK - bits(podRange));
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
        if (node == null
                || node.isTerminating()
                || !node.texts("spec", "podCIDRs").isEmpty()
                || !node.text("spec", "podCIDR").isEmpty()) {
            return Next.ON_CHANGE;
        }
        BitSet taken = taken();
        int index = taken.nextClearBit(next);
        index = index < count ? index : taken.nextClearBit(0);
        if (index >= count) {
            events.normal(
                    NodeMonitor.reference(node),
                    "CIDRNotAvailable",
                    "Node " + node.name() + " status is now: CIDRNotAvailable");
            throw Statuses.internal(
                    "failed to allocate cidr from cluster cidr at idx:0: CIDR allocation failed; there are no remaining CIDRs left to allocate in the accepted range");
        }
        next = (index + 1) % count;
        give(node, index);
        return Next.ON_CHANGE;
    }

    private BitSet taken() {
        BitSet taken = new BitSet();
        for (KubeObject other :
                client.list(Kinds.NODES, "", ApiClient.ListOptions.ALL).items()) {
            for (String range : other.texts("spec", "podCIDRs")) {
                if (range.contains(":")) {
                    continue;
                }
                long offset = (number(range) - first) >> (32 - MASK);
                long size = 1L << Math.max(0, MASK - bits(range));
                for (long i = Math.max(0, offset); i < Math.min(count, offset + size); i++) {
                    taken.set((int) i);
                }
            }
        }
        return taken;
    }

    private void give(KubeObject node, int index) {
        long base = first + ((long) index << (32 - MASK));
        String range = (base >> 24 & 255) + "." + (base >> 16 & 255) + "." + (base >> 8 & 255) + "." + (base & 255)
                + "/" + MASK;
        client.patch(
                Kinds.NODES,
                "",
                node.name(),
                "",
                ApiClient.PatchType.STRATEGIC,
                Trees.map("spec", Trees.map("podCIDR", range, "podCIDRs", List.of(range))));
    }

    private static int bits(String range) {
        return Integer.parseInt(range.substring(range.indexOf('/') + 1));
    }

    private static long number(String range) {
        long number = 0;
        for (String part : range.substring(0, range.indexOf('/')).split("\\.", -1)) {
            number = number << 8 | Integer.parseInt(part);
        }
        return number;
    }
}
