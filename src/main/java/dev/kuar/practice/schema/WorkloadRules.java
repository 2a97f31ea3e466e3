package dev.kuar.practice.schema;

import dev.kuar.practice.object.KubeObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Deployments, replica sets, daemon sets, replication controllers: replicas, selector and template. */
class WorkloadRules implements KindRules {
    static final List<String> ALWAYS = List.of("Always");

    @Override
    public void check(KubeObject object, FieldErrors errors) {
        errors.atLeast("spec.replicas", object.at("spec", "replicas"), 0);
        errors.atLeast("spec.minReadySeconds", object.at("spec", "minReadySeconds"), 0);
        selector(object, errors);
        template(object, ALWAYS, errors);
        errors.atLeast("spec.revisionHistoryLimit", object.at("spec", "revisionHistoryLimit"), 0);
        Object deadline = object.at("spec", "progressDeadlineSeconds");
        errors.atLeast("spec.progressDeadlineSeconds", deadline, 0);
        if (deadline instanceof Long seconds && seconds <= object.number(0, "spec", "minReadySeconds")) {
            errors.invalid("spec.progressDeadlineSeconds", seconds, "must be greater than minReadySeconds");
        }
        rolling(object, "strategy", errors);
    }

    @Override
    public void change(KubeObject object, KubeObject old, FieldErrors errors) {
        Map<String, Object> selector = old.map("spec", "selector");
        if (!object.kind().equals("ReplicationController")
                && !selector.isEmpty()
                && !object.map("spec", "selector").equals(selector)) {
            errors.invalid("spec.selector", object.at("spec", "selector"), "field is immutable");
        }
    }

    /** A selector must be there and choose the template's labels. */
    static void selector(KubeObject object, FieldErrors errors) {
        Object selector = object.at("spec", "selector");
        if (selector == null) {
            errors.required("spec.selector", "");
        } else if (object.map("spec", "selector").isEmpty()) {
            errors.invalid(
                    "spec.selector",
                    selector,
                    "empty selector is invalid for " + object.kind().toLowerCase(Locale.ROOT));
            return;
        }
        Object labels = object.at("spec", "template", "metadata", "labels");
        if (selector == null || !chooses(object, object.map("spec", "template", "metadata", "labels"))) {
            errors.invalid("spec.template.metadata.labels", labels, "`selector` does not match template `labels`");
        }
    }

    private static boolean chooses(KubeObject object, Map<String, Object> labels) {
        Map<String, Object> wanted = object.kind().equals("ReplicationController")
                ? object.map("spec", "selector")
                : object.map("spec", "selector", "matchLabels");
        if (!labels.entrySet().containsAll(wanted.entrySet())) {
            return false;
        }
        for (Map<String, Object> each : object.maps("spec", "selector", "matchExpressions")) {
            KubeObject term = KubeObject.of(each);
            Object value = labels.get(term.text("key"));
            boolean in = value != null && term.texts("values").contains(value);
            boolean holds =
                    switch (term.text("operator")) {
                        case "In" -> in;
                        case "NotIn" -> !in;
                        case "Exists" -> value != null;
                        default -> value == null;
                    };
            if (!holds) {
                return false;
            }
        }
        return true;
    }

    static void template(KubeObject object, List<String> restarts, FieldErrors errors) {
        MetadataRules.labels(
                object.map("spec", "template", "metadata", "labels"), "spec.template.metadata.labels", errors);
        KubeObject spec = KubeObject.of(object.map("spec", "template", "spec"));
        // Volumes of a stateful set may be those of its claim templates: upstream leaves its pod spec to the pods.
        if (!object.kind().equals("StatefulSet")) {
            PodSpecRules.check(spec, "spec.template.spec", errors);
        }
        String restart = spec.text("restartPolicy");
        if (!restarts.contains(restart) && !errors.has("spec.template.spec.restartPolicy")) {
            errors.unsupported("spec.template.spec.restartPolicy", restart, restarts);
        }
        if (restarts.equals(ALWAYS) && spec.at("activeDeadlineSeconds") != null) {
            errors.forbidden(
                    "spec.template.spec.activeDeadlineSeconds",
                    "activeDeadlineSeconds in " + object.kind() + " is not Supported");
        }
    }

    private static void rolling(KubeObject object, String field, FieldErrors errors) {
        if (object.text("spec", field, "type").equals("Recreate")
                && object.at("spec", field, "rollingUpdate") != null) {
            errors.forbidden(
                    "spec." + field + ".rollingUpdate", "may not be specified when strategy `type` is 'Recreate'");
        }
        Object surge = object.at("spec", field, "rollingUpdate", "maxSurge");
        Object unavailable = object.at("spec", field, "rollingUpdate", "maxUnavailable");
        if (isZero(surge) && isZero(unavailable)) {
            errors.invalid(
                    "spec." + field + ".rollingUpdate.maxUnavailable",
                    unavailable,
                    "may not be 0 when `maxSurge` is 0");
        }
    }

    private static boolean isZero(@Nullable Object value) {
        return Long.valueOf(0).equals(value) || "0%".equals(value) || "0".equals(value);
    }
}
