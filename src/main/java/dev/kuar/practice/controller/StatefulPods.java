package dev.kuar.practice.controller;

import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The numbered pods and claims that a StatefulSet wants. */
final class StatefulPods {
    private StatefulPods() {}

    /** The pod's number; -1 when its name is not the set's with one. */
    static long ordinal(KubeObject set, KubeObject pod) {
        String prefix = set.name() + "-";
        try {
            return pod.name().startsWith(prefix) ? Long.parseLong(pod.name().substring(prefix.length())) : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    static KubeObject pod(KubeObject set, long ordinal, KubeObject revision) {
        Map<String, Object> template = KubeObject.copyOf(revision.map("data", "spec", "template"));
        template.remove("$patch");
        KubeObject pod = PodControl.fromTemplate(set, template);
        String name = set.name() + "-" + ordinal;
        pod.set(null, "metadata", "generateName");
        pod.set(set.name() + "-", "metadata", "generateName");
        pod.set(name, "metadata", "name");
        pod.set(revision.name(), "metadata", "labels", RevisionHistory.HASH);
        pod.set(String.valueOf(ordinal), "metadata", "labels", "apps.kubernetes.io/pod-index");
        pod.set(name, "metadata", "labels", "statefulset.kubernetes.io/pod-name");
        pod.set(name, "spec", "hostname");
        String service = set.text("spec", "serviceName");
        if (!service.isEmpty()) {
            pod.set(service, "spec", "subdomain");
        }
        List<Object> volumes = new ArrayList<>();
        List<String> mine = new ArrayList<>();
        for (KubeObject claim : claims(set, ordinal)) {
            String volume = claim.name().substring(0, claim.name().length() - name.length() - 1);
            mine.add(volume);
            volumes.add(Trees.map("name", volume, "persistentVolumeClaim", Trees.map("claimName", claim.name())));
        }
        for (Map<String, Object> volume : pod.maps("spec", "volumes")) {
            if (!mine.contains(Trees.text(volume, "name"))) {
                volumes.add(volume);
            }
        }
        if (!volumes.isEmpty()) {
            pod.set(volumes, "spec", "volumes");
        }
        return pod;
    }

    /** Whether a claim has the name that one of the set's pods wants. */
    static boolean mayOwn(KubeObject set, KubeObject claim) {
        return set.maps("spec", "volumeClaimTemplates").stream().anyMatch(template -> claim.name()
                .startsWith(KubeObject.of(template).name() + "-" + set.name() + "-"));
    }

    static List<KubeObject> claims(KubeObject set, long ordinal) {
        List<KubeObject> claims = new ArrayList<>();
        for (Map<String, Object> template : set.maps("spec", "volumeClaimTemplates")) {
            KubeObject source = KubeObject.of(template);
            KubeObject claim = KubeObject.create(
                    "v1", "PersistentVolumeClaim", set.namespace(), source.name() + "-" + set.name() + "-" + ordinal);
            source.annotations().forEach((key, value) -> claim.set(value, "metadata", "annotations", key));
            source.labels().forEach((key, value) -> claim.set(value, "metadata", "labels", key));
            set.textMap("spec", "selector", "matchLabels")
                    .forEach((key, value) -> claim.set(value, "metadata", "labels", key));
            claim.set(KubeObject.copyOf(source.map("spec")), "spec");
            claims.add(claim);
        }
        return claims;
    }
}
