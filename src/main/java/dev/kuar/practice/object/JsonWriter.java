package dev.kuar.practice.object;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes trees as compact JSON in UTF-8, byte for byte as Go's encoder does: {@code <}, {@code >}, {@code &}, U+2028 and
 * U+2029 escaped, whole doubles without a point. Not thread-safe.
 */
public final class JsonWriter {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = {'n', 'u', 'l', 'l'};
    private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
    private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};

    private byte[] buffer = new byte[1024];
    private int length;

    /** The bytes of one tree. */
    public static byte[] write(@Nullable Object tree) {
        JsonWriter writer = new JsonWriter();
        writer.value(tree);
        return writer.toBytes();
    }

    /** The same as text. */
    public static String text(@Nullable Object tree) {
        return new String(write(tree), StandardCharsets.UTF_8);
    }

    /** What was written so far, copied. */
    public byte[] toBytes() {
        return Arrays.copyOf(buffer, length);
    }

    /** Hands on what was written so far, and begins anew. */
    public void drainTo(OutputStream out) throws IOException {
        out.write(buffer, 0, length);
        length = 0;
    }

    /** How many bytes were written so far. */
    public int length() {
        return length;
    }

    /** Appends plain ASCII as it is. */
    public JsonWriter raw(String ascii) {
        ensure(ascii.length());
        for (int i = 0; i < ascii.length(); i++) {
            buffer[length++] = (byte) ascii.charAt(i);
        }
        return this;
    }

    /** Appends JSON in UTF-8 as it is, from {@code start} to before {@code end}. */
    public JsonWriter raw(byte[] json, int start, int end) {
        ensure(end - start);
        System.arraycopy(json, start, buffer, length, end - start);
        length += end - start;
        return this;
    }

    /** Appends one value of any kind that a tree may hold. */
    public JsonWriter value(@Nullable Object value) {
        if (value instanceof String text) {
            string(text);
        } else if (value instanceof Map<?, ?> map) {
            map(map);
        } else if (value instanceof List<?> list) {
            list(list);
        } else if (value instanceof Boolean flag) {
            bytes(flag ? TRUE : FALSE);
        } else if (value instanceof Double || value instanceof Float) {
            raw(number(((Number) value).doubleValue()));
        } else if (value instanceof Number) {
            raw(value.toString());
        } else if (value == null) {
            bytes(NULL);
        } else {
            string(value.toString());
        }
        return this;
    }

    private void map(Map<?, ?> map) {
        put('{');
        boolean first = true;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (!first) {
                put(',');
            }
            first = false;
            string(String.valueOf(entry.getKey()));
            put(':');
            value(entry.getValue());
        }
        put('}');
    }

    private void list(List<?> list) {
        put('[');
        for (int i = 0; i < list.size(); i++) {
            if (i > 0) {
                put(',');
            }
            value(list.get(i));
        }
        put(']');
    }

    /** Appends a quoted string. */
    public JsonWriter string(String text) {
        int chars = text.length();
        ensure(chars * 6 + 2);
        byte[] out = buffer;
        int at = length;
        out[at++] = '"';
        for (int i = 0; i < chars; i++) {
            char c = text.charAt(i);
            if (c >= 0x20 && c < 0x80 && c != '"' && c != '\\' && c != '<' && c != '>' && c != '&') {
                out[at++] = (byte) c;
            } else if (c < 0x80) {
                at = escape(out, at, c);
            } else if (Character.isHighSurrogate(c) && i + 1 < chars && Character.isLowSurrogate(text.charAt(i + 1))) {
                int point = Character.toCodePoint(c, text.charAt(++i));
                out[at++] = (byte) (0xf0 | (point >> 18));
                out[at++] = (byte) (0x80 | ((point >> 12) & 0x3f));
                out[at++] = (byte) (0x80 | ((point >> 6) & 0x3f));
                out[at++] = (byte) (0x80 | (point & 0x3f));
            } else if (c < 0x800) {
                out[at++] = (byte) (0xc0 | (c >> 6));
                out[at++] = (byte) (0x80 | (c & 0x3f));
            } else if (c == '\u2028' || c == '\u2029' || Character.isSurrogate(c)) {
                at = unicode(out, at, Character.isSurrogate(c) ? '\ufffd' : c);
            } else {
                out[at++] = (byte) (0xe0 | (c >> 12));
                out[at++] = (byte) (0x80 | ((c >> 6) & 0x3f));
                out[at++] = (byte) (0x80 | (c & 0x3f));
            }
        }
        out[at++] = '"';
        length = at;
        return this;
    }

    private static int escape(byte[] out, int at, char c) {
        int next = at;
        char shorthand =
                switch (c) {
                    case '"' -> '"';
                    case '\\' -> '\\';
                    case '\n' -> 'n';
                    case '\r' -> 'r';
                    case '\t' -> 't';
                    case '\b' -> 'b';
                    case '\f' -> 'f';
                    case 0x7f -> 0x7f;
                    default -> 0;
                };
        if (shorthand == 0x7f) {
            out[next++] = 0x7f;
            return next;
        }
        if (shorthand == 0) {
            return unicode(out, at, c);
        }
        out[next++] = '\\';
        out[next++] = (byte) shorthand;
        return next;
    }

    private static int unicode(byte[] out, int at, char c) {
        int next = at;
        out[next++] = '\\';
        out[next++] = 'u';
        out[next++] = HEX[c >> 12];
        out[next++] = HEX[(c >> 8) & 0xf];
        out[next++] = HEX[(c >> 4) & 0xf];
        out[next++] = HEX[c & 0xf];
        return next;
    }

    private static String number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return Long.toString((long) value);
        }
        return Double.toString(value).replace("E", "e");
    }

    private void put(char c) {
        ensure(1);
        buffer[length++] = (byte) c;
    }

    private void bytes(byte[] more) {
        ensure(more.length);
        System.arraycopy(more, 0, buffer, length, more.length);
        length += more.length;
    }

    private void ensure(int more) {
        if (buffer.length - length < more) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + more));
        }
    }
}
