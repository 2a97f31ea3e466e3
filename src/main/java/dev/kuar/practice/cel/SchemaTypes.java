package dev.kuar.practice.cel;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableMap;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.kuar.practice.schema.TypeSchema;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What structural schemas are to CEL's compiler: objects with known fields, maps, lists, scalars. */
final class SchemaTypes {
    private final Map<String, CelType> structs = new LinkedHashMap<>();

    /** The type of a value of {@code schema}; at the root of a resource with its kind and the names in its metadata. */
    CelType of(TypeSchema schema, boolean resource) {
        if (schema.isIntOrString()) {
            return SimpleType.DYN;
        }
        return switch (schema.type()) {
            case "object" -> object(schema, resource || schema.flag("x-kubernetes-embedded-resource"));
            case "array" -> {
                TypeSchema items = schema.items();
                yield ListType.create(items == null ? SimpleType.DYN : of(items, false));
            }
            case "integer" -> SimpleType.INT;
            case "number" -> SimpleType.DOUBLE;
            case "boolean" -> SimpleType.BOOL;
            // moments, durations and bytes are texts when they are looked at
            case "string" -> schema.format().isEmpty() ? SimpleType.STRING : SimpleType.DYN;
            default -> SimpleType.DYN;
        };
    }

    private CelType object(TypeSchema schema, boolean resource) {
        TypeSchema values = schema.values();
        if (values != null && schema.fields().isEmpty()) {
            return MapType.create(SimpleType.STRING, of(values, false));
        }
        if (schema.fields().isEmpty() && schema.flag("x-kubernetes-preserve-unknown-fields")) {
            return SimpleType.DYN;
        }
        Map<String, CelType> fields = new LinkedHashMap<>();
        schema.fields().forEach((name, field) -> {
            String escaped = FieldNames.escaped(name);
            if (escaped != null) {
                fields.put(escaped, of(field, false));
            }
        });
        if (resource) {
            fields.put("apiVersion", SimpleType.STRING);
            fields.put("kind", SimpleType.STRING);
            fields.put("metadata", struct(Map.of("name", SimpleType.STRING, "generateName", SimpleType.STRING)));
        }
        return struct(fields);
    }

    private CelType struct(Map<String, ? extends CelType> fields) {
        String name = "selfType" + structs.size();
        ImmutableMap<String, CelType> types = ImmutableMap.copyOf(fields);
        CelType struct = StructType.create(name, types.keySet(), field -> Optional.ofNullable(types.get(field)));
        structs.put(name, struct);
        return struct;
    }

    /** The types of objects that were met so far, for the compiler. */
    CelTypeProvider provider() {
        return new Known(ImmutableMap.copyOf(structs));
    }

    /** Types by their names. */
    private record Known(ImmutableMap<String, CelType> structs) implements CelTypeProvider {
        @Override
        public ImmutableCollection<CelType> types() {
            return structs.values();
        }

        @Override
        public Optional<CelType> findType(String typeName) {
            return Optional.ofNullable(structs.get(typeName));
        }
    }
}
