package dev.kuar.practice.cel;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.kuar.practice.cel.CostEstimator.Part;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The costs of what Kubernetes adds to CEL, and of the functions on lists and sets. */
final class KubernetesCosts {
    private static final double TEXT = 0.1;
    private static final Bounds ADDRESS = new Bounds(4, 16);

    private final List<Part> arguments;
    private final Function<ElementPath, @Nullable Bounds> sizes;

    private KubernetesCosts(List<Part> arguments, Function<ElementPath, @Nullable Bounds> sizes) {
        this.arguments = arguments;
        this.sizes = sizes;
    }

    /** @return null where the function is one of CEL's own */
    static @Nullable CallCost of(
            String function,
            @Nullable Part target,
            List<Part> arguments,
            Function<ElementPath, @Nullable Bounds> sizes) {
        KubernetesCosts costs = new KubernetesCosts(arguments, sizes);
        CallCost library = target == null ? costs.global(function) : costs.member(function, target);
        return library == null ? costs.ofAny(function) : library;
    }

    private @Nullable CallCost ofAny(String function) {
        return switch (function) {
            case "check" -> new CallCost(Bounds.exactly(350_000), null);
            case "serviceAccount",
                    "path",
                    "group",
                    "resource",
                    "subresource",
                    "namespace",
                    "name",
                    "allowed",
                    "reason",
                    "error",
                    "errored",
                    "masked",
                    "prefixLength",
                    "family",
                    "isUnspecified",
                    "isLoopback",
                    "isLinkLocalMulticast",
                    "isLinkLocalUnicast",
                    "isGlobalUnicast",
                    "format.named",
                    "sign",
                    "asInteger",
                    "isInteger",
                    "asApproximateFloat",
                    "isGreaterThan",
                    "isLessThan",
                    "compareTo",
                    "add",
                    "sub",
                    "major",
                    "minor",
                    "patch",
                    "getScheme",
                    "getHostname",
                    "getHost",
                    "getPort",
                    "getEscapedPath",
                    "getQuery" -> CallCost.ONE;
            default -> null;
        };
    }

    private @Nullable CallCost global(String function) {
        if (arguments.isEmpty()) {
            return null;
        }
        Bounds first = size(arguments.get(0));
        return switch (function) {
            case "url", "jsonpatch.escapeKey" -> new CallCost(first.times(TEXT), first);
            case "cidr", "isIP", "isCIDR", "ip", "quantity", "isQuantity", "semver", "isSemver" ->
                new CallCost(first.times(TEXT), null);
            case "ip.isCanonical" -> new CallCost(first.times(2 * TEXT), null);
            case "sets.contains", "sets.intersects" -> sets(first, 1);
            case "sets.equivalent" -> sets(first, 2);
            case "lists.range" -> allocating(1, Bounds.exactly(number(arguments.get(0), Bounds.ENDLESS)));
            case "_==_" -> equality(arguments.get(0), arguments.get(1));
            default -> null;
        };
    }

    private CallCost sets(Bounds first, double factor) {
        return new CallCost(first.times(size(arguments.get(1))).times(factor).plus(Bounds.exactly(1)), null);
    }

    private @Nullable CallCost member(String function, Part on) {
        return switch (function) {
            case "isSorted", "sum", "max", "min", "indexOf", "lastIndexOf" -> through(on);
            case "lowerAscii", "upperAscii", "substring", "trim" -> new CallCost(size(on).times(TEXT), size(on));
            case "replace" -> arguments.size() < 2 ? null : TextCosts.replace(size(on), size(0), size(1));
            case "split" -> {
                long most = arguments.size() > 1 ? number(arguments.get(1), size(on).max()) : size(on).max();
                yield new CallCost(size(on).times(2 * TEXT), new Bounds(0, most));
            }
            case "join" -> {
                Part item = item(on);
                Bounds joined = item == null ? Bounds.exactly(0) : size(on).times(size(item));
                Bounds whole = arguments.isEmpty() ? joined : joined.plus(TextCosts.separators(size(on), size(0)));
                yield new CallCost(whole.times(TEXT), whole);
            }
            case "find", "findAll" ->
                new CallCost(StandardCosts.matching(size(on), size(0)), new Bounds(0, size(on).max()));
            case "ip" -> CallCost.ONE;
            case "containsIP" -> new CallCost(ADDRESS.plus(ADDRESS).times(TEXT).plus(parsed()), null);
            case "containsCIDR" ->
                new CallCost(
                        ADDRESS.plus(ADDRESS)
                                .times(TEXT)
                                .plus(ADDRESS.times(TEXT))
                                .plus(Bounds.exactly(1))
                                .plus(parsed()),
                        null);
            case "validate" -> new CallCost(size(0).times(TEXT).times(128 * 0.25), null);
            case "fieldSelector", "labelSelector" ->
                new CallCost(
                        Bounds.exactly(10)
                                .plus(size(0).times(TEXT))
                                .plus(size(0).times(0.5).times(50.0)),
                        null);
            case "slice" ->
                allocating(1, Bounds.exactly(number(arguments.get(1), size(on).max()) - number(arguments.get(0), 0)));
            case "reverse" -> allocating(1, size(on));
            case "flatten" ->
                allocating(
                        arguments.isEmpty() ? 1 : Bounds.toDouble(number(arguments.get(0), Bounds.ENDLESS)), size(on));
            case "distinct" -> allocating(2, size(on).times(size(on)));
            case "sort" -> sorting(on);
            case "@sortByAssociatedKeys" -> sorting(arguments.get(0));
            default -> null;
        };
    }

    /** Of what looks at each item of a list once, or at each character of a text. */
    private CallCost through(Part on) {
        Part item = item(on);
        if (item == null) {
            return new CallCost(size(on).times(TEXT), null);
        }
        Bounds each = Bounds.exactly(1);
        if (StandardCosts.isText(item.type())) {
            each = each.plus(size(item).times(TEXT));
        }
        return new CallCost(size(on).times(each), null);
    }

    private CallCost sorting(Part keys) {
        boolean texts = !keys.type().parameters().isEmpty()
                && StandardCosts.isText(keys.type().parameters().get(0));
        return allocating(texts ? 2 + TEXT : 2, size(keys).times(size(keys)));
    }

    private static CallCost allocating(double factor, Bounds size) {
        return new CallCost(size.times(factor).plus(Bounds.exactly(1)).plus(Bounds.exactly(10)), size);
    }

    private static @Nullable CallCost equality(Part left, Part right) {
        CelType type = left.type();
        if (!type.equals(right.type()) || type.kind() != CelKind.OPAQUE) {
            return null;
        }
        if (type.equals(FunctionSet.FORMAT)) {
            return new CallCost(new Bounds(1, 64).times(TEXT), null);
        }
        if (type.equals(FunctionSet.URL)) {
            Bounds known = right.computed();
            return new CallCost(new Bounds(1, known == null ? 1 : known.max()).times(TEXT), null);
        }
        return type.name().equals("optional_type") ? null : CallCost.ONE;
    }

    /** What it costs to read the argument, where it is a text. */
    private Bounds parsed() {
        return arguments.get(0).type().kind() == CelKind.STRING ? size(0).times(TEXT) : Bounds.exactly(0);
    }

    private static long number(Part part, long otherwise) {
        CelExpr e = part.expression();
        boolean written = e != null
                && e.getKind() == CelExpr.ExprKind.Kind.CONSTANT
                && e.constant().getKind() == CelConstant.Kind.INT64_VALUE;
        return e != null && written ? e.constant().int64Value() : otherwise;
    }

    private static @Nullable Part item(Part container) {
        if (container.type().parameters().isEmpty()) {
            return null;
        }
        ElementPath path = container.path().isEmpty()
                ? ElementPath.NONE
                : container.path().copy().with("@items");
        return new Part(path, container.type().parameters().get(0), null, null);
    }

    private Bounds size(int argument) {
        return size(arguments.get(argument));
    }

    private Bounds size(Part part) {
        Bounds known = part.computed();
        Bounds declared = known == null ? sizes.apply(part.path()) : known;
        return declared == null ? Bounds.UNKNOWN : declared;
    }
}
