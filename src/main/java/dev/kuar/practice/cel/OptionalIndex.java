package dev.kuar.practice.cel;

import dev.cel.common.ast.CelReference;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntimeBuilder;
import dev.cel.runtime.CelRuntimeLibrary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code maybe[0]} and {@code maybe[?0]} where only the value itself says whether it is a list or a map: the compiler leaves
 * both open, and CEL for Java chooses by the types of arguments, which are an optional either way.
 */
final class OptionalIndex implements CelRuntimeLibrary {
    private static final String ID = "kubernetes_optional_index";
    private static final Set<String> OPEN = Set.of(
            "optional_list_index_int",
            "optional_map_index_value",
            "optional_list_optindex_optional_int",
            "optional_map_optindex_optional_value");

    /** The overloads that fit, with one in the place of several between which the values could not choose. */
    static CelReference chosen(CelReference reference) {
        List<String> others = reference.overloadIds().stream()
                .filter(each -> !OPEN.contains(each))
                .toList();
        if (others.size() > reference.overloadIds().size() - 2) {
            return reference;
        }
        return CelReference.newBuilder()
                .setName(reference.name())
                .addOverloadIds(others.toArray(String[]::new))
                .addOverloadIds(ID)
                .build();
    }

    @Override
    public void setRuntimeOptions(CelRuntimeBuilder runtime) {
        runtime.addFunctionBindings(CelFunctionBinding.from(ID, Optional.class, Object.class, OptionalIndex::at));
    }

    private static Object at(Optional<?> holder, Object index) {
        Object value = holder.isPresent() ? holder.get() : null;
        if (value instanceof List<?> list && index instanceof Number number) {
            long at = number.longValue();
            return at >= 0 && at < list.size() ? Optional.ofNullable(list.get((int) at)) : Optional.empty();
        }
        return value instanceof Map<?, ?> map ? Optional.ofNullable(map.get(index)) : Optional.empty();
    }
}
