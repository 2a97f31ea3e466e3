package dev.kuar.practice.cel;

import dev.cel.common.types.CelType;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What CEL knows of the values of a schema.
 *
 * @param most how many items, entries, characters or bytes there are at most; 0 for what has no size
 * @param least how many bytes a value takes in JSON at least
 * @param fields of an object, by the names that rules use; empty for anything else
 * @param key of a map
 * @param element what a list or a map holds
 */
record Declared(
        CelType type,
        long most,
        long least,
        Map<String, Declared> fields,
        @Nullable Declared key,
        @Nullable Declared element) {

    static Declared scalar(CelType type, long most, long least) {
        return new Declared(type, most, least, Map.of(), null, null);
    }

    /** The size of what {@code path} leads to, from the variable that is of this type; null where nothing is known of it. */
    @Nullable
    Bounds sizeOf(ElementPath path) {
        if (path.isEmpty()) {
            return null;
        }
        Declared at = this;
        for (String name : path.names().subList(1, path.names().size())) {
            Declared next =
                    switch (name) {
                        case "@items", "@values" -> at.element;
                        case "@keys" -> at.key;
                        default -> at.fields.get(name);
                    };
            if (next == null) {
                return null;
            }
            at = next;
        }
        return new Bounds(0, at.most);
    }
}
