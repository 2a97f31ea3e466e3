package dev.kuar.practice.controller;

import dev.kuar.practice.object.JsonWriter;
import dev.kuar.practice.object.KubeObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The hashes in the names of what controllers make of a pod template, as Kubernetes 1.36 computes them: 32 bits of FNV, written
 * with letters and digits that spell no words.
 */
final class TemplateHash {
    private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";
    private static final int START = 0x811c9dc5;
    private static final int PRIME = 0x01000193;

    private TemplateHash() {}

    /**
     * Of a ReplicaSet or a DaemonSet's revision: FNV-1a of the template's dump.
     *
     * @param collisions how often names were taken already; null where they never were
     */
    static String of(Map<String, Object> template, @Nullable Long collisions) {
        int hash = START;
        for (byte b : GoDump.of(template).getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * PRIME;
        }
        if (collisions != null) {
            for (int i = 0; i < 8; i++) {
                int part = i < 4 ? (int) (collisions >>> (8 * i)) & 0xff : 0;
                hash = (hash ^ part) * PRIME;
            }
        }
        return encode(Integer.toUnsignedString(hash));
    }

    /** Of a StatefulSet's revision: FNV-1 of what it keeps, as JSON, and of how often names were taken already. */
    static String ofData(Map<String, Object> data, long collisions) {
        int hash = START;
        for (byte b : (json(data) + collisions).getBytes(StandardCharsets.UTF_8)) {
            hash = hash * PRIME ^ (b & 0xff);
        }
        return encode(Integer.toUnsignedString(hash));
    }

    /** How often a name of an owner's was taken already; null where it never was. */
    static @Nullable Long collisions(KubeObject owner) {
        return owner.at("status", "collisionCount") instanceof Number count ? (Long) count.longValue() : null;
    }

    static String encode(String digits) {
        StringBuilder safe = new StringBuilder(digits.length());
        for (int i = 0; i < digits.length(); i++) {
            safe.append(ALPHABET.charAt(digits.charAt(i) % ALPHABET.length()));
        }
        return safe.toString();
    }

    /** As Go writes maps: names in order, and what HTML would read escaped. */
    private static String json(Object tree) {
        return JsonWriter.text(sorted(tree))
                .replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("&", "\\u0026")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
    }

    /** With the names of all objects in order, as Go writes what it read without a type: revisions are compared by their bytes. */
    static Map<String, Object> ordered(Map<String, Object> tree) {
        Map<String, Object> sorted = new LinkedHashMap<>();
        new TreeMap<>(tree).forEach((name, value) -> {
            Object inner = sorted(value);
            if (inner != null) {
                sorted.put(name, inner);
            }
        });
        return sorted;
    }

    private static @Nullable Object sorted(@Nullable Object tree) {
        if (tree instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> sorted = new LinkedHashMap<>();
            new TreeMap<Object, @Nullable Object>(map)
                    .forEach((key, value) -> sorted.put(String.valueOf(key), sorted(value)));
            return sorted;
        }
        if (tree instanceof List<?> list) {
            List<@Nullable Object> all = new ArrayList<>();
            list.forEach(each -> all.add(sorted(each)));
            return all;
        }
        return tree;
    }
}
