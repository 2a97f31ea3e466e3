package dev.kuar.practice.cel;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What {@code variables} is to a policy's expressions: each variable of the type that its own expression has. */
final class PolicyVariables {
    private static final String NAME = "kubernetes.variables";

    private final Map<String, CelType> fields = new LinkedHashMap<>();

    /** Defines the next variable; those that do not compile are of any type to the others. */
    void add(String name, CelCheck checked) {
        fields.put(
                name, checked.tree() == null ? SimpleType.DYN : checked.tree().getResultType());
    }

    /** As it is by now. */
    CelType type() {
        ImmutableMap<String, CelType> known = ImmutableMap.copyOf(fields);
        return StructType.create(NAME, known.keySet(), field -> Optional.ofNullable(known.get(field)));
    }

    /** Types by name, these beside {@code others}. */
    CelTypeProvider beside(CelTypeProvider others) {
        CelType own = type();
        return new CelTypeProvider() {
            @Override
            public ImmutableList<CelType> types() {
                return ImmutableList.<CelType>builder()
                        .addAll(others.types())
                        .add(own)
                        .build();
            }

            @Override
            public Optional<CelType> findType(String name) {
                return name.equals(NAME) ? Optional.of(own) : others.findType(name);
            }
        };
    }
}
