package dev.kuar.practice.api;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request before it is decoded.
 *
 * @param format how to read {@code bytes}
 * @param bytes the text as sent; empty where a tree is given
 * @param tree the body as a tree, for callers in process and for protobuf; null where bytes are given
 */
public record Body(Format format, byte[] bytes, @Nullable Object tree) {
    /** No body at all. */
    public static final Body NONE = new Body(Format.NONE, new byte[0], null);

    public static Body json(byte[] bytes) {
        return new Body(Format.JSON, bytes, null);
    }

    public static Body yaml(byte[] bytes) {
        return new Body(Format.YAML, bytes, null);
    }

    /** The receiver owns the tree from here on. */
    public static Body tree(Map<String, Object> tree) {
        return new Body(Format.TREE, new byte[0], tree);
    }

    /** A patch as a tree: a map, or a list for a JSON patch. The receiver owns it from here on. */
    public static Body patch(Object tree) {
        return new Body(Format.TREE, new byte[0], tree);
    }

    /** The forms of a body. */
    public enum Format {
        NONE,
        JSON,
        YAML,
        TREE
    }
}
