package dev.kuar.practice.cel;

import com.google.common.collect.ImmutableList;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelReference;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What an expression costs at the least and at the most, before it is run: each step costs about 1, loops cost as much as
 * what they go through can be large.
 *
 * <p>Models the estimator of cel-go 0.26 with the costs that Kubernetes 1.36 gives to its functions; rules of definitions
 * are refused by it, so that each number counts.
 */
final class CostEstimator {
    private static final Bounds ONE = Bounds.exactly(1);

    /** How large keys and values, or indexes and items, of a container are. */
    record Entries(boolean list, Bounds key, Bounds value) {}

    /** An expression as the costs of calls see it; {@code computed} is its size, null where that must be asked for. */
    record Part(
            ElementPath path,
            CelType type,
            @Nullable CelExpr expression,
            @Nullable Bounds computed) {}

    private record Local(
            ElementPath path,
            @Nullable Bounds size,
            @Nullable Entries entries) {}

    private final CelAbstractSyntaxTree tree;
    private final Function<ElementPath, @Nullable Bounds> sizes;
    private final Map<Long, ElementPath> paths = new HashMap<>();
    private final Map<Long, Bounds> computed = new HashMap<>();
    private final Map<Long, Entries> entries = new HashMap<>();
    private final Map<String, Bounds> targets = new HashMap<>();
    private final Map<String, Deque<Local>> locals = new HashMap<>();

    private CostEstimator(CelAbstractSyntaxTree tree, Function<ElementPath, @Nullable Bounds> sizes) {
        this.tree = tree;
        this.sizes = sizes;
    }

    /** @param root of all variables */
    static Bounds estimate(CelAbstractSyntaxTree checked, Declared root) {
        return new CostEstimator(checked, root::sizeOf).cost(checked.getExpr());
    }

    private Bounds cost(CelExpr e) {
        return switch (e.getKind()) {
            case IDENT -> {
                Local local = local(e.ident().name());
                paths.put(e.id(), local == null ? ElementPath.of(e.ident().name()) : local.path());
                yield targets.getOrDefault(e.ident().name(), ONE);
            }
            case SELECT -> select(e);
            case CALL -> call(e);
            case LIST -> list(e);
            case MAP -> map(e);
            case STRUCT -> {
                Bounds sum = Bounds.exactly(40);
                for (CelExpr.CelStruct.Entry field : e.struct().entries()) {
                    sum = sum.plus(cost(field.value()));
                }
                yield sum;
            }
            case COMPREHENSION -> isBinding(e.comprehension()) ? binding(e) : loop(e);
            default -> Bounds.exactly(0);
        };
    }

    private Bounds select(CelExpr e) {
        Bounds sum = cost(e.select().operand());
        if (e.select().testOnly()) {
            return sum;
        }
        paths.put(e.id(), path(e.select().operand()).with(e.select().field()));
        return switch (type(e.select().operand()).kind()) {
            case MAP, STRUCT, TYPE_PARAM -> sum.plus(ONE);
            default -> sum;
        };
    }

    private Bounds call(CelExpr e) {
        CelExpr.CelCall call = e.call();
        if (call.function().equals("dyn")) {
            CelExpr argument = call.args().get(0);
            Bounds cost = cost(argument);
            copySize(e, argument);
            return cost.plus(ONE);
        }
        List<Part> arguments = new ArrayList<>();
        List<Bounds> costs = new ArrayList<>();
        for (CelExpr argument : call.args()) {
            costs.add(cost(argument));
            arguments.add(part(argument));
        }
        List<String> overloads = List.copyOf(
                tree.getReference(e.id()).map(CelReference::overloadIds).orElse(ImmutableList.of()));
        if (overloads.isEmpty()) {
            return Bounds.exactly(0);
        }
        Bounds sum = Bounds.exactly(0);
        Part target = null;
        if (call.target().isPresent()) {
            sum = cost(call.target().get());
            target = part(call.target().get());
        }
        Bounds cost = new Bounds(Bounds.ENDLESS, 0);
        Bounds size = null;
        for (String overload : overloads) {
            CallCost one = of(e, overload, target, arguments, costs);
            cost = cost.or(one.cost());
            Bounds result = one.size();
            if (result != null) {
                size = size == null ? result : size.or(result);
            }
            if ((overload.equals("index_list") || overload.equals("index_map")) && !arguments.isEmpty()) {
                Entries within = entries(call.args().get(0));
                size = within == null ? null : within.value();
                paths.put(e.id(), path(call.args().get(0)).with(overload.equals("index_list") ? "@items" : "@values"));
            }
            if (size == null) {
                size = size(e);
            }
        }
        if (size != null) {
            computed.put(e.id(), size);
        }
        return sum.plus(cost);
    }

    private CallCost of(
            CelExpr e, String overload, @Nullable Part target, List<Part> arguments, List<Bounds> argumentCosts) {
        Bounds sum = Bounds.exactly(0);
        for (Bounds each : argumentCosts) {
            sum = sum.plus(each);
        }
        CallCost known = KubernetesCosts.of(e.call().function(), target, arguments, sizes);
        if (known != null) {
            return new CallCost(known.cost().plus(sum), known.size());
        }
        switch (overload) {
            case "logical_or", "logical_and" -> {
                Bounds left = argumentCosts.get(0);
                return new CallCost(
                        new Bounds(left.min(), left.plus(argumentCosts.get(1)).max()), null);
            }
            case "conditional" -> {
                Entries one = entries(e.call().args().get(1));
                Entries other = entries(e.call().args().get(2));
                if (one != null && other != null) {
                    entries.put(e.id(), either(one, other));
                }
                return new CallCost(
                        argumentCosts.get(0).plus(argumentCosts.get(1).or(argumentCosts.get(2))),
                        known(arguments.get(1)).or(known(arguments.get(2))));
            }
            case "add_string", "add_bytes", "add_list" -> {
                Bounds size = known(arguments.get(0)).plus(known(arguments.get(1)));
                Entries one = entries(e.call().args().get(0));
                Entries other = entries(e.call().args().get(1));
                if (one != null && other != null) {
                    entries.put(e.id(), either(one, other));
                }
                return new CallCost((overload.equals("add_list") ? ONE : size.times(0.1)).plus(sum), size);
            }
            default -> {
                CallCost cost = StandardCosts.of(overload, target, arguments);
                return new CallCost(cost.cost().plus(sum), cost.size());
            }
        }
    }

    private static Entries either(Entries one, Entries other) {
        return new Entries(one.list(), one.key().or(other.key()), one.value().or(other.value()));
    }

    private Bounds list(CelExpr e) {
        Bounds sum = Bounds.exactly(0);
        Bounds item = new Bounds(e.list().elements().isEmpty() ? 0 : Bounds.ENDLESS, 0);
        for (CelExpr each : e.list().elements()) {
            sum = sum.plus(cost(each));
            item = item.or(sizeOrUnknown(each));
        }
        entries.put(e.id(), new Entries(true, ONE, item));
        return sum.plus(Bounds.exactly(10));
    }

    private Bounds map(CelExpr e) {
        Bounds sum = Bounds.exactly(0);
        Bounds none = new Bounds(e.map().entries().isEmpty() ? 0 : Bounds.ENDLESS, 0);
        Bounds key = none;
        Bounds value = none;
        for (CelExpr.CelMap.Entry each : e.map().entries()) {
            sum = sum.plus(cost(each.key())).plus(cost(each.value()));
            key = key.or(sizeOrUnknown(each.key()));
            value = value.or(sizeOrUnknown(each.value()));
        }
        entries.put(e.id(), new Entries(false, key, value));
        return sum.plus(Bounds.exactly(30));
    }

    private Bounds loop(CelExpr e) {
        CelExpr.CelComprehension loop = e.comprehension();
        Bounds sum = cost(loop.iterRange()).plus(cost(loop.accuInit()));
        push(loop.accuVar(), path(loop.accuInit()), size(loop.accuInit()), entries(loop.accuInit()));
        Entries range = entries(loop.iterRange());
        boolean list = range == null ? type(loop.iterRange()).kind() == CelKind.LIST : range.list();
        Bounds key = range == null ? null : range.key();
        Bounds value = range == null ? null : range.value();
        if (loop.iterVar2().isEmpty()) {
            push(loop.iterVar(), path(loop.iterRange()).with(list ? "@items" : "@keys"), list ? value : key, null);
        } else {
            push(loop.iterVar(), path(loop.iterRange()).with(list ? "@indices" : "@keys"), key, null);
            push(loop.iterVar2(), path(loop.iterRange()).with(list ? "@items" : "@values"), value, null);
        }
        Bounds round = cost(loop.loopCondition());
        round = cost(loop.loopStep()).plus(round);
        pop(loop.iterVar());
        if (!loop.iterVar2().isEmpty()) {
            pop(loop.iterVar2());
        }
        sum = sum.plus(cost(loop.result()));
        pop(loop.accuVar());
        Bounds rounds = sizeOrUnknown(loop.iterRange());
        switch (loop.accuInit().getKind()) {
            case CONSTANT -> {
                Bounds size = size(loop.accuInit());
                if (size != null) {
                    computed.put(e.id(), size);
                }
            }
            case LIST, MAP -> {
                computed.put(e.id(), rounds);
                Entries step = entries(loop.loopStep());
                if (step != null) {
                    entries.put(e.id(), step);
                }
            }
            default -> {}
        }
        return sum.plus(rounds.times(round));
    }

    /** Whether this only names a value: nothing is gone through. */
    private static boolean isBinding(CelExpr.CelComprehension loop) {
        return loop.iterRange().getKind() == CelExpr.ExprKind.Kind.LIST
                && loop.iterRange().list().elements().isEmpty()
                && loop.loopCondition().getKind() == CelExpr.ExprKind.Kind.CONSTANT
                && loop.loopCondition().constant().getKind() == CelConstant.Kind.BOOLEAN_VALUE
                && !loop.loopCondition().constant().booleanValue();
    }

    private Bounds binding(CelExpr e) {
        CelExpr.CelComprehension loop = e.comprehension();
        if (loop.accuVar().equals("@target")) {
            return twice(e, loop);
        }
        Bounds sum = cost(loop.iterRange()).plus(cost(loop.accuInit()));
        push(loop.accuVar(), path(loop.accuInit()), size(loop.accuInit()), entries(loop.accuInit()));
        sum = sum.plus(cost(loop.result()));
        pop(loop.accuVar());
        copySize(e, loop.result());
        return sum;
    }

    /** {@code optMap}: Kubernetes' CEL has no name for what it is called on, but works it out each time. */
    private Bounds twice(CelExpr e, CelExpr.CelComprehension loop) {
        Bounds once = cost(loop.accuInit());
        push(loop.accuVar(), path(loop.accuInit()), size(loop.accuInit()), entries(loop.accuInit()));
        targets.put(loop.accuVar(), once);
        Bounds cost = cost(loop.result());
        pop(loop.accuVar());
        copySize(e, loop.result());
        return cost;
    }

    private Part part(CelExpr e) {
        ElementPath path = path(e);
        boolean accumulator = !path.isEmpty() && path.names().get(0).matches("@result|__result__");
        return new Part(accumulator ? ElementPath.NONE : path, type(e), e, size(e));
    }

    private CelType type(CelExpr e) {
        return tree.getType(e.id()).orElse(SimpleType.DYN);
    }

    private ElementPath path(CelExpr e) {
        Local local =
                e.getKind() == CelExpr.ExprKind.Kind.IDENT ? local(e.ident().name()) : null;
        return local == null ? paths.getOrDefault(e.id(), ElementPath.NONE) : local.path();
    }

    private @Nullable Local local(String name) {
        Deque<Local> known = locals.get(name);
        return known == null ? null : known.peek();
    }

    private void push(String name, ElementPath path, @Nullable Bounds size, @Nullable Entries entries) {
        locals.computeIfAbsent(name, key -> new ArrayDeque<>()).push(new Local(path, size, entries));
    }

    private void pop(String name) {
        locals.getOrDefault(name, new ArrayDeque<>()).poll();
    }

    private void copySize(CelExpr to, CelExpr from) {
        Bounds size = size(from);
        if (size != null) {
            computed.put(to.id(), size);
        }
        Entries within = entries(from);
        if (within != null) {
            entries.put(to.id(), within);
        }
    }

    static Bounds known(Part part) {
        Bounds size = part.computed();
        return size == null ? Bounds.UNKNOWN : size;
    }

    private Bounds sizeOrUnknown(CelExpr e) {
        Bounds size = size(e);
        return size == null ? Bounds.UNKNOWN : size;
    }

    private @Nullable Bounds size(CelExpr e) {
        Bounds before = computed.get(e.id());
        if (before != null) {
            return before;
        }
        Bounds written = StandardCosts.writtenSize(e);
        if (written != null) {
            return written;
        }
        Bounds declared = sizes.apply(path(e));
        if (declared != null) {
            computed.put(e.id(), declared);
            return declared;
        }
        if (StandardCosts.isScalar(type(e))) {
            return ONE;
        }
        Local local =
                e.getKind() == CelExpr.ExprKind.Kind.IDENT ? local(e.ident().name()) : null;
        return local == null ? null : local.size();
    }

    private @Nullable Entries entries(CelExpr e) {
        Entries before = entries.get(e.id());
        Local local = before == null && e.getKind() == CelExpr.ExprKind.Kind.IDENT
                ? local(e.ident().name())
                : null;
        return local == null ? before : local.entries();
    }
}
