package dev.kuar.practice.cel;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Statuses;
import dev.kuar.practice.schema.Kind;
import dev.kuar.practice.schema.TypeSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The {@code x-kubernetes-validations} of custom resources. Compiled when first met, then kept. Thread-safe. */
public final class CustomRules {
    private static final String UNCHECKED = "some validation rules were not checked because the object was invalid;"
            + " correct the existing errors to complete validation";

    private static final Set<String> BLOCKING = Set.of(
            "FieldValueNotSupported",
            "FieldValueRequired",
            "FieldValueTooLong",
            "FieldValueTooMany",
            "FieldValueTypeInvalid");

    private final Map<String, CelProgram> programs = new ConcurrentHashMap<>();

    /**
     * Causes of a 422 for the rules that do not hold.
     *
     * @param old the object before the change; null for a create, where rules on {@code oldSelf} say nothing unless it may be
     *     absent; what is as it was may break rules that look at nothing else
     * @param invalid whether the schema is violated so that {@link #isBlocked}: then no rule is run, and one cause says so if there are rules
     */
    public List<Map<String, Object>> check(Kind kind, KubeObject object, @Nullable KubeObject old, boolean invalid) {
        if (!hasRules(kind.schema())) {
            return List.of();
        } else if (invalid) {
            return List.of(Statuses.cause("FieldValueInvalid", "Invalid value: null: " + UNCHECKED, "<nil>"));
        }
        return run(kind, object, old).causes();
    }

    /** What is warned of after a change: rules that do not hold, but are forgiven as what they look at is as it was. */
    public List<String> warnings(Kind kind, KubeObject object, KubeObject old) {
        List<String> warnings = new ArrayList<>();
        if (hasRules(kind.schema())) {
            run(kind, object, old)
                    .forgiven()
                    .forEach(cause -> warnings.add(cause.get("field") + ": " + cause.get("message")));
        }
        return warnings;
    }

    /** Causes for the rules that a value by itself breaks, which stands at {@code path}. */
    public List<Map<String, Object>> check(TypeSchema schema, Object value, String path) {
        RuleRun run = new RuleRun(this::program);
        run.visit(schema, value, path);
        return run.causes();
    }

    private RuleRun run(Kind kind, KubeObject object, @Nullable KubeObject old) {
        RuleRun run = new RuleRun(this::program);
        run.visit(kind.schema(), object.tree(), old == null ? null : old.tree());
        return run;
    }

    /** Whether rules are not run because of what the schema's validation found: mere limits and patterns don't hinder. */
    public static boolean isBlocked(List<Map<String, Object>> found) {
        return found.stream().anyMatch(cause -> BLOCKING.contains(String.valueOf(cause.get("reason"))));
    }

    private static boolean hasRules(TypeSchema schema) {
        if (schema.facts().containsKey("x-kubernetes-validations")) {
            return true;
        }
        TypeSchema items = schema.items();
        TypeSchema values = schema.values();
        return schema.fields().values().stream().anyMatch(CustomRules::hasRules)
                || items != null && hasRules(items)
                || values != null && hasRules(values);
    }

    private CelProgram program(String expression) {
        return programs.computeIfAbsent(expression, key -> CelProgram.compile(key, Set.of("self", "oldSelf")));
    }
}
