package dev.kuar.practice.api;

import dev.kuar.practice.object.JsonWriter;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Statuses;
import dev.kuar.practice.schema.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a review of access must say, and must not. */
final class ReviewRules {
    private ReviewRules() {}

    /** @throws dev.kuar.practice.object.ApiException 422 with all that is wrong */
    static void check(Kind kind, KubeObject review, String namespace) {
        List<Map<String, Object>> causes = new ArrayList<>();
        Object resource = review.at("spec", "resourceAttributes");
        Object path = review.at("spec", "nonResourceAttributes");
        if (resource != null && path != null) {
            causes.add(invalid(
                    "spec.nonResourceAttributes",
                    shown(review),
                    "cannot be specified in combination with resourceAttributes"));
        }
        if (resource == null && path == null) {
            causes.add(invalid(
                    "spec.resourceAttributes",
                    "null",
                    "exactly one of nonResourceAttributes or resourceAttributes must be specified"));
        }
        boolean ofMyself = kind.kind().startsWith("Self");
        if (!ofMyself
                && review.text("spec", "user").isEmpty()
                && review.texts("spec", "groups").isEmpty()) {
            causes.add(invalid("spec.user", "\"\"", "at least one of user or group must be specified"));
        }
        Map<String, Object> metadata = new LinkedHashMap<>(review.map("metadata"));
        metadata.remove("managedFields");
        if (kind.namespaced()) {
            metadata.remove("namespace");
        }
        if (!metadata.isEmpty()) {
            String rule = kind.namespaced() ? "must be empty except for namespace" : "must be empty";
            causes.add(invalid("metadata", JsonWriter.text(review.map("metadata")), rule));
        }
        if (kind.namespaced()) {
            inNamespace(review, namespace, causes);
        }
        if (!causes.isEmpty()) {
            throw Statuses.invalid(kind.group(), kind.kind(), review.name(), causes);
        }
    }

    private static void inNamespace(KubeObject review, String namespace, List<Map<String, Object>> causes) {
        String asked = review.text("spec", "resourceAttributes", "namespace");
        if (review.at("spec", "resourceAttributes") != null && !asked.equals(namespace)) {
            causes.add(invalid(
                    "spec.resourceAttributes.namespace", JsonWriter.text(asked), "must match metadata.namespace"));
        }
        if (review.at("spec", "nonResourceAttributes") != null) {
            causes.add(invalid("spec.nonResourceAttributes", shown(review), "disallowed on this kind of request"));
        }
    }

    /** As upstream's internal type prints. */
    private static String shown(KubeObject review) {
        Map<String, Object> path = new LinkedHashMap<>();
        path.put("Path", review.text("spec", "nonResourceAttributes", "path"));
        path.put("Verb", review.text("spec", "nonResourceAttributes", "verb"));
        return JsonWriter.text(path);
    }

    private static Map<String, Object> invalid(String field, String value, String why) {
        return Statuses.cause("FieldValueInvalid", "Invalid value: " + value + ": " + why, field);
    }
}
