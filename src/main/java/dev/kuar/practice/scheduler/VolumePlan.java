package dev.kuar.practice.scheduler;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.LabelSelector;
import dev.kuar.practice.object.Quantity;
import dev.kuar.practice.object.VolumeMatch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How a pod's claims would be met on one node, as the plugin VolumeBinding of Kubernetes 1.36 finds it.
 *
 * @param bindings volumes that there are, each with the claim that it would be bound to
 * @param provisions claims that a provisioner would make volumes for
 * @param reasons why they can't be met; empty when they can
 */
record VolumePlan(List<Binding> bindings, List<KubeObject> provisions, List<String> reasons) {
    private static final String NO_MATCH = "node(s) didn't find available persistent volumes to bind";

    record Binding(KubeObject volume, KubeObject claim) {}

    /** @param taken volumes that were just given away */
    static VolumePlan of(KubeObject pod, KubeObject node, Volumes volumes, Set<String> taken) {
        VolumePlan plan = new VolumePlan(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        List<KubeObject> open = new ArrayList<>();
        boolean lost = false;
        boolean far = false;
        for (Volumes.Use use : Volumes.uses(pod)) {
            KubeObject claim = volumes.claim(pod, use);
            if (claim == null) {
                continue;
            }
            if (!Volumes.isBound(claim)) {
                open.add(claim);
                continue;
            }
            KubeObject volume = lost || far ? null : volumes.volumeOf(claim);
            if (volume != null) {
                far = !VolumeMatch.reaches(volume, node);
            } else {
                lost |= !far;
            }
        }
        if (far) {
            plan.reasons.add("node(s) didn't match PersistentVolume's node affinity");
        }
        plan.meet(open, node, volumes, taken);
        if (lost) {
            plan.reasons.add("node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)");
        }
        return plan;
    }

    private void meet(List<KubeObject> open, KubeObject node, Volumes volumes, Set<String> taken) {
        Set<String> given = new HashSet<>(taken);
        List<KubeObject> missing = new ArrayList<>();
        List<KubeObject> free = new ArrayList<>();
        for (KubeObject claim : open) {
            String chosen = claim.annotations().get(Volumes.SELECTED);
            if (chosen == null) {
                free.add(claim);
            } else if (chosen.equals(node.name())) {
                missing.add(claim);
            } else {
                reasons.add(NO_MATCH);
                return;
            }
        }
        free.sort(Comparator.comparing(VolumePlan::size));
        for (KubeObject claim : free) {
            KubeObject volume = VolumeMatch.find(claim, ofClass(claim, volumes), node, given, false);
            if (volume == null) {
                missing.add(claim);
            } else {
                given.add(volume.name());
                bindings.add(new Binding(volume, claim));
            }
        }
        for (KubeObject claim : missing) {
            String problem = provision(claim, node, volumes);
            if (!problem.isEmpty()) {
                reasons.add(problem);
                return;
            }
            provisions.add(claim);
        }
    }

    private static List<KubeObject> ofClass(KubeObject claim, Volumes volumes) {
        List<KubeObject> same = new ArrayList<>();
        for (KubeObject volume : volumes.volumes.all()) {
            if (VolumeMatch.className(volume).equals(VolumeMatch.className(claim))) {
                same.add(volume);
            }
        }
        return same;
    }

    private static String provision(KubeObject claim, KubeObject node, Volumes volumes) {
        KubeObject type = volumes.classes.find("", VolumeMatch.className(claim)).orElse(null);
        if (type == null || type.text("provisioner").equals("kubernetes.io/no-provisioner") || !allows(type, node)) {
            return NO_MATCH;
        }
        KubeObject driver = volumes.drivers.find("", type.text("provisioner")).orElse(null);
        if (driver == null || !driver.flag("spec", "storageCapacity")) {
            return "";
        }
        boolean room = volumes.capacities.all().stream()
                .anyMatch(capacity -> capacity.text("storageClassName").equals(type.name())
                        && Quantity.of(
                                                capacity.at("maximumVolumeSize") != null
                                                        ? capacity.at("maximumVolumeSize")
                                                        : capacity.at("capacity"))
                                        .compareTo(size(claim))
                                >= 0
                        && capacity.at("nodeTopology") instanceof Map
                        && LabelSelector.ofObject(capacity.map("nodeTopology")).matches(node.labels()));
        return room ? "" : "node(s) did not have enough free storage";
    }

    private static boolean allows(KubeObject type, KubeObject node) {
        List<Map<String, Object>> terms = type.maps("allowedTopologies");
        return terms.isEmpty()
                || terms.stream().anyMatch(term -> KubeObject.of(term).maps("matchLabelExpressions").stream()
                        .allMatch(part -> {
                            KubeObject expression = KubeObject.of(part);
                            String value = node.labels().get(expression.text("key"));
                            return value != null && expression.texts("values").contains(value);
                        }));
    }

    private static Quantity size(KubeObject claim) {
        return Quantity.of(claim.at("spec", "resources", "requests", "storage"));
    }
}
