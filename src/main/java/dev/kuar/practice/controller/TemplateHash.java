package dev.kuar.practice.controller;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The {@code pod-template-hash} of a tree: 32-bit FNV-1a, written with letters and digits that spell no words.
 *
 * <p>Same form as upstream, other values: upstream hashes a dump of Go structs.
 */
final class TemplateHash {
    private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

    private TemplateHash() {}

    static String of(Object tree, long collisionCount) {
        StringBuilder text = new StringBuilder();
        append(text, tree);
        if (collisionCount > 0) {
            text.append('#').append(collisionCount);
        }
        int hash = 0x811c9dc5;
        for (byte b : text.toString().getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * 0x01000193;
        }
        return encode(Integer.toUnsignedString(hash));
    }

    static String encode(String digits) {
        StringBuilder safe = new StringBuilder(digits.length());
        for (int i = 0; i < digits.length(); i++) {
            safe.append(ALPHABET.charAt(digits.charAt(i) % ALPHABET.length()));
        }
        return safe.toString();
    }

    private static void append(StringBuilder text, @Nullable Object tree) {
        if (tree instanceof Map<?, ?> map) {
            text.append('{');
            TreeMap<String, Object> sorted = new TreeMap<>();
            map.forEach((key, value) -> sorted.put(String.valueOf(key), value));
            sorted.forEach((key, value) -> {
                text.append(key).append(':');
                append(text, value);
                text.append(';');
            });
            text.append('}');
        } else if (tree instanceof List<?> list) {
            text.append('[');
            list.forEach(item -> {
                append(text, item);
                text.append(';');
            });
            text.append(']');
        } else {
            text.append(tree);
        }
    }
}
