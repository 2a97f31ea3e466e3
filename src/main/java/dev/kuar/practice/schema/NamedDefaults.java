package dev.kuar.practice.schema;

import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Defaults that data can't say, by the names that {@code defaults.json} gives them. */
final class NamedDefaults {
    private static final Map<String, DefaultRule> RULES = Map.ofEntries(
            Map.entry("pull-policy", on(NamedDefaults::pullPolicy)),
            Map.entry("pod-requests", on(NamedDefaults::podRequests)),
            Map.entry("host-ports", on(NamedDefaults::hostPorts)),
            Map.entry("volume-source", NamedDefaults::volumeSource),
            Map.entry("namespace-label", on(NamedDefaults::namespaceLabel)),
            Map.entry("limit-range", on(NamedDefaults::limitRange)),
            Map.entry("rc-selector", on(NamedDefaults::rcSelector)),
            Map.entry("claim-templates", on(NamedDefaults::claimTemplates)),
            Map.entry("job-counts", on(NamedDefaults::jobCounts)),
            Map.entry("job-labels", on(job -> fromTemplate(job, "metadata", "labels"))),
            Map.entry("policy-types", on(NamedDefaults::policyTypes)),
            Map.entry("crd-names", on(NamedDefaults::crdNames)));

    private NamedDefaults() {}

    /** A rule over the tree as an object with readers. */
    interface ObjectRule {
        void apply(KubeObject object);
    }

    private static DefaultRule on(ObjectRule rule) {
        return tree -> rule.apply(KubeObject.of(tree));
    }

    static DefaultRule find(String name) {
        DefaultRule rule = RULES.get(name);
        if (rule == null) {
            throw new IllegalArgumentException("no default is called " + name);
        }
        return rule;
    }

    private static void pullPolicy(KubeObject container) {
        if (container.text("imagePullPolicy").isEmpty()) {
            container.set(isLatest(container.text("image")) ? "Always" : "IfNotPresent", "imagePullPolicy");
        }
    }

    /** Whether an image's tag is {@code latest}, said or not. */
    private static boolean isLatest(String image) {
        if (image.contains("@")) {
            return false;
        }
        int colon = image.lastIndexOf(':');
        return colon <= image.lastIndexOf('/') || image.substring(colon + 1).equals("latest");
    }

    private static void podRequests(KubeObject pod) {
        for (String list : List.of("containers", "initContainers")) {
            for (Map<String, Object> each : pod.maps("spec", list)) {
                KubeObject container = KubeObject.of(each);
                container.map("resources", "limits").forEach((name, limit) -> {
                    if (container.at("resources", "requests", name) == null) {
                        container.set(limit, "resources", "requests", name);
                    }
                });
            }
        }
    }

    private static void hostPorts(KubeObject spec) {
        if (!spec.flag("hostNetwork")) {
            return;
        }
        for (String list : List.of("containers", "initContainers")) {
            for (Map<String, Object> container : spec.maps(list)) {
                for (Map<String, Object> port : KubeObject.of(container).maps("ports")) {
                    if (port.get("containerPort") instanceof Long number) {
                        port.putIfAbsent("hostPort", number);
                    }
                }
            }
        }
    }

    private static void volumeSource(Map<String, Object> volume) {
        if (volume.keySet().stream().allMatch(name -> name.equals("name"))) {
            volume.put("emptyDir", new LinkedHashMap<String, Object>());
        }
    }

    private static void namespaceLabel(KubeObject namespace) {
        if (!namespace.name().isEmpty()) {
            namespace.set(namespace.name(), "metadata", "labels", "kubernetes.io/metadata.name");
        }
    }

    private static void limitRange(KubeObject item) {
        if (!item.text("type").equals("Container")) {
            return;
        }
        item.map("max").forEach((name, max) -> absent(item, max, "default", name));
        item.map("default").forEach((name, limit) -> absent(item, limit, "defaultRequest", name));
        item.map("min").forEach((name, min) -> absent(item, min, "defaultRequest", name));
    }

    private static void absent(KubeObject item, Object value, String... path) {
        if (item.at(path) == null) {
            item.set(value, path);
        }
    }

    private static void rcSelector(KubeObject controller) {
        fromTemplate(controller, "spec", "selector");
        fromTemplate(controller, "metadata", "labels");
    }

    private static void fromTemplate(KubeObject owner, String... path) {
        Map<String, Object> labels = owner.map("spec", "template", "metadata", "labels");
        if (!labels.isEmpty() && owner.map(path).isEmpty()) {
            owner.set(KubeObject.copyOf(labels), path);
        }
    }

    private static void claimTemplates(KubeObject set) {
        List<Map<String, Object>> templates = new ArrayList<>(set.maps("spec", "volumeClaimTemplates"));
        for (Map<String, Object> template : templates) {
            template.put("apiVersion", "v1");
            template.put("kind", "PersistentVolumeClaim");
        }
    }

    private static void jobCounts(KubeObject job) {
        if (job.at("spec", "completions") == null && job.at("spec", "parallelism") == null) {
            job.set(1L, "spec", "completions");
        }
        absent(job, 1L, "spec", "parallelism");
        if (job.at("spec", "backoffLimitPerIndex") != null) {
            absent(job, (long) Integer.MAX_VALUE, "spec", "backoffLimit");
        }
    }

    private static void policyTypes(KubeObject policy) {
        if (policy.texts("spec", "policyTypes").isEmpty()) {
            List<String> types = new ArrayList<>(List.of("Ingress"));
            if (!policy.maps("spec", "egress").isEmpty()) {
                types.add("Egress");
            }
            policy.set(types, "spec", "policyTypes");
        }
    }

    private static void crdNames(KubeObject definition) {
        String kind = definition.text("spec", "names", "kind");
        if (!kind.isEmpty()) {
            absent(definition, kind.toLowerCase(Locale.ROOT), "spec", "names", "singular");
            absent(definition, kind + "List", "spec", "names", "listKind");
        }
    }
}
