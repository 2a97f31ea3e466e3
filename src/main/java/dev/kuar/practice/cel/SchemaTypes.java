package dev.kuar.practice.cel;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableMap;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.kuar.practice.schema.Kind;
import dev.kuar.practice.schema.TypeSchema;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What structural schemas are to CEL: objects with known fields, maps, lists, scalars, and how large they can be.
 *
 * <p>Sizes come from {@code maxItems}, {@code maxProperties}, {@code maxLength} and {@code enum}; where they are missing,
 * from what fits into a request. Models the declarations of Kubernetes 1.36.
 */
final class SchemaTypes {
    static final long MAX_REQUEST = 3L * 1024 * 1024;
    private static final Declared KEY = Declared.scalar(SimpleType.STRING, 0, 2);
    private static final TypeSchema TEXT = TypeSchema.structural(Map.of("type", "string"));

    private final Map<String, CelType> structs = new LinkedHashMap<>();
    private final Deque<String> within = new ArrayDeque<>();

    /**
     * Of a value of {@code schema}; at the root of a resource with its kind and the names in its metadata.
     *
     * @return null where rules cannot see such values
     */
    @Nullable
    Declared of(TypeSchema schema, boolean resource) {
        return of(schema, resource, "selfType1");
    }

    /** Of a whole object of a kind, as policies see it: with all of its metadata. */
    CelType ofPolicy(Kind kind) {
        TypeSchema schema = kind.schema().withMetadata();
        Map<String, TypeSchema> fields = new LinkedHashMap<>(schema.fields());
        fields.putIfAbsent("apiVersion", TEXT);
        fields.putIfAbsent("kind", TEXT);
        // No variable has such a name.
        return fields(schema, fields, kind.kind() + structs.size()).type();
    }

    private @Nullable Declared of(TypeSchema schema, boolean resource, String name) {
        String reference = schema.reference();
        if (reference.isEmpty()) {
            return declared(schema, resource, name);
        }
        if (within.contains(reference)) {
            // A type within itself: upstream looks no deeper either.
            return Declared.scalar(SimpleType.DYN, 0, 2);
        }
        within.push(reference);
        Declared declared = declared(schema, resource, name);
        within.pop();
        return declared;
    }

    private @Nullable Declared declared(TypeSchema schema, boolean resource, String name) {
        if (schema.isIntOrString()) {
            long most = maxOf(schema, "maxLength", 4);
            return Declared.scalar(SimpleType.DYN, most < 0 ? MAX_REQUEST - 2 : most, 1);
        }
        return switch (schema.type()) {
            case "object" -> object(schema, resource, name);
            case "array" -> list(schema, name);
            case "integer" -> Declared.scalar(SimpleType.INT, 0, 1);
            case "number" -> Declared.scalar(SimpleType.DOUBLE, 0, 1);
            case "boolean" -> Declared.scalar(SimpleType.BOOL, 0, 4);
            case "string" -> text(schema);
            default -> null;
        };
    }

    private static Declared text(TypeSchema schema) {
        long most = maxOf(schema, "maxLength", 4);
        return switch (schema.format()) {
            case "byte" -> Declared.scalar(SimpleType.BYTES, most < 0 ? MAX_REQUEST - 2 : most / 4, 2);
            case "duration" -> Declared.scalar(SimpleType.DURATION, 32, 3);
            case "date" -> Declared.scalar(SimpleType.TIMESTAMP, 12, 12);
            case "date-time" -> Declared.scalar(SimpleType.TIMESTAMP, 32, 21);
            default ->
                Declared.scalar(
                        SimpleType.STRING, most < 0 ? longest(schema.facts().get("enum")) : most, 2);
        };
    }

    private static long longest(@Nullable Object values) {
        long longest = 0;
        if (!(values instanceof List<?> list) || list.isEmpty()) {
            return MAX_REQUEST - 2;
        }
        for (Object each : list) {
            if (each instanceof String text) {
                longest = Math.max(longest, text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length);
            }
        }
        return longest;
    }

    private @Nullable Declared list(TypeSchema schema, String name) {
        TypeSchema items = schema.items();
        Declared item = items == null ? null : of(items, isEmbedded(items), name + ".@idx");
        if (item == null) {
            return null;
        }
        long most = maxOf(schema, "maxItems", 1);
        return new Declared(
                ListType.create(item.type()),
                most < 0 ? (MAX_REQUEST - 2) / (item.least() + 1) : most,
                2,
                Map.of(),
                null,
                item);
    }

    private @Nullable Declared object(TypeSchema schema, boolean resource, String name) {
        TypeSchema values = schema.values();
        if (values != null && schema.facts().get("additionalProperties") instanceof Map) {
            Declared value = of(values, isEmbedded(values), name + ".@elem");
            if (value == null) {
                return null;
            }
            long most = maxOf(schema, "maxProperties", 1);
            return new Declared(
                    MapType.create(SimpleType.STRING, value.type()),
                    most < 0 ? (MAX_REQUEST - 2) / (value.least() + 6) : most,
                    2,
                    Map.of(),
                    KEY,
                    value);
        }
        Map<String, TypeSchema> known = new LinkedHashMap<>(schema.fields());
        if (resource) {
            known.put("apiVersion", TEXT);
            known.put("kind", TEXT);
            known.put("metadata", metadata(schema));
        }
        return fields(schema, known, name);
    }

    private Declared fields(TypeSchema schema, Map<String, TypeSchema> known, String name) {
        Map<String, Declared> fields = new LinkedHashMap<>();
        long least = 2;
        for (Map.Entry<String, TypeSchema> each : known.entrySet()) {
            String escaped = FieldNames.escaped(each.getKey());
            Declared field = of(each.getValue(), isEmbedded(each.getValue()), name + "." + escaped);
            if (field == null) {
                continue;
            }
            if (escaped != null) {
                fields.put(escaped, field);
            }
            if (schema.required().contains(each.getKey()) && each.getValue().defaultValue() == null) {
                least += each.getKey().length() + field.least() + 4;
            }
        }
        return new Declared(struct(name, fields), 0, least, fields, null, null);
    }

    /** Only the names in metadata can be seen, with what the schema says of them if it names both. */
    private static TypeSchema metadata(TypeSchema schema) {
        TypeSchema declared = schema.fields().get("metadata");
        boolean whole = declared != null
                && declared.fields().containsKey("name")
                && declared.fields().containsKey("generateName")
                && schema.fields().containsKey("kind")
                && schema.fields().containsKey("apiVersion");
        return declared != null && whole
                ? declared
                : TypeSchema.structural(Map.of(
                        "type",
                        "object",
                        "properties",
                        Map.of("name", Map.of("type", "string"), "generateName", Map.of("type", "string"))));
    }

    private static boolean isEmbedded(TypeSchema schema) {
        return schema.flag("x-kubernetes-embedded-resource");
    }

    /** A limit that the schema sets, times {@code factor}; -1 where it sets none. */
    private static long maxOf(TypeSchema schema, String name, int factor) {
        return schema.facts().get(name) instanceof Number number ? Math.max(0, number.longValue()) * factor : -1;
    }

    private CelType struct(String name, Map<String, Declared> fields) {
        ImmutableMap.Builder<String, CelType> types = ImmutableMap.builder();
        fields.forEach((field, declared) -> types.put(field, declared.type()));
        ImmutableMap<String, CelType> all = types.buildOrThrow();
        CelType struct = StructType.create(name, all.keySet(), field -> Optional.ofNullable(all.get(field)));
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
