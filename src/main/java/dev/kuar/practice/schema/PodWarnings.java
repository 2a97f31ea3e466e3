package dev.kuar.practice.schema;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Quantity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** What Kubernetes warns of about the pods of an object, accepted as they are; in upstream's order and words. */
final class PodWarnings {
    private static final Map<String, String> OLD_LABELS = Map.of(
            "beta.kubernetes.io/arch", "deprecated since v1.14; use \"kubernetes.io/arch\" instead",
            "beta.kubernetes.io/os", "deprecated since v1.14; use \"kubernetes.io/os\" instead",
            "failure-domain.beta.kubernetes.io/region",
                    "deprecated since v1.17; use \"topology.kubernetes.io/region\" instead",
            "failure-domain.beta.kubernetes.io/zone",
                    "deprecated since v1.17; use \"topology.kubernetes.io/zone\" instead",
            "beta.kubernetes.io/instance-type",
                    "deprecated since v1.17; use \"node.kubernetes.io/instance-type\" instead",
            "app.kubernetes.io/created-by", "deprecated since v1.9",
            "scheduler.alpha.kubernetes.io/preferAvoidPods",
                    "deprecated since v1.22; use Taints and Tolerations instead",
            "node-role.kubernetes.io/master", "use \"node-role.kubernetes.io/control-plane\" instead");
    private static final Map<String, String> OLD_ANNOTATIONS = Map.of(
            "scheduler.alpha.kubernetes.io/critical-pod",
            "non-functional in v1.16+; use the \"priorityClassName\" field instead",
            "security.alpha.kubernetes.io/sysctls",
            "non-functional in v1.11+; use the \"sysctls\" field instead",
            "security.alpha.kubernetes.io/unsafe-sysctls",
            "non-functional in v1.11+; use the \"sysctls\" field instead");
    private static final Map<String, String> OLD_VOLUMES = volumes();

    private final List<String> said = new ArrayList<>();
    private final KubeObject pod;
    private final KubeObject spec;
    private final String base;

    private PodWarnings(KubeObject pod, String path) {
        this.pod = pod;
        this.spec = KubeObject.of(pod.map("spec"));
        this.base = path.isEmpty() ? "" : path + ".";
    }

    private static Map<String, String> volumes() {
        Map<String, String> old = new LinkedHashMap<>();
        old.put("photonPersistentDisk", "deprecated in v1.11, non-functional in v1.16+");
        old.put("gitRepo", "deprecated in v1.11, and disabled by default in v1.33+");
        old.put("scaleIO", "deprecated in v1.16, non-functional in v1.22+");
        old.put("flocker", "deprecated in v1.22, non-functional in v1.25+");
        old.put("storageos", "deprecated in v1.22, non-functional in v1.25+");
        old.put("quobyte", "deprecated in v1.22, non-functional in v1.25+");
        old.put("glusterfs", "deprecated in v1.25, non-functional in v1.26+");
        old.put("cephfs", "deprecated in v1.28, non-functional in v1.31+");
        old.put("rbd", "deprecated in v1.28, non-functional in v1.31+");
        return old;
    }

    /**
     * The warnings about a pod, or about the template of pods.
     *
     * @param path of the template; empty for a pod
     */
    static List<String> of(KubeObject pod, String path) {
        PodWarnings warnings = new PodWarnings(pod, path);
        warnings.labels();
        warnings.annotations();
        warnings.sources();
        warnings.twice("hostAliases", "ip");
        warnings.twice("imagePullSecrets", "name");
        warnings.containers();
        warnings.ports();
        warnings.rest();
        return warnings.said;
    }

    private void say(String field, String what) {
        said.add(base + field + ": " + what);
    }

    private void labels() {
        spec.map("nodeSelector").keySet().forEach(key -> {
            if (OLD_LABELS.containsKey(key)) {
                say("spec.nodeSelector[" + key + "]", OLD_LABELS.get(key));
            }
        });
        String affinity = "spec.affinity.nodeAffinity.";
        List<Map<String, Object>> terms = spec.maps(
                "affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms");
        for (int i = 0; i < terms.size(); i++) {
            term(
                    KubeObject.of(terms.get(i)),
                    affinity + "requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[" + i + "]",
                    false);
        }
        List<Map<String, Object>> wishes =
                spec.maps("affinity", "nodeAffinity", "preferredDuringSchedulingIgnoredDuringExecution");
        for (int i = 0; i < wishes.size(); i++) {
            term(
                    KubeObject.of(KubeObject.of(wishes.get(i)).map("preference")),
                    affinity + "preferredDuringSchedulingIgnoredDuringExecution[" + i + "].preference",
                    true);
        }
        List<Map<String, Object>> spread = spec.maps("topologySpreadConstraints");
        for (int i = 0; i < spread.size(); i++) {
            KubeObject each = KubeObject.of(spread.get(i));
            String path = "spec.topologySpreadConstraints[" + i + "].";
            String key = each.text("topologyKey");
            if (OLD_LABELS.containsKey(key)) {
                say(path + "topologyKey", key + " is " + OLD_LABELS.get(key));
            }
            if (each.at("labelSelector") == null) {
                say(path + "labelSelector", "a null labelSelector results in matching no pod");
            }
        }
    }

    private void term(KubeObject term, String path, boolean values) {
        List<Map<String, Object>> all = term.maps("matchExpressions");
        for (int i = 0; i < all.size(); i++) {
            KubeObject each = KubeObject.of(all.get(i));
            String key = each.text("key");
            if (OLD_LABELS.containsKey(key)) {
                say(path + ".matchExpressions[" + i + "].key", key + " is " + OLD_LABELS.get(key));
            }
            List<String> texts = each.texts("values");
            for (int j = 0; values && j < texts.size(); j++) {
                for (String wrong : Syntax.labelValue(texts.get(j))) {
                    say(
                            path + ".matchExpressions[" + i + "].values[" + j + "]",
                            texts.get(j) + " is invalid, " + wrong);
                }
            }
        }
    }

    private void annotations() {
        pod.annotations().keySet().forEach(key -> {
            if (OLD_ANNOTATIONS.containsKey(key)) {
                say("metadata.annotations[" + key + "]", OLD_ANNOTATIONS.get(key));
            }
        });
    }

    private void sources() {
        List<Map<String, Object>> volumes = spec.maps("volumes");
        for (int i = 0; i < volumes.size(); i++) {
            sources(KubeObject.of(volumes.get(i)), base + "spec.volumes[" + i + "].", said);
        }
        for (Map<String, Object> each : volumes) {
            said.addAll(VolumeOverlaps.of(KubeObject.of(each)));
        }
    }

    /** Sources of volumes that are on their way out. */
    static void sources(KubeObject volume, String path, List<String> said) {
        OLD_VOLUMES.forEach((source, what) -> {
            if (volume.at(source) != null) {
                said.add(path + (source.equals("storageos") ? "storageOS" : source) + ": " + what);
            }
        });
    }

    private void twice(String list, String field) {
        Set<String> seen = new HashSet<>();
        List<Map<String, Object>> items = spec.maps(list);
        for (int i = 0; i < items.size(); i++) {
            String value = KubeObject.of(items.get(i)).text(field);
            if (!seen.add(value)) {
                say("spec." + list + "[" + i + "]." + field, "duplicate " + field + " \"" + value + "\"");
            }
        }
        for (int i = 0; list.equals("imagePullSecrets") && i < items.size(); i++) {
            if (KubeObject.of(items.get(i)).text(field).isEmpty()) {
                say("spec." + list + "[" + i + "]." + field, "invalid empty name \"\"");
            }
        }
    }

    /** Does something with each container and its place: those that begin first come first. */
    private void each(BiConsumer<KubeObject, String> what) {
        for (String list : List.of("initContainers", "containers", "ephemeralContainers")) {
            List<Map<String, Object>> containers = spec.maps(list);
            for (int i = 0; i < containers.size(); i++) {
                what.accept(KubeObject.of(containers.get(i)), "spec." + list + "[" + i + "]");
            }
        }
    }

    private void containers() {
        each((container, path) -> {
            for (String resource : List.of("memory", "ephemeral-storage")) {
                for (String list : List.of("limits", "requests")) {
                    Object amount = container.at("resources", list, resource);
                    if (amount != null && Quantity.of(amount).millis() % 1000 != 0) {
                        say(
                                path + ".resources." + list + "[" + resource + "]",
                                "fractional byte value \"" + amount + "\" is invalid, must be an integer");
                    }
                }
            }
            Set<String> names = new HashSet<>();
            List<Map<String, Object>> env = container.maps("env");
            for (int i = 0; i < env.size(); i++) {
                KubeObject variable = KubeObject.of(env.get(i));
                String name = variable.text("name");
                String reference = "$(" + name + ")";
                String value = variable.text("value");
                if (!names.add(name)
                        && (variable.at("valueFrom") != null
                                || value.equals(reference)
                                || !value.contains(reference))) {
                    say(
                            path + ".env[" + i + "]",
                            "hides previous definition of \"" + name + "\", which may be dropped when using apply");
                }
            }
        });
    }

    private void ports() {
        Map<String, List<Map.Entry<String, KubeObject>>> all = new HashMap<>();
        each((container, path) -> {
            List<Map<String, Object>> ports = container.maps("ports");
            for (int i = 0; i < ports.size(); i++) {
                KubeObject port = KubeObject.of(ports.get(i));
                String at = path + ".ports[" + i + "]";
                List<Map.Entry<String, KubeObject>> others = all.computeIfAbsent(
                        port.number(0, "containerPort") + "/" + port.text("protocol"), key -> new ArrayList<>());
                others.forEach(other -> port(port, at, other.getValue(), other.getKey()));
                others.add(Map.entry(at, port));
            }
        });
        Map<String, String> names = new HashMap<>();
        each((container, path) -> {
            List<Map<String, Object>> ports = container.maps("ports");
            for (int i = 0; i < ports.size(); i++) {
                String name = KubeObject.of(ports.get(i)).text("name");
                String at = base + path + ".ports[" + i + "]";
                String other = name.isEmpty() ? null : names.putIfAbsent(name, at);
                if (other != null) {
                    said.add(at + ": duplicate port name \"" + name + "\" with " + other
                            + ", services and probes that select ports by name will use " + other);
                }
            }
        });
    }

    private void port(KubeObject port, String at, KubeObject other, String otherAt) {
        long host = port.number(0, "hostPort");
        long otherHost = other.number(0, "hostPort");
        String address = port.text("hostIP");
        String otherAddress = other.text("hostIP");
        if (address.equals(otherAddress) && host == otherHost) {
            say(at, "duplicate port definition with " + base + otherAt);
        } else if (host == 0 || otherHost == 0) {
            say(at, "overlapping port definition with " + base + otherAt);
        } else if (host == otherHost && address.isEmpty() != otherAddress.isEmpty()) {
            say(at, "dangerously ambiguous port definition with " + base + otherAt);
        }
    }

    private void rest() {
        if (spec.number(0, "terminationGracePeriodSeconds") < 0) {
            say(
                    "spec.terminationGracePeriodSeconds",
                    "must be >= 0; negative values are invalid and will be treated as 1");
        }
        for (String kind : List.of("podAffinity", "podAntiAffinity")) {
            for (String list : List.of(
                    "requiredDuringSchedulingIgnoredDuringExecution",
                    "preferredDuringSchedulingIgnoredDuringExecution")) {
                List<Map<String, Object>> terms = spec.maps("affinity", kind, list);
                String inner = list.startsWith("preferred") ? ".podAffinityTerm" : "";
                for (int i = 0; i < terms.size(); i++) {
                    KubeObject term = KubeObject.of(terms.get(i));
                    Object selector =
                            inner.isEmpty() ? term.at("labelSelector") : term.at("podAffinityTerm", "labelSelector");
                    if (selector == null) {
                        say(
                                "spec.affinity." + kind + "." + list + "[" + i + "]" + inner + ".labelSelector",
                                "a null labelSelector results in matching no pod");
                    }
                }
            }
        }
    }
}
