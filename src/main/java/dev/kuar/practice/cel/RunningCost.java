package dev.kuar.practice.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelReference;
import dev.cel.common.values.CelByteString;
import dev.cel.runtime.CelEvaluationListener;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one run of an expression costs, counted step by step as in {@link CostEstimator}, with the sizes that values have.
 * Stops what costs more than Kubernetes 1.36 lets a single expression cost.
 */
final class RunningCost implements CelEvaluationListener {
    static final long LIMIT = 1_000_000;

    private final CelAbstractSyntaxTree tree;
    private final Map<Long, Object> values = new HashMap<>();
    private long spent;

    RunningCost(CelAbstractSyntaxTree tree) {
        this.tree = tree;
    }

    long spent() {
        return spent;
    }

    boolean isExceeded() {
        return spent > LIMIT;
    }

    @Override
    public void callback(CelExpr e, @Nullable Object value) {
        spent += switch (e.getKind()) {
            case IDENT -> 1;
            case SELECT -> select(e);
            case CALL -> call(e, value);
            case LIST -> isConstant(e) ? 0 : 10;
            case MAP -> isConstant(e) ? 0 : 30;
            case STRUCT -> 40;
            default -> 0;
        };
        if (value != null) {
            values.put(e.id(), value);
        }
        if (isExceeded()) {
            throw new IllegalStateException("actual cost limit exceeded");
        }
    }

    private long call(CelExpr e, @Nullable Object result) {
        List<Object> arguments = new ArrayList<>();
        e.call().target().ifPresent(target -> arguments.add(values.getOrDefault(target.id(), "")));
        e.call().args().forEach(each -> arguments.add(values.getOrDefault(each.id(), "")));
        long first = arguments.isEmpty() ? 0 : size(arguments.get(0));
        long second = arguments.size() < 2 ? 0 : size(arguments.get(1));
        String overload = tree.getReference(e.id())
                .map(CelReference::overloadIds)
                .filter(ids -> !ids.isEmpty())
                .map(ids -> ids.get(0))
                .orElse("");
        return switch (e.call().function()) {
            case "_&&_", "_||_" -> 0;
            case "_?_:_" -> -path(e.call().args().get(Boolean.TRUE.equals(arguments.get(0)) ? 1 : 2));
            case "_[_]" ->
                1 + root(e.call().args().get(0)) - path(e.call().args().get(1));
            case "check" -> 350_000;
            case "isSorted", "sum", "max", "min", "indexOf", "lastIndexOf" -> through(arguments.get(0));
            case "url",
                    "lowerAscii",
                    "upperAscii",
                    "substring",
                    "trim",
                    "jsonpatch.escapeKey",
                    "cidr",
                    "isIP",
                    "isCIDR",
                    "quantity",
                    "isQuantity",
                    "semver",
                    "isSemver",
                    "startsWith",
                    "endsWith",
                    "bytes",
                    "format",
                    "strings.quote" -> share(first, 0.1);
            case "ip" -> arguments.get(0) instanceof String ? share(first, 0.1) : 1;
            case "replace", "split", "ip.isCanonical" -> share(first, 0.2);
            case "join" -> share(result == null ? 1 : size(result), 0.2);
            case "find", "findAll", "matches" -> share(first + 1, 0.1) * share(second, 0.25);
            case "contains" -> share(first, 0.1) * share(second, 0.1);
            case "validate" -> share(second + 1, 0.1) * share(128, 0.25);
            case "timestamp", "duration", "string", "int", "uint", "double", "bool" ->
                isConstant(e.call().args().get(0)) ? 0 : 1;
            case "@in" ->
                isConstant(e.call().args().get(1))
                        ? 0
                        : arguments.size() > 1 && arguments.get(1) instanceof List ? second : 1;
            case "sets.contains", "sets.intersects" -> 1 + first * second;
            case "sets.equivalent" -> 1 + 2 * first * second;
            case "distinct", "sort" -> 11 + 2 * first * first;
            case "slice", "reverse", "lists.range", "flatten" -> 11 + (result == null ? 0 : size(result));
            case "_==_", "_!=_", "_<_", "_<=_", "_>_", "_>=_" -> share(Math.min(first, second), 0.1);
            case "_+_" ->
                overload.equals("add_string") || overload.equals("add_bytes") ? share(first + second, 0.1) : 1;
            default -> 1;
        };
    }

    private static long select(CelExpr e) {
        return e.select().testOnly() ? 0 : 1 + root(e.select().operand());
    }

    /** What it costs to begin a path: nothing more where a variable does, as that has its own cost. */
    private static long root(CelExpr e) {
        return isIndex(e) || e.getKind() == CelExpr.ExprKind.Kind.SELECT || e.getKind() == CelExpr.ExprKind.Kind.IDENT
                ? 0
                : 1;
    }

    private static boolean isIndex(CelExpr e) {
        return e.getKind() == CelExpr.ExprKind.Kind.CALL && e.call().function().equals("_[_]");
    }

    /** What a path from a variable has cost, which is free as the index of another or as what a condition chooses. */
    private static long path(CelExpr e) {
        return switch (e.getKind()) {
            case IDENT -> 1;
            case SELECT ->
                e.select().testOnly()
                        ? 0
                        : path(e.select().operand()) == 0
                                ? 0
                                : 1 + path(e.select().operand());
            default -> 0;
        };
    }

    /** Whether a value is written into the expression, so that it is made but once. */
    private static boolean isConstant(CelExpr e) {
        return switch (e.getKind()) {
            case CONSTANT -> true;
            case LIST -> e.list().elements().stream().allMatch(RunningCost::isConstant);
            case MAP -> e.map().entries().stream().allMatch(each -> isConstant(each.key()) && isConstant(each.value()));
            default -> false;
        };
    }

    private static long share(long size, double factor) {
        return (long) Math.ceil(size * factor);
    }

    private static long through(Object value) {
        if (value instanceof String || value instanceof CelByteString) {
            return (long) (size(value) * 0.1);
        } else if (value instanceof List<?> list) {
            long cost = 0;
            for (Object each : list) {
                cost += each == null ? 1 : through(each);
            }
            return cost;
        }
        return 1;
    }

    private static long size(Object value) {
        if (value instanceof String text) {
            return text.codePointCount(0, text.length());
        } else if (value instanceof List<?> list) {
            return list.size();
        } else if (value instanceof Map<?, ?> map) {
            return map.size();
        }
        return value instanceof CelByteString bytes ? bytes.size() : 1;
    }
}
