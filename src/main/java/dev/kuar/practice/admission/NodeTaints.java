package dev.kuar.practice.admission;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** New nodes take no pods before they are ready: the taint that the node lifecycle controller takes away again. */
final class NodeTaints implements Admission {
    private static final String NOT_READY = "node.kubernetes.io/not-ready";

    @Override
    public void mutate(AdmissionRequest request) {
        if (!request.isFor("", "nodes") || !request.isCreate()) {
            return;
        }
        List<Object> taints = new ArrayList<>(request.now().maps("spec", "taints"));
        boolean there = request.now().maps("spec", "taints").stream()
                .anyMatch(each -> NOT_READY.equals(each.get("key")) && "NoSchedule".equals(each.get("effect")));
        if (!there) {
            Map<String, Object> taint = new LinkedHashMap<>();
            taint.put("key", NOT_READY);
            taint.put("effect", "NoSchedule");
            taints.add(taint);
            request.now().set(taints, "spec", "taints");
        }
    }
}
