package dev.kuar.practice.python;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** What {@code +=} and its like make of a value: collections change themselves. */
final class Changes {
    private Changes() {}

    @SuppressWarnings("unchecked")
    static Object of(String sign, Object old, Object by) {
        if (old instanceof List && sign.equals("+=")) {
            ((List<Object>) old).addAll(Values.list(by));
            return old;
        }
        if (old instanceof Map && by instanceof Map<?, ?> more && sign.equals("|=")) {
            ((Map<Object, Object>) old).putAll(more);
            return old;
        }
        if (old instanceof Set && by instanceof Set<?> more && sign.equals("|=")) {
            ((Set<Object>) old).addAll(more);
            return old;
        }
        String operator = sign.substring(0, sign.length() - 1);
        try {
            return Operators.binary(operator, old, by);
        } catch (Raised raised) {
            String message = Values.str(raised.value());
            if (message.startsWith("unsupported operand type(s) for ")) {
                throw Raised.of(
                        "TypeError", message.replaceFirst("for [^:]+:", "for " + sign.replace("$", "\\$") + ":"));
            }
            throw raised;
        }
    }
}
