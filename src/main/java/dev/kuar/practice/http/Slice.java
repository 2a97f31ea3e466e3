package dev.kuar.practice.http;

import java.nio.charset.StandardCharsets;

/** A value within compact JSON: from its first byte to before the one behind its last. */
record Slice(int start, int end) {
    static final Slice NONE = new Slice(0, 0);
    private static final byte[] METADATA = "\"metadata\":{".getBytes(StandardCharsets.US_ASCII);

    boolean isEmpty() {
        return start == end;
    }

    /** The metadata of an object, or {@link #NONE} where it has none. */
    static Slice ofMetadata(byte[] json) {
        int depth = 0;
        for (int at = 0; at < json.length; at++) {
            byte here = json[at];
            if (here == '"') {
                if (depth == 1 && startsWith(json, at)) {
                    int start = at + METADATA.length - 1;
                    return new Slice(start, endOf(json, start));
                }
                at = endOfString(json, at);
            } else if (here == '{' || here == '[') {
                depth++;
            } else if (here == '}' || here == ']') {
                depth--;
            }
        }
        return NONE;
    }

    private static boolean startsWith(byte[] json, int at) {
        if (json.length - at < METADATA.length) {
            return false;
        }
        for (int i = 0; i < METADATA.length; i++) {
            if (json[at + i] != METADATA[i]) {
                return false;
            }
        }
        return true;
    }

    /** The index behind the object that begins at {@code start}. */
    private static int endOf(byte[] json, int start) {
        int depth = 0;
        for (int at = start; at < json.length; at++) {
            byte here = json[at];
            if (here == '"') {
                at = endOfString(json, at);
            } else if (here == '{' || here == '[') {
                depth++;
            } else if ((here == '}' || here == ']') && --depth == 0) {
                return at + 1;
            }
        }
        throw new IllegalArgumentException("JSON that has no end");
    }

    /** The index of the quote that closes the string that the one at {@code start} opens. */
    private static int endOfString(byte[] json, int start) {
        int at = start + 1;
        while (json[at] != '"') {
            at += json[at] == '\\' ? 2 : 1;
        }
        return at;
    }
}
