package dev.kuar.practice.admission;

import dev.kuar.practice.cel.CelBudget;
import dev.kuar.practice.cel.CelException;
import dev.kuar.practice.cel.CostException;
import dev.kuar.practice.object.KubeObject;
import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The variables that a policy defines: each is worked out when it is first looked at, so that one that nobody uses cannot fail. */
final class LazyVariables extends AbstractMap<String, Object> {
    private final PolicyPrograms programs;
    private final Map<String, Object> seen;
    private final CelBudget budget;
    private final Map<String, String> expressions = new LinkedHashMap<>();
    private final Map<String, Object> known = new LinkedHashMap<>();

    /** @param seen what the expressions see; this map is put there too */
    LazyVariables(KubeObject policy, PolicyPrograms programs, Map<String, Object> seen, CelBudget budget) {
        this.programs = programs;
        this.seen = seen;
        this.budget = budget;
        for (Map<String, Object> each : policy.maps("spec", "variables")) {
            expressions.put(String.valueOf(each.get("name")), String.valueOf(each.get("expression")));
        }
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return expressions.containsKey(String.valueOf(name));
    }

    @Override
    public @Nullable Object get(@Nullable Object key) {
        String name = String.valueOf(key);
        String expression = expressions.get(name);
        Object value = known.get(name);
        if (value == null && expression != null) {
            try {
                value = programs.get(expression).evaluate(seen, budget);
            } catch (CostException tooMuch) {
                throw tooMuch;
            } catch (CelException failed) {
                throw new CelException(
                        "composited variable \"" + name + "\" fails to evaluate: " + failed.getMessage(), failed);
            }
            known.put(name, value);
        }
        return value;
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        expressions.keySet().forEach(name -> Objects.requireNonNull(get(name)));
        return known.entrySet();
    }
}
