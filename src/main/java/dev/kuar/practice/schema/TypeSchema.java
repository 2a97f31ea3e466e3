package dev.kuar.practice.schema;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The shape of one value: an object with named fields, a map, a list, or a scalar.
 *
 * <p>Built from OpenAPI's words. Object types of Kubernetes are shared and refer to each other by name, also to
 * themselves, which {@link #field} follows lazily.
 */
public final class TypeSchema {
    private static final Set<String> NULL_LISTS =
            Set.of("HorizontalPodAutoscalerStatus.currentMetrics", "CSINodeSpec.drivers");
    private static final Set<String> MOMENTS_BY_VALUE = Set.of(
            "lastTransitionTime",
            "lastHeartbeatTime",
            "lastProbeTime",
            "lastUpdateTime",
            "startedAt",
            "finishedAt",
            "firstTimestamp",
            "lastTimestamp",
            "eventTime",
            "lastObservedTime");

    private final Map<String, Object> own;
    private final Types types;
    private @Nullable Map<String, Object> facts;
    private final Map<String, TypeSchema> fields = new LinkedHashMap<>();
    private @Nullable TypeSchema items;
    private @Nullable TypeSchema values;
    private volatile boolean linked;
    private volatile @Nullable TypeSchema whole;
    private volatile @Nullable Map<String, TypeSchema> filled;

    TypeSchema(Map<String, Object> own, Types types) {
        this.own = own;
        this.types = types;
    }

    /** Where the types are that it refers to. */
    Types types() {
        return types;
    }

    /** Of a custom resource's {@code openAPIV3Schema}. */
    public static TypeSchema structural(Map<String, Object> openApiV3Schema) {
        return new TypeSchema(openApiV3Schema, Types.custom());
    }

    /** The schema's own words, {@code $ref} followed; never to be changed. */
    public Map<String, Object> facts() {
        Map<String, Object> known = facts;
        if (known == null) {
            known = types.merged(own);
            facts = known;
        }
        return known;
    }

    /** The name of the type that it refers to, for instance {@code io.k8s.api.core.v1.PodSpec}; empty without. */
    public String reference() {
        return own.get("$ref") instanceof String name ? name : "";
    }

    /** {@code object}, {@code array}, {@code string}, {@code integer}, {@code number}, {@code boolean}; else empty. */
    public String type() {
        return text("type");
    }

    /** For instance {@code int32}, {@code byte}, {@code date-time}, {@code int-or-string}, {@code quantity}. */
    public String format() {
        return text("format");
    }

    public String description() {
        return text("description");
    }

    /** Named fields in the order of declaration; empty for what is not an object with fields. */
    public Map<String, TypeSchema> fields() {
        link();
        return fields;
    }

    /** A field, or the value of a map under any name; null where nothing by that name may stand. */
    public @Nullable TypeSchema field(String name) {
        link();
        TypeSchema field = fields.get(name);
        return field != null ? field : values;
    }

    /** Of what a list holds; null for what is no list or may hold anything. */
    public @Nullable TypeSchema items() {
        link();
        return items;
    }

    /** Of what a map holds; null for what is no map. */
    public @Nullable TypeSchema values() {
        link();
        return values;
    }

    /** The shape of every object's metadata. */
    TypeSchema metadata() {
        return types.metadata();
    }

    /** What server-side apply sees: a custom resource's own words, which say little about metadata, with the shape of it. */
    public TypeSchema withMetadata() {
        if (!types.isCustom()) {
            return this;
        }
        TypeSchema known = whole;
        if (known == null) {
            Map<String, Object> words = new LinkedHashMap<>(own);
            Map<String, Object> properties = new LinkedHashMap<>();
            if (own.get("properties") instanceof Map<?, ?> declared) {
                declared.forEach((name, field) -> properties.put((String) name, field));
            }
            properties.put("metadata", Map.of("$ref", Types.METADATA));
            words.put("properties", properties);
            known = new TypeSchema(words, types);
            whole = known;
        }
        return known;
    }

    /** The item of a list {@code old} that {@code item} was before: only lists of type map tell. */
    public @Nullable Object counterpart(Object item, @Nullable Object old) {
        if (!listType().equals("map") || !(old instanceof List<?> olds) || !(item instanceof Map<?, ?> map)) {
            return null;
        }
        for (Object each : olds) {
            boolean same = each instanceof Map<?, ?> other
                    && listMapKeys().stream().allMatch(key -> Objects.equals(other.get(key), map.get(key)));
            if (same) {
                return each;
            }
        }
        return null;
    }

    public boolean isMap() {
        return values() != null && fields.isEmpty();
    }

    public boolean isIntOrString() {
        return format().equals("int-or-string") || flag("x-kubernetes-int-or-string");
    }

    /** Whether fields that nobody declared are kept. */
    public boolean keepsUnknown() {
        if (flag("x-kubernetes-preserve-unknown-fields")) {
            return true;
        }
        boolean bare = fields().isEmpty() && values == null && items == null;
        return bare && !types.isCustom() && !isIntOrString() && type().isEmpty();
    }

    /** {@code atomic}, {@code set} or {@code map} as server-side apply sees a list. */
    public String listType() {
        String type = text("x-kubernetes-list-type");
        return type.isEmpty() ? "atomic" : type;
    }

    /** What tells the items of a list of type {@code map} apart. */
    public List<String> listMapKeys() {
        return texts("x-kubernetes-list-map-keys");
    }

    /** Whether server-side apply takes a map or object as one value. */
    public boolean isAtomicMap() {
        return text("x-kubernetes-map-type").equals("atomic");
    }

    /** For instance {@code merge}, {@code retainKeys}, {@code merge,retainKeys}, as strategic merge patch sees it. */
    public String patchStrategy() {
        return text("x-kubernetes-patch-strategy");
    }

    /** The merge key of a strategic merge patch; empty where there is none. */
    public String patchMergeKey() {
        return text("x-kubernetes-patch-merge-key");
    }

    public @Nullable Object defaultValue() {
        return facts().get("default");
    }

    public List<String> required() {
        return texts("required");
    }

    /** Whether Go writes the list {@code name} as null when it is not set, so that it is there in any object. */
    public boolean isAlwaysThere(String name) {
        TypeSchema field = fields().get(name);
        boolean written = required().contains(name)
                || name.equals("conditions") && reference().endsWith(".CustomResourceDefinitionStatus");
        return !types.isCustom() && field != null && field.type().equals("array") && written;
    }

    /** The fields that can be there although nobody has set them: those with a default, and those that Go writes as null. */
    Map<String, TypeSchema> filled() {
        Map<String, TypeSchema> known = filled;
        if (known == null) {
            Map<String, TypeSchema> found = new LinkedHashMap<>();
            fields().forEach((name, field) -> {
                if (field.defaultValue() != null || field.isMomentByValue(name) || isNullList(name)) {
                    found.put(name, field);
                }
            });
            known = found;
            filled = known;
        }
        return known;
    }

    /** Whether the optional list {@code name} is null in JSON until it is set. */
    boolean isNullList(String name) {
        return NULL_LISTS.contains(reference().substring(reference().lastIndexOf('.') + 1) + "." + name)
                && !types.isCustom();
    }

    /** Whether this is a moment that its struct in Go holds by value under {@code name}: null in JSON until it is set. */
    boolean isMomentByValue(String name) {
        return MOMENTS_BY_VALUE.contains(name) && format().equals("date-time") && !types.isCustom();
    }

    public List<String> enumValues() {
        return texts("enum");
    }

    public boolean flag(String name) {
        return Boolean.TRUE.equals(facts().get(name));
    }

    public String text(String name) {
        return facts().get(name) instanceof String text ? text : "";
    }

    @SuppressWarnings("unchecked")
    private List<String> texts(String name) {
        return facts().get(name) instanceof List<?> list ? (List<String>) list : List.of();
    }

    private void link() {
        if (!linked) {
            synchronized (this) {
                if (!linked) {
                    linkOnce();
                    linked = true;
                }
            }
        }
    }

    @SuppressWarnings("unchecked")
    private void linkOnce() {
        Map<String, Object> words = facts();
        if (words.get("properties") instanceof Map<?, ?> map) {
            map.forEach((name, field) -> fields.put((String) name, types.resolve((Map<String, Object>) field)));
        }
        if (words.get("items") instanceof Map<?, ?> map) {
            items = types.resolve((Map<String, Object>) map);
        }
        Object additional = words.get("additionalProperties");
        if (additional instanceof Map<?, ?> map) {
            values = types.resolve((Map<String, Object>) map);
        } else if (Boolean.TRUE.equals(additional)) {
            values = types.resolve(Map.of());
        }
    }
}
