package dev.kuar.practice.cel;

import static dev.kuar.practice.cel.CostEstimator.known;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.kuar.practice.cel.CostEstimator.Part;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The costs of CEL's own functions that look at more than one thing; all others cost 1. */
final class StandardCosts {
    private StandardCosts() {}

    static CallCost of(String overload, @Nullable Part target, List<Part> arguments) {
        if (arguments.isEmpty() && !overload.equals("string_format")) {
            return CallCost.ONE;
        }
        return switch (overload) {
            case "string_to_bytes" -> {
                Bounds size = known(arguments.get(0));
                yield new CallCost(size.times(0.1), new Bounds(size.min(), size.max() * 4));
            }
            case "bytes_to_string" -> {
                Bounds size = known(arguments.get(0));
                yield new CallCost(size.times(0.1), new Bounds(size.min() / 4, size.max()));
            }
            case "strings_quote" -> {
                Bounds size = known(arguments.get(0));
                yield new CallCost(size.times(0.1), new Bounds(size.min() + 2, size.max() * 2 + 2));
            }
            case "string_format" ->
                target == null ? CallCost.ONE : new CallCost(known(target).times(0.1), null);
            case "starts_with_string", "ends_with_string" ->
                new CallCost(known(arguments.get(0)).times(0.1), null);
            case "in_list" -> new CallCost(known(arguments.get(1)).times(1.0), null);
            case "matches_string" ->
                target == null ? CallCost.ONE : new CallCost(matching(known(target), known(arguments.get(0))), null);
            case "contains_string" ->
                target == null
                        ? CallCost.ONE
                        : new CallCost(
                                known(target)
                                        .times(0.1)
                                        .times(known(arguments.get(0)).times(0.1)),
                                null);
            case "less_string",
                    "greater_string",
                    "less_equals_string",
                    "greater_equals_string",
                    "less_bytes",
                    "greater_bytes",
                    "less_equals_bytes",
                    "greater_equals_bytes",
                    "equals",
                    "not_equals" -> {
                long one = known(arguments.get(0)).max();
                long other = known(arguments.get(1)).max();
                long smaller = Long.compareUnsigned(other, one) < 0 ? other : one;
                yield new CallCost(new Bounds(smaller == 0 ? 0 : 1, smaller).times(0.1), null);
            }
            default -> CallCost.ONE;
        };
    }

    /** Of looking for an expression in a text: both count, and an empty text is not for nothing. */
    static Bounds matching(Bounds text, Bounds expression) {
        return text.plus(Bounds.exactly(1)).times(0.1).times(expression.times(0.25));
    }

    /** The size of what is written into the expression; null for what is not. */
    static @Nullable Bounds writtenSize(CelExpr e) {
        return switch (e.getKind()) {
            case CONSTANT ->
                switch (e.constant().getKind()) {
                    case STRING_VALUE ->
                        Bounds.exactly(e.constant()
                                .stringValue()
                                .codePointCount(0, e.constant().stringValue().length()));
                    case BYTES_VALUE -> Bounds.exactly(e.constant().bytesValue().size());
                    case NOT_SET -> null;
                    default -> Bounds.exactly(1);
                };
            case LIST -> Bounds.exactly(e.list().elements().size());
            case MAP -> Bounds.exactly(e.map().entries().size());
            default -> null;
        };
    }

    /** Whether all values of the type are of one size; texts and bytes are not. */
    static boolean isScalar(CelType type) {
        return switch (type.kind()) {
            case BOOL, DOUBLE, DURATION, INT, TIMESTAMP, UINT -> true;
            case OPAQUE ->
                type.name().equals("optional_type")
                        && isScalar(type.parameters().get(0));
            default -> false;
        };
    }

    static boolean isText(CelType type) {
        return type.kind() == CelKind.STRING || type.kind() == CelKind.BYTES;
    }
}
