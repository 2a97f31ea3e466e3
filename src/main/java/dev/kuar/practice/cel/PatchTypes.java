package dev.kuar.practice.cel;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableSet;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The types of what mutating policies make: {@code Object}, {@code Object.spec} and so on, whose fields may be any, and {@code
 * JSONPatch}.
 */
final class PatchTypes {
    static final CelType OBJECT = StructType.create("Object", ImmutableSet.of(), field -> Optional.empty());
    private static final StructType PATCH = StructType.create(
            "JSONPatch",
            ImmutableSet.of("op", "path", "from", "value"),
            field -> Optional.of(field.equals("value") ? SimpleType.DYN : SimpleType.STRING));
    static final CelType PATCHES = ListType.create(PATCH);
    private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*");

    private PatchTypes() {}

    /** For one expression: the fields of its objects are those that it names. */
    static CelTypeProvider beside(CelTypeProvider others, String expression) {
        ImmutableSet.Builder<String> names = ImmutableSet.builder();
        for (Matcher each = NAME.matcher(expression); each.find(); ) {
            names.add(each.group());
        }
        ImmutableSet<String> fields = names.build();
        return new CelTypeProvider() {
            @Override
            public ImmutableCollection<CelType> types() {
                return others.types();
            }

            @Override
            public Optional<CelType> findType(String name) {
                if (name.equals("JSONPatch")) {
                    return Optional.of(PATCH);
                }
                return name.equals("Object") || name.startsWith("Object.")
                        ? Optional.of(StructType.create(name, fields, field -> Optional.of(SimpleType.DYN)))
                        : others.findType(name);
            }
        };
    }
}
