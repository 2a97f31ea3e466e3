package dev.kuar.practice.controller;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.NodeSelection;
import dev.kuar.practice.object.Tolerations;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Which nodes a DaemonSet wants, and the pod that it puts there. */
final class DaemonPods {
    private static final String PREFIX = "node.kubernetes.io/";

    private DaemonPods() {}

    /** The node that a daemon's pod is on, or is meant for. */
    static String nodeOf(KubeObject pod) {
        String name = pod.text("spec", "nodeName");
        if (!name.isEmpty()) {
            return name;
        }
        for (Map<String, Object> term : requiredTerms(pod)) {
            for (Map<String, Object> field : KubeObject.of(term).maps("matchFields")) {
                List<String> values = KubeObject.of(field).texts("values");
                if ("metadata.name".equals(field.get("key")) && values.size() == 1) {
                    return values.get(0);
                }
            }
        }
        return "";
    }

    private static List<Map<String, Object>> requiredTerms(KubeObject pod) {
        return pod.maps(
                "spec",
                "affinity",
                "nodeAffinity",
                "requiredDuringSchedulingIgnoredDuringExecution",
                "nodeSelectorTerms");
    }

    static boolean shouldRun(KubeObject set, KubeObject node) {
        return fits(set, node)
                && Tolerations.tolerateAll(
                        tolerations(set), node.maps("spec", "taints"), List.of("NoSchedule", "NoExecute"));
    }

    static boolean shouldContinue(KubeObject set, KubeObject node) {
        return fits(set, node)
                && Tolerations.tolerateAll(tolerations(set), node.maps("spec", "taints"), List.of("NoExecute"));
    }

    private static boolean fits(KubeObject set, KubeObject node) {
        KubeObject template = KubeObject.of(set.map("spec", "template"));
        String name = template.text("spec", "nodeName");
        return (name.isEmpty() || name.equals(node.name())) && NodeSelection.matches(template, node);
    }

    private static List<Map<String, Object>> tolerations(KubeObject set) {
        List<Map<String, Object>> all = new ArrayList<>(set.maps("spec", "template", "spec", "tolerations"));
        all.addAll(automatic(set.flag("spec", "template", "spec", "hostNetwork")));
        return all;
    }

    private static List<Map<String, Object>> automatic(boolean hostNetwork) {
        List<Map<String, Object>> all = new ArrayList<>();
        all.add(toleration("not-ready", "NoExecute"));
        all.add(toleration("unreachable", "NoExecute"));
        all.add(toleration("disk-pressure", "NoSchedule"));
        all.add(toleration("memory-pressure", "NoSchedule"));
        all.add(toleration("pid-pressure", "NoSchedule"));
        all.add(toleration("unschedulable", "NoSchedule"));
        if (hostNetwork) {
            all.add(toleration("network-unavailable", "NoSchedule"));
        }
        return all;
    }

    private static Map<String, Object> toleration(String what, String effect) {
        return Trees.map("effect", effect, "key", PREFIX + what, "operator", "Exists");
    }

    static KubeObject pod(KubeObject set, String node, String hash, String generation) {
        KubeObject pod = PodControl.fromTemplate(set, set.map("spec", "template"));
        pod.set(hash, "metadata", "labels", RevisionHistory.HASH);
        if (!generation.isEmpty()) {
            pod.set(generation, "metadata", "labels", "pod-template-generation");
        }
        Map<String, Object> here = Trees.map("key", "metadata.name", "operator", "In", "values", Trees.list(node));
        List<Object> terms = new ArrayList<>();
        for (Map<String, Object> term : requiredTerms(pod)) {
            term.put("matchFields", Trees.list(KubeObject.copyOf(here)));
            terms.add(term);
        }
        if (terms.isEmpty()) {
            terms.add(Trees.map("matchFields", Trees.list(here)));
        }
        pod.set(
                terms,
                "spec",
                "affinity",
                "nodeAffinity",
                "requiredDuringSchedulingIgnoredDuringExecution",
                "nodeSelectorTerms");
        List<Object> tolerations = new ArrayList<>(pod.maps("spec", "tolerations"));
        for (Map<String, Object> extra : automatic(pod.flag("spec", "hostNetwork"))) {
            if (!tolerations.contains(extra)) {
                tolerations.add(extra);
            }
        }
        pod.set(tolerations, "spec", "tolerations");
        return pod;
    }
}
