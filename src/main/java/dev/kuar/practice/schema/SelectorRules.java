package dev.kuar.practice.schema;

import dev.kuar.practice.object.KubeObject;
import java.util.List;
import java.util.Map;

/** Label selectors, wherever they stand. */
final class SelectorRules {
    private SelectorRules() {}

    static void check(KubeObject selector, String path, FieldErrors errors) {
        MetadataRules.labels(selector.map("matchLabels"), path + ".matchLabels", errors);
        List<Map<String, Object>> terms = selector.maps("matchExpressions");
        for (int i = 0; i < terms.size(); i++) {
            KubeObject term = KubeObject.of(terms.get(i));
            String field = path + ".matchExpressions[" + i + "]";
            List<String> values = term.texts("values");
            switch (term.text("operator")) {
                case "In", "NotIn" -> {
                    if (values.isEmpty()) {
                        errors.required(field + ".values", "must be specified when `operator` is 'In' or 'NotIn'");
                    }
                }
                case "Exists", "DoesNotExist" -> {
                    if (!values.isEmpty()) {
                        errors.forbidden(
                                field + ".values",
                                "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
                    }
                }
                default -> errors.invalid(field + ".operator", term.text("operator"), "not a valid selector operator");
            }
            errors.syntax(field + ".key", term.text("key"), Syntax.qualifiedName(term.text("key")));
            for (int j = 0; j < values.size(); j++) {
                errors.syntax(field + ".values[" + j + "]", values.get(j), Syntax.labelValue(values.get(j)));
            }
        }
    }
}
