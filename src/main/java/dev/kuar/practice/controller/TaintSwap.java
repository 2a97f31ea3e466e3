package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Gives a node taints, dated now, and then takes others off it: two writes, as upstream's swap of a node's taints is. */
final class TaintSwap {
    private static final int TRIES = 5;

    private final ControllerContext context;
    private final ApiClient client;

    /**
     * A taint without value and time.
     *
     * @param effect {@code NoSchedule} or {@code NoExecute}
     */
    record Mark(String key, String effect) {
        boolean is(Map<String, Object> taint) {
            return key.equals(taint.get("key")) && effect.equals(taint.get("effect"));
        }

        boolean on(KubeObject node) {
            return node.maps("spec", "taints").stream().anyMatch(this::is);
        }
    }

    TaintSwap(ControllerContext context, ApiClient client) {
        this.context = context;
        this.client = client;
    }

    /** The node as it then is. A taint that is added takes the place of its like. */
    KubeObject swap(KubeObject node, List<Mark> added, List<Mark> removed) {
        KubeObject with = added.isEmpty() ? node : write(node, taints -> with(taints, added));
        boolean there = removed.stream().anyMatch(mark -> mark.on(with));
        return there ? write(with, taints -> without(taints, removed)) : with;
    }

    private List<Map<String, Object>> with(List<Map<String, Object>> taints, List<Mark> added) {
        List<Map<String, Object>> all = new ArrayList<>(taints);
        for (Mark mark : added) {
            Map<String, Object> taint =
                    Trees.map("effect", mark.effect(), "key", mark.key(), "timeAdded", context.now());
            if (all.stream().anyMatch(mark::is)) {
                all.replaceAll(each -> mark.is(each) ? taint : each);
            } else {
                all.add(taint);
            }
        }
        return all;
    }

    private static List<Map<String, Object>> without(List<Map<String, Object>> taints, List<Mark> removed) {
        return taints.stream()
                .filter(taint -> removed.stream().noneMatch(mark -> mark.is(taint)))
                .toList();
    }

    /** Begins anew where somebody else was faster. */
    private KubeObject write(KubeObject node, UnaryOperator<List<Map<String, Object>>> change) {
        KubeObject now = node;
        for (int tries = 1; ; tries++) {
            List<Map<String, Object>> taints = change.apply(now.maps("spec", "taints"));
            KubeObject changed = now.copy();
            changed.set(taints.isEmpty() ? null : new ArrayList<>(taints), "spec", "taints");
            try {
                return client.update(Kinds.NODES, changed);
            } catch (ApiException e) {
                if (!e.isConflict() || tries == TRIES) {
                    throw e;
                }
                now = client.get(Kinds.NODES, "", node.name());
            }
        }
    }
}
