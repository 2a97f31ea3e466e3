package dev.kuar.practice.object;

import java.util.List;
import java.util.Map;

/**
 * One condition of a {@link LabelSelector}.
 *
 * @param key the label
 * @param operator how it is asked
 * @param values sorted; empty for EXISTS and DOES_NOT_EXIST
 */
record Requirement(String key, Operator operator, List<String> values) {
    enum Operator {
        IN,
        NOT_IN,
        EXISTS,
        DOES_NOT_EXIST,
        EQUALS,
        NOT_EQUALS,
        GREATER_THAN,
        LESS_THAN
    }

    boolean matches(Map<String, String> labels) {
        String value = labels.get(key);
        return switch (operator) {
            case IN, EQUALS -> value != null && values.contains(value);
            case NOT_IN, NOT_EQUALS -> value == null || !values.contains(value);
            case EXISTS -> value != null;
            case DOES_NOT_EXIST -> value == null;
            case GREATER_THAN, LESS_THAN -> value != null && compares(value);
        };
    }

    private boolean compares(String value) {
        try {
            long have = Long.parseLong(value);
            long wanted = Long.parseLong(values.get(0));
            return operator == Operator.GREATER_THAN ? have > wanted : have < wanted;
        } catch (NumberFormatException notANumber) {
            return false;
        }
    }

    @Override
    public String toString() {
        return switch (operator) {
            case EXISTS -> key;
            case DOES_NOT_EXIST -> "!" + key;
            case EQUALS -> key + "=" + values.get(0);
            case NOT_EQUALS -> key + "!=" + values.get(0);
            case IN -> key + " in (" + String.join(",", values) + ")";
            case NOT_IN -> key + " notin (" + String.join(",", values) + ")";
            case GREATER_THAN -> key + ">" + values.get(0);
            case LESS_THAN -> key + "<" + values.get(0);
        };
    }
}
