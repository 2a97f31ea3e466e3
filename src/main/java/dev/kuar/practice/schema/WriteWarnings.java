package dev.kuar.practice.schema;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What Kubernetes warns of when it accepts an object, as its strategies do. Thread-safe. */
public final class WriteWarnings {
    private static final String BETA_CLASS = "volume.beta.kubernetes.io/storage-class";
    private static final String TEMPLATE = "spec.template";

    /** Where a kind has the template of its pods. */
    private static final Map<String, String> TEMPLATES = Map.of(
            "deployments.apps", TEMPLATE,
            "replicasets.apps", TEMPLATE,
            "daemonsets.apps", TEMPLATE,
            "statefulsets.apps", TEMPLATE,
            "replicationcontrollers", TEMPLATE,
            "jobs.batch", TEMPLATE,
            "cronjobs.batch", "spec.jobTemplate.spec.template",
            "podtemplates", "template");

    /** Kinds that give their names to pods, which are hosts. */
    private static final List<String> NAMING =
            List.of("deployments.apps", "replicasets.apps", "replicationcontrollers", "jobs.batch", "cronjobs.batch");

    /**
     * The warnings about a write, in upstream's order.
     *
     * @param old null for a new object
     */
    public List<String> of(Kind kind, KubeObject object, @Nullable KubeObject old) {
        String resource = kind.groupResource().toString();
        List<String> said = new ArrayList<>(0);
        boolean isNew = old == null;
        if (isNew && (resource.equals("pods") || NAMING.contains(resource))) {
            name(object.name(), resource.equals("pods") ? "the Pod's hostname" : "Pod names and hostnames", said);
        }
        String template = TEMPLATES.get(resource);
        if (template != null && (old == null || object.generation() != old.generation())) {
            said.addAll(PodWarnings.of(KubeObject.of(object.map(template.split("\\."))), template));
        }
        switch (resource) {
            case "pods" -> {
                if (isNew) {
                    said.addAll(PodWarnings.of(object, ""));
                }
            }
            case "statefulsets.apps" -> statefulSet(object, said);
            case "services" -> service(object, said);
            case "ingresses.networking.k8s.io" -> {
                if (isNew
                        && object.annotations().containsKey("kubernetes.io/ingress.class")
                        && object.at("spec", "ingressClassName") == null) {
                    said.add("annotation \"kubernetes.io/ingress.class\" is deprecated, please use"
                            + " 'spec.ingressClassName' instead");
                }
            }
            case "persistentvolumeclaims" -> {
                betaClass(object, said);
                sizes(KubeObject.of(object.map("spec")), "spec", said);
            }
            case "persistentvolumes" -> volume(object, said);
            default -> {}
        }
        return said;
    }

    private static void name(String name, String where, List<String> said) {
        List<String> wrong = Syntax.label(name);
        if (!wrong.isEmpty()) {
            said.add("metadata.name: this is used in " + where
                    + ", which can result in surprising behavior; a DNS label is recommended: ["
                    + String.join(" ", wrong) + "]");
        }
    }

    private static void statefulSet(KubeObject set, List<String> said) {
        List<Map<String, Object>> claims = set.maps("spec", "volumeClaimTemplates");
        for (int i = 0; i < claims.size(); i++) {
            sizes(
                    KubeObject.of(KubeObject.of(claims.get(i)).map("spec")),
                    "spec.volumeClaimTemplates[" + i + "].spec",
                    said);
        }
        if (set.number(0, "spec", "revisionHistoryLimit") < 0) {
            said.add("spec.revisionHistoryLimit: a negative value retains all historical revisions; a value >= 0 is"
                    + " recommended");
        }
    }

    private static void service(KubeObject service, List<String> said) {
        if (service.annotations().containsKey("service.kubernetes.io/topology-aware-hints")) {
            said.add("annotation service.kubernetes.io/topology-aware-hints is deprecated, please use"
                    + " service.kubernetes.io/topology-mode instead");
        }
        String type = service.text("spec", "type");
        boolean external = type.equals("ExternalName");
        boolean addresses = !service.texts("spec", "externalIPs").isEmpty();
        if (type.equals("ClusterIP") && service.text("spec", "clusterIP").equals("None")) {
            if (!service.text("spec", "loadBalancerIP").isEmpty()) {
                said.add("spec.loadBalancerIP is ignored for headless services");
            }
            if (addresses) {
                said.add("spec.externalIPs is ignored for headless services");
            }
            if (!service.text("spec", "sessionAffinity").equals("None")) {
                said.add("spec.SessionAffinity is ignored for headless services");
            }
        }
        if (external && addresses) {
            said.add("spec.externalIPs is ignored when spec.type is \"ExternalName\"");
        }
        if (!external && !service.text("spec", "externalName").isEmpty()) {
            said.add("spec.externalName is ignored when spec.type is not \"ExternalName\"");
        }
    }

    private static void betaClass(KubeObject object, List<String> said) {
        if (object.annotations().containsKey(BETA_CLASS)) {
            said.add("metadata.annotations[" + BETA_CLASS
                    + "]: deprecated since v1.8; use \"storageClassName\" attribute instead");
        }
    }

    private static void sizes(KubeObject spec, String path, List<String> said) {
        for (String list : List.of("requests", "limits")) {
            Object size = spec.at("resources", list, "storage");
            if (size != null && Quantity.of(size).millis() % 1000 != 0) {
                said.add(path + ".resources." + list + "[storage]: fractional byte value \"" + size
                        + "\" is invalid, must be an integer");
            }
        }
    }

    private static void volume(KubeObject volume, List<String> said) {
        betaClass(volume, said);
        if (volume.annotations().containsKey("volume.beta.kubernetes.io/mount-options")) {
            said.add("metadata.annotations[volume.beta.kubernetes.io/mount-options]: deprecated since v1.31; use"
                    + " \"mountOptions\" attribute instead");
        }
        if (volume.text("spec", "persistentVolumeReclaimPolicy").equals("Recycle")) {
            said.add("spec.persistentVolumeReclaimPolicy: The Recycle reclaim policy is deprecated. Instead, the"
                    + " recommended approach is to use dynamic provisioning.");
        }
        PodWarnings.sources(KubeObject.of(volume.map("spec")), "spec.", said);
    }
}
