package dev.kuar.practice.schema;

import dev.kuar.practice.object.KubeObject;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The parts of a CustomResourceDefinition beside its schemas: subresources, printed columns, conversion. */
final class DefinitionParts {
    private static final String WEBHOOK = "spec.conversion.webhookClientConfig";
    private static final Set<String> TYPES = Set.of("integer", "number", "string", "boolean", "date");
    private static final Set<String> FORMATS =
            Set.of("int32", "int64", "float", "double", "byte", "date", "date-time", "password");

    private DefinitionParts() {}

    static void subresources(KubeObject version, String path, FieldErrors errors) {
        if (version.at("subresources", "scale") == null) {
            return;
        }
        KubeObject scale = KubeObject.of(version.map("subresources", "scale"));
        path(scale, "specReplicasPath", ".spec.", "should be a json path under .spec", path, errors);
        path(scale, "statusReplicasPath", ".status.", "should be a json path under .status", path, errors);
        String selector = scale.text("labelSelectorPath");
        if (!selector.isEmpty()
                && simple(selector, path + ".scale.labelSelectorPath", errors)
                && !selector.startsWith(".spec.")
                && !selector.startsWith(".status.")) {
            errors.invalid(
                    path + ".scale.labelSelectorPath", selector, "should be a json path under either .spec or .status");
        }
    }

    private static void path(
            KubeObject scale, String field, String under, String why, String path, FieldErrors errors) {
        String value = scale.text(field);
        String at = path + ".scale." + field;
        if (value.isEmpty()) {
            errors.required(at, "");
        } else if (simple(value, at, errors) && !value.startsWith(under)) {
            errors.invalid(at, value, why);
        }
    }

    private static boolean simple(String value, String path, FieldErrors errors) {
        if (!value.startsWith(".")) {
            errors.invalid(path, value, "must be a simple json path starting with .");
            return false;
        }
        return true;
    }

    static void columns(KubeObject version, String path, FieldErrors errors) {
        List<Map<String, Object>> columns = version.maps("additionalPrinterColumns");
        for (int i = 0; i < columns.size(); i++) {
            KubeObject column = KubeObject.of(columns.get(i));
            String at = path + "[" + i + "]";
            if (column.text("name").isEmpty()) {
                errors.required(at + ".name", "");
            }
            String types = "must be one of " + String.join(",", new TreeSet<>(TYPES));
            if (column.text("type").isEmpty()) {
                errors.required(at + ".type", types);
            } else if (!TYPES.contains(column.text("type"))) {
                errors.invalid(at + ".type", column.text("type"), types);
            }
            if (!column.text("format").isEmpty() && !FORMATS.contains(column.text("format"))) {
                errors.invalid(
                        at + ".format",
                        column.text("format"),
                        "must be one of " + String.join(",", new TreeSet<>(FORMATS)));
            }
            if (column.text("jsonPath").isEmpty()) {
                errors.required(at + ".JSONPath", "");
            } else {
                simple(column.text("jsonPath"), at + ".JSONPath", errors);
            }
        }
    }

    static void conversion(KubeObject conversion, FieldErrors errors) {
        String strategy = conversion.text("strategy");
        errors.oneOf("spec.conversion.strategy", strategy, List.of("None", "Webhook"));
        KubeObject client = KubeObject.of(conversion.map("webhook", "clientConfig"));
        List<String> reviews = conversion.texts("webhook", "conversionReviewVersions");
        if (!strategy.equals("Webhook")) {
            if (conversion.at("webhook", "clientConfig") != null) {
                errors.forbidden(WEBHOOK, "should not be set when strategy is not set to Webhook");
            }
            if (!reviews.isEmpty()) {
                errors.forbidden(
                        "spec.conversion.conversionReviewVersions",
                        "should not be set when strategy is not set to Webhook");
            }
            return;
        }
        if (conversion.at("webhook", "clientConfig") == null) {
            errors.required(WEBHOOK, "required when strategy is set to Webhook");
        } else if ((client.at("url") == null) == (client.at("service") == null)) {
            errors.required(WEBHOOK, "exactly one of url or service is required");
        } else if (client.at("service") == null) {
            WebhookAddress.url(WEBHOOK + ".url", client.text("url"), errors);
        } else {
            // Upstream hands name and namespace over in each other's place.
            if (client.text("service", "namespace").isEmpty()) {
                errors.required(WEBHOOK + ".service.name", "");
            }
            if (client.text("service", "name").isEmpty()) {
                errors.required(WEBHOOK + ".service.namespace", "");
            }
            WebhookAddress.port(WEBHOOK + ".service.port", client.number(443, "service", "port"), errors);
            WebhookAddress.path(WEBHOOK + ".service.path", client.text("service", "path"), errors);
        }
        reviews(reviews, errors);
    }

    private static void reviews(List<String> reviews, FieldErrors errors) {
        String path = "spec.conversion.conversionReviewVersions";
        if (reviews.isEmpty()) {
            errors.required(path, "");
            return;
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < reviews.size(); i++) {
            if (!seen.add(reviews.get(i))) {
                errors.invalid(path + "[" + i + "]", reviews.get(i), "duplicate version");
            } else {
                errors.syntax(path + "[" + i + "]", reviews.get(i), Syntax.dns1035(reviews.get(i)));
            }
        }
        if (!seen.contains("v1") && !seen.contains("v1beta1")) {
            errors.invalid(path, reviews, "must include at least one of v1, v1beta1");
        }
    }
}
