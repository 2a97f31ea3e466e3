package dev.kuar.practice.schema;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Named object types, read from {@code practice/types/} when first asked for, one file a group version.
 *
 * <p>Thread-safe. A custom resource's schema has no names: see {@link #custom()}.
 */
final class Types {
    static final String METADATA = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta";

    private final boolean custom;
    private final Map<String, Map<String, Object>> files = new HashMap<>();
    private final Map<String, TypeSchema> named = new HashMap<>();
    private final IdentityHashMap<Map<String, Object>, TypeSchema> anonymous = new IdentityHashMap<>();

    private final String folder;

    private Types(boolean custom, String folder) {
        this.custom = custom;
        this.folder = folder;
    }

    static Types builtIn() {
        return new Types(false, "");
    }

    static Types custom() {
        return new Types(true, "");
    }

    /** Those of an extension API server beside the built-in ones. */
    static Types in(String folder) {
        return new Types(false, folder);
    }

    /** The shape of every object's metadata. */
    TypeSchema metadata() {
        return named(METADATA);
    }

    boolean isCustom() {
        return custom;
    }

    /** By name, for instance {@code io.k8s.api.core.v1.Pod}; read when first used. */
    synchronized TypeSchema named(String name) {
        return named.computeIfAbsent(name, key -> new TypeSchema(Map.of("$ref", key), this));
    }

    /** The schema that a field, an item or a map value declares. */
    synchronized TypeSchema resolve(Map<String, Object> facts) {
        if (facts.size() == 1 && facts.get("$ref") instanceof String name) {
            return named(name);
        }
        TypeSchema known = anonymous.get(facts);
        if (known == null) {
            known = new TypeSchema(facts, this);
            anonymous.put(facts, known);
        }
        return known;
    }

    /** {@code facts} with what it refers to merged in; its own words win. */
    Map<String, Object> merged(Map<String, Object> facts) {
        if (!(facts.get("$ref") instanceof String name)) {
            return facts;
        }
        Map<String, Object> target = find(name);
        if (target == null) {
            return Map.of();
        }
        if (facts.size() == 1) {
            return target;
        }
        Map<String, Object> merged = new LinkedHashMap<>(target);
        merged.putAll(facts);
        return merged;
    }

    /** The facts of a named type; null where nobody declares it. */
    @SuppressWarnings("unchecked")
    synchronized @Nullable Map<String, Object> find(String name) {
        int dot = name.lastIndexOf('.');
        Map<String, Object> file = file(name.substring(0, Math.max(0, dot)));
        return file.get(name.substring(dot + 1)) instanceof Map<?, ?> map ? (Map<String, Object>) map : null;
    }

    /** All types of one file, by short name, in the file's order; empty where there is no such file. */
    synchronized Map<String, Object> file(String prefix) {
        Map<String, Object> file = files.get(prefix);
        if (file == null) {
            Map<String, Object> own = folder.isEmpty() ? null : Bundled.find(folder + "types/" + prefix + ".json");
            file = own == null ? Bundled.find("types/" + prefix + ".json") : own;
            files.put(prefix, file == null ? Map.of() : file);
        }
        return file == null ? Map.of() : file;
    }

    /** The names of all files of types. */
    static List<String> prefixes() {
        return Bundled.lines("types/index");
    }
}
