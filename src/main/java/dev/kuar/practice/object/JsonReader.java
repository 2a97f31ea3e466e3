package dev.kuar.practice.object;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON that this program wrote (stored objects, tokens) into trees, fast: known to be well-formed UTF-8.
 * What clients send is read by the schema's decoder, which reports errors in Go's words.
 */
public final class JsonReader {
    private static final int NAMES = 64;
    private static final int DEPTH = 32;

    private final byte[] in;
    private final @Nullable String[] names = new @Nullable String[NAMES];
    private @Nullable Object[] open = new @Nullable Object[DEPTH];
    private int top;
    private int at;

    private JsonReader(byte[] in) {
        this.in = in;
    }

    /** The tree of one JSON text; a map, list, String, Long, Double, Boolean or null. */
    public static @Nullable Object read(byte[] json) {
        JsonReader reader = new JsonReader(json);
        reader.space();
        return reader.value();
    }

    /**
     * The tree of one JSON object.
     *
     * @throws IllegalArgumentException when it is none
     */
    @SuppressWarnings("unchecked")
    public static Map<String, Object> readMap(byte[] json) {
        if (read(json) instanceof Map<?, ?> map) {
            return (Map<String, Object>) map;
        }
        throw new IllegalArgumentException("not a JSON object");
    }

    private @Nullable Object value() {
        return switch (peek()) {
            case '{' -> map();
            case '[' -> list();
            case '"' -> string();
            case 't' -> word(4, true);
            case 'f' -> word(5, false);
            case 'n' -> word(4, null);
            default -> number();
        };
    }

    private @Nullable Object word(int length, @Nullable Boolean value) {
        at += length;
        return value;
    }

    private Map<String, @Nullable Object> map() {
        int base = top;
        at++;
        space();
        if (peek() == '}') {
            at++;
            return new LinkedHashMap<>();
        }
        while (true) {
            space();
            push(name());
            space();
            expect(':');
            space();
            push(value());
            space();
            byte c = next();
            if (c == '}') {
                return mapped(base);
            }
            if (c != ',') {
                throw broken();
            }
        }
    }

    /** Names and values since {@code base} as a map that is as large as it needs to be. */
    private Map<String, @Nullable Object> mapped(int base) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>(((top - base) / 2 * 4 + 2) / 3);
        for (int i = base; i < top; i += 2) {
            map.put(String.valueOf(open[i]), open[i + 1]);
        }
        top = base;
        return map;
    }

    private void push(@Nullable Object value) {
        if (top == open.length) {
            open = Arrays.copyOf(open, 2 * top);
        }
        open[top++] = value;
    }

    private List<@Nullable Object> list() {
        int base = top;
        at++;
        space();
        if (peek() == ']') {
            at++;
            return new ArrayList<>();
        }
        while (true) {
            space();
            push(value());
            space();
            byte c = next();
            if (c == ']') {
                return listed(base);
            }
            if (c != ',') {
                throw broken();
            }
        }
    }

    private List<@Nullable Object> listed(int base) {
        List<@Nullable Object> list = new ArrayList<>(top - base);
        for (int i = base; i < top; i++) {
            list.add(open[i]);
        }
        top = base;
        return list;
    }

    /** Field names repeat, from object to object and within one: each is made once. */
    private String name() {
        expect('"');
        int hash = 0;
        int end = at;
        while (end < in.length && in[end] != '"' && in[end] != '\\') {
            hash = hash * 31 + in[end++];
        }
        if (end >= in.length || in[end] == '\\') {
            at--;
            return string();
        }
        String usual = KnownNames.at(hash);
        if (same(usual, at, end)) {
            at = end + 1;
            return usual;
        }
        int slot = (hash ^ (hash >>> 8)) & (NAMES - 1);
        String known = names[slot];
        if (known == null || !same(known, at, end)) {
            known = new String(in, at, end - at, StandardCharsets.UTF_8);
            names[slot] = known;
        }
        at = end + 1;
        return known;
    }

    private boolean same(String text, int from, int to) {
        if (text.length() != to - from) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (text.charAt(i - from) != in[i]) {
                return false;
            }
        }
        return true;
    }

    private String string() {
        expect('"');
        int start = at;
        while (at < in.length && in[at] != '"' && in[at] != '\\') {
            at++;
        }
        if (at >= in.length) {
            throw broken();
        }
        if (in[at] == '"') {
            return new String(in, start, at++ - start, StandardCharsets.UTF_8);
        }
        StringBuilder text = new StringBuilder(new String(in, start, at - start, StandardCharsets.UTF_8));
        while (in[at] != '"') {
            if (in[at] == '\\') {
                at++;
                text.append(escaped());
            } else {
                int run = at;
                while (in[at] != '"' && in[at] != '\\') {
                    at++;
                }
                text.append(new String(in, run, at - run, StandardCharsets.UTF_8));
            }
        }
        at++;
        return text.toString();
    }

    private char escaped() {
        byte c = next();
        return switch (c) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> {
                int code = Integer.parseInt(new String(in, at, 4, StandardCharsets.US_ASCII), 16);
                at += 4;
                yield (char) code;
            }
            default -> (char) c;
        };
    }

    private Object number() {
        int start = at;
        boolean whole = true;
        while (at < in.length && "+-0123456789.eE".indexOf(in[at]) >= 0) {
            whole &= in[at] != '.' && in[at] != 'e' && in[at] != 'E';
            at++;
        }
        if (start == at) {
            throw broken();
        }
        String text = new String(in, start, at - start, StandardCharsets.US_ASCII);
        return whole && text.length() < 19 ? (Object) Long.parseLong(text) : wide(text, whole);
    }

    private static Object wide(String text, boolean whole) {
        if (whole) {
            try {
                return Long.parseLong(text);
            } catch (NumberFormatException tooLarge) {
                return Double.parseDouble(text);
            }
        }
        return Double.parseDouble(text);
    }

    private void space() {
        while (at < in.length && in[at] <= ' ') {
            at++;
        }
    }

    private byte peek() {
        if (at >= in.length) {
            throw broken();
        }
        return in[at];
    }

    private byte next() {
        byte c = peek();
        at++;
        return c;
    }

    private void expect(char c) {
        if (next() != c) {
            throw broken();
        }
    }

    private IllegalArgumentException broken() {
        return new IllegalArgumentException("broken JSON at byte " + at);
    }
}
