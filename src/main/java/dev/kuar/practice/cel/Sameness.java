package dev.kuar.practice.cel;

import com.google.common.primitives.UnsignedLong;
import dev.cel.common.CelOptions;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntimeBuilder;
import dev.cel.runtime.CelRuntimeLibrary;
import dev.cel.runtime.CelStandardFunctions;
import dev.cel.runtime.CelStandardFunctions.StandardFunction;
import dev.cel.runtime.RuntimeEquality;
import dev.cel.runtime.RuntimeHelpers;
import dev.cel.runtime.standard.AddOperator.AddOverload;
import dev.cel.runtime.standard.InOperator.InOverload;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code ==}, {@code !=} and {@code +} of values that may have lists in which order says nothing; {@code in} of maps that answer
 * for keys that they have not.
 */
final class Sameness implements CelRuntimeLibrary {
    /** CEL's functions but for those that are here. */
    static final CelStandardFunctions OTHERS = CelStandardFunctions.newBuilder()
            .filterFunctions((function, overload) -> function != StandardFunction.EQUALS
                    && function != StandardFunction.NOT_EQUALS
                    && overload != AddOverload.ADD_LIST
                    && overload != InOverload.IN_MAP)
            .build();

    private static final RuntimeEquality EQUALITY = RuntimeEquality.create(
            RuntimeHelpers.create(),
            CelOptions.current().enableHeterogeneousNumericComparisons(true).build());

    @Override
    @SuppressWarnings("unchecked")
    public void setRuntimeOptions(CelRuntimeBuilder runtime) {
        runtime.addFunctionBindings(
                CelFunctionBinding.from("equals", Object.class, Object.class, Sameness::same),
                CelFunctionBinding.from("not_equals", Object.class, Object.class, (one, other) -> !same(one, other)),
                CelFunctionBinding.from(
                        "in_map",
                        Object.class,
                        Map.class,
                        (key, map) -> map.containsKey(key)
                                || !(map instanceof DeviceDomains) && EQUALITY.inMap((Map<Object, Object>) map, key)),
                CelFunctionBinding.from(
                        "add_list",
                        List.class,
                        List.class,
                        (one, other) -> one instanceof KeyedList list
                                ? list.plus((List<?>) other)
                                : RuntimeHelpers.concat((List<Object>) one, (List<Object>) other)));
    }

    /** Whether two values are one to CEL: numbers by what they say, whatever their types. */
    static boolean same(@Nullable Object one, @Nullable Object other) {
        if (one instanceof KeyedList list && other instanceof List<?> more) {
            return list.same(more);
        } else if (one instanceof List<?> list && other instanceof List<?> more) {
            boolean same = list.size() == more.size();
            for (int i = 0; same && i < list.size(); i++) {
                same = same(list.get(i), more.get(i));
            }
            return same;
        } else if (one instanceof Map<?, ?> map && other instanceof Map<?, ?> more) {
            return map.size() == more.size()
                    && map.entrySet().stream()
                            .allMatch(entry -> more.containsKey(entry.getKey())
                                    && same(entry.getValue(), more.get(entry.getKey())));
        } else if (one instanceof Optional<?> maybe && other instanceof Optional<?> more) {
            return maybe.isPresent() == more.isPresent() && (maybe.isEmpty() || same(maybe.get(), more.get()));
        } else if (one instanceof Number number
                && other instanceof Number more
                && number.getClass() != more.getClass()) {
            return asDouble(number) == asDouble(more);
        } else if (one instanceof Double number && other instanceof Double more) {
            return number.doubleValue() == more.doubleValue();
        }
        return Objects.equals(one, other);
    }

    private static double asDouble(Number number) {
        return number instanceof UnsignedLong unsigned
                ? unsigned.bigIntegerValue().doubleValue()
                : number.doubleValue();
    }
}
