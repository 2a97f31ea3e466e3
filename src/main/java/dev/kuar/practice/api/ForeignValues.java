package dev.kuar.practice.api;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.schema.Catalog;
import dev.kuar.practice.schema.DecodeException;
import dev.kuar.practice.schema.Decoder;
import dev.kuar.practice.schema.Kind;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Values in the store that no API server wrote: they stand behind a zero byte, and are no objects to anybody. */
final class ForeignValues {
    private static final byte MARK = 0;

    private ForeignValues() {}

    /** Whether the API server can serve it. */
    static boolean isObject(byte[] value) {
        return value.length > 0 && value[0] == '{';
    }

    static byte[] mark(byte[] value) {
        byte[] marked = new byte[value.length + 1];
        marked[0] = MARK;
        System.arraycopy(value, 0, marked, 1, value.length);
        return marked;
    }

    static byte[] unmark(byte[] value) {
        return value.length > 0 && value[0] == MARK ? Arrays.copyOfRange(value, 1, value.length) : value;
    }

    /** An object in its stored version, without what its schema does not know; empty where the key is not its own. */
    static Optional<KubeObject> object(Catalog catalog, String key, Map<String, Object> tree) {
        KubeObject given = KubeObject.of(tree);
        Kind kind =
                catalog.ofObject(given.text("apiVersion"), given.text("kind")).orElse(null);
        if (kind == null || given.name().isEmpty() || !key.equals(Storage.key(kind, given.namespace(), given.name()))) {
            return Optional.empty();
        }
        try {
            Map<String, Object> whole = new LinkedHashMap<>();
            whole.put("kind", kind.kind());
            whole.put("apiVersion", kind.apiVersion());
            whole.putAll(Decoder.conform(kind, tree).tree());
            return Optional.of(Versions.ownToStored(kind, KubeObject.of(whole)));
        } catch (DecodeException misfit) {
            return Optional.empty();
        }
    }
}
