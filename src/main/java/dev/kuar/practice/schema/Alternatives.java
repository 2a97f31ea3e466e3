package dev.kuar.practice.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The {@code allOf}, {@code anyOf}, {@code oneOf} and {@code not} of a structural schema. */
final class Alternatives {
    private Alternatives() {}

    static void check(TypeSchema schema, Object value, String path, FieldErrors errors) {
        String who = "\"" + path + "\" must ";
        List<FieldErrors> any = tried(schema, "anyOf", value, path);
        if (!any.isEmpty() && any.stream().noneMatch(Alternatives::isFine)) {
            errors.nowhere(who + "validate at least one schema (anyOf)");
            errors.addAll(best(any));
        }
        List<FieldErrors> one = tried(schema, "oneOf", value, path);
        long fine = one.stream().filter(Alternatives::isFine).count();
        if (!one.isEmpty() && fine != 1) {
            errors.nowhere(who + "validate one and only one schema (oneOf). "
                    + (fine == 0 ? "Found none valid" : "Found " + fine + " valid alternatives"));
            if (fine == 0) {
                errors.addAll(best(one));
            }
        }
        List<FieldErrors> all = tried(schema, "allOf", value, path);
        all.forEach(errors::addAll);
        if (!all.stream().allMatch(Alternatives::isFine)) {
            boolean none = all.stream().noneMatch(Alternatives::isFine);
            errors.nowhere(who + "validate all the schemas (allOf)" + (none ? ". None validated" : ""));
        }
        if (schema.facts().get("not") instanceof Map<?, ?> not
                && isFine(StructuralRules.alternative(structural(not), value, path))) {
            errors.nowhere(who + "not validate the schema (not)");
        }
    }

    private static boolean isFine(FieldErrors errors) {
        return errors.causes().isEmpty();
    }

    /** The first of those with the fewest faults. */
    private static FieldErrors best(List<FieldErrors> failed) {
        FieldErrors best = failed.get(0);
        for (FieldErrors each : failed) {
            if (each.causes().size() < best.causes().size()) {
                best = each;
            }
        }
        return best;
    }

    private static List<FieldErrors> tried(TypeSchema schema, String word, Object value, String path) {
        @Nullable Object listed = schema.facts().get(word);
        List<FieldErrors> tried = new ArrayList<>();
        if (listed instanceof List<?> alternatives) {
            for (Object each : alternatives) {
                if (each instanceof Map<?, ?> map) {
                    tried.add(StructuralRules.alternative(structural(map), value, path));
                }
            }
        }
        return tried;
    }

    @SuppressWarnings("unchecked")
    private static TypeSchema structural(Map<?, ?> words) {
        return TypeSchema.structural((Map<String, Object>) words);
    }
}
