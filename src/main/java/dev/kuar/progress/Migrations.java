package dev.kuar.progress;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Brings entries of older files into today's form: the function at index n turns a line of format n into one of n + 1.
 *
 * <p>Format 0 was never released; it called the step's digest {@code checks}.
 */
final class Migrations {
    private static final List<UnaryOperator<Map<String, String>>> STEPS = List.of(fields -> {
        Map<String, String> renamed = new HashMap<>(fields);
        String digest = renamed.remove("checks");
        if (digest != null) {
            renamed.put("hash", digest);
        }
        return renamed;
    });

    private Migrations() {}

    static Map<String, String> toCurrent(int version, Map<String, String> fields) {
        Map<String, String> current = fields;
        for (int v = Math.max(0, version); v < ProgressStore.FORMAT_VERSION; v++) {
            current = STEPS.get(v).apply(current);
        }
        return current;
    }
}
