package dev.kuar.practice.schema;

import dev.kuar.practice.object.KubeObject;
import java.util.List;
import java.util.Map;

/** The form of the rules in CEL that a schema has; what they say is not looked at. */
final class DefinitionRulesOfCel {
    private static final List<String> REASONS =
            List.of("FieldValueDuplicate", "FieldValueForbidden", "FieldValueInvalid", "FieldValueRequired");

    private DefinitionRulesOfCel() {}

    static void check(KubeObject schema, String path, FieldErrors errors) {
        List<Map<String, Object>> rules = schema.maps("x-kubernetes-validations");
        for (int i = 0; i < rules.size(); i++) {
            KubeObject rule = KubeObject.of(rules.get(i));
            String at = path + ".x-kubernetes-validations[" + i + "]";
            String text = rule.text("rule").strip();
            String message = rule.text("message");
            if (text.isEmpty()) {
                errors.required(at + ".rule", "rule is not specified");
            } else if (!message.isEmpty() && message.isBlank()) {
                errors.invalid(at + ".message", message, "must be non-empty if specified");
            } else if (hasLines(message.strip())) {
                errors.invalid(at + ".message", message, "must not contain line breaks");
            } else if (hasLines(text) && message.isBlank()) {
                errors.required(at + ".message", "message must be specified if rule contains line breaks");
            }
            if (!rule.text("messageExpression").isEmpty()
                    && rule.text("messageExpression").isBlank()) {
                errors.required(at + ".messageExpression", "messageExpression must be non-empty if specified");
            }
            errors.oneOf(at + ".reason", rule.at("reason"), REASONS);
            String field = rule.text("fieldPath");
            if (!field.isEmpty() && field.isBlank()) {
                errors.invalid(at + ".fieldPath", field, "must be non-empty if specified");
            }
            if (hasLines(field)) {
                errors.invalid(at + ".fieldPath", field, "must not contain line breaks");
            }
            if (!field.isEmpty() && RulePaths.shown(TypeSchema.structural(schema.tree()), field) == null) {
                errors.invalid(at + ".fieldPath", field, "must be a valid path");
            }
        }
    }

    private static boolean hasLines(String text) {
        return text.contains("\n") || text.contains("\r");
    }
}
