package dev.kuar.practice.schema;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Parses JSON that a client sent, with Go's words for what is wrong; notes duplicate fields, of which the last wins.
 *
 * <p>Whole numbers are {@link Long}, others {@link Double}; null stays null.
 */
final class GoJson {
    /** Go stops at 10,000 levels; a thread's stack here holds fewer. */
    private static final int DEEPEST = 2_000;

    private final String in;
    private final List<String> duplicates;
    private final StringBuilder path = new StringBuilder();
    private final List<String> keys = new ArrayList<>(0);
    private boolean noting;
    private int at;
    private int depth;

    private GoJson(String in, List<String> duplicates) {
        this.in = in;
        this.duplicates = duplicates;
    }

    /**
     * The value of one JSON text.
     *
     * @param duplicates receives {@code duplicate field "a.b"}, in the order of the text
     * @throws DecodeException worded as {@code encoding/json} words it
     */
    static @Nullable Object parse(byte[] json, List<String> duplicates) {
        GoJson parser = new GoJson(new String(json, StandardCharsets.UTF_8), duplicates);
        Object value = parser.top();
        parser.space();
        if (parser.at < parser.in.length()) {
            throw parser.invalid("after top-level value");
        }
        return value;
    }

    /** The paths of all fields of a text that can be parsed, in its order; one that stands there twice comes twice. */
    static List<String> fields(byte[] json) {
        GoJson parser = new GoJson(new String(json, StandardCharsets.UTF_8), new ArrayList<>());
        parser.noting = true;
        parser.top();
        return parser.keys;
    }

    /** How deep the stack reaches depends on what of this is compiled: fewer levels than are allowed may be too many. */
    private @Nullable Object top() {
        try {
            return value();
        } catch (StackOverflowError tooDeep) {
            throw new DecodeException("exceeded max depth");
        }
    }

    private @Nullable Object value() {
        space();
        char c = peek();
        return switch (c) {
            case '{', '[' -> nested(c);
            case '"' -> string();
            case 't' -> literal("true", true);
            case 'f' -> literal("false", false);
            case 'n' -> literal("null", null);
            default -> {
                if (c != '-' && (c < '0' || c > '9')) {
                    throw invalid("looking for beginning of value");
                }
                yield number();
            }
        };
    }

    private Object nested(char open) {
        if (++depth > DEEPEST) {
            throw new DecodeException("exceeded max depth");
        }
        Object value = open == '{' ? object() : array();
        depth--;
        return value;
    }

    private Map<String, @Nullable Object> object() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        at++;
        space();
        if (peek() == '}') {
            at++;
            return map;
        }
        while (true) {
            space();
            if (peek() != '"') {
                throw invalid("looking for beginning of object key string");
            }
            String name = string();
            space();
            if (peek() != ':') {
                throw invalid("after object key");
            }
            at++;
            int mark = path.length();
            path.append(mark == 0 ? "" : ".").append(name);
            if (noting) {
                keys.add(path.toString());
            }
            boolean seen = map.containsKey(name);
            if (seen) {
                duplicates.add("duplicate field \"" + path + "\"");
            }
            map.put(name, value());
            path.setLength(mark);
            space();
            char c = peek();
            if (c == '}') {
                at++;
                return map;
            }
            if (c != ',') {
                throw invalid("after object key:value pair");
            }
            at++;
        }
    }

    private List<@Nullable Object> array() {
        List<@Nullable Object> list = new ArrayList<>();
        at++;
        space();
        if (peek() == ']') {
            at++;
            return list;
        }
        while (true) {
            int mark = path.length();
            path.append('[').append(list.size()).append(']');
            list.add(value());
            path.setLength(mark);
            space();
            char c = peek();
            if (c == ']') {
                at++;
                return list;
            }
            if (c != ',') {
                throw invalid("after array element");
            }
            at++;
        }
    }

    private String string() {
        at++;
        int start = at;
        while (peek() != '"' && in.charAt(at) != '\\') {
            control();
            at++;
        }
        if (in.charAt(at) == '"') {
            return in.substring(start, at++);
        }
        StringBuilder text = new StringBuilder(in.substring(start, at));
        while (peek() != '"') {
            char c = in.charAt(at);
            if (c == '\\') {
                at++;
                text.append(escaped());
            } else {
                control();
                text.append(c);
            }
            at++;
        }
        at++;
        return text.toString();
    }

    private void control() {
        if (in.charAt(at) < ' ') {
            throw invalid("in string literal");
        }
    }

    private char escaped() {
        char c = peek();
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                int code = 0;
                for (int i = 0; i < 4; i++) {
                    at++;
                    int digit = Character.digit(peek(), 16);
                    if (digit < 0) {
                        throw invalid("in \\u hexadecimal character escape");
                    }
                    code = code * 16 + digit;
                }
                yield (char) code;
            }
            default -> throw invalid("in string escape code");
        };
    }

    private @Nullable Object literal(String word, @Nullable Boolean value) {
        for (int i = 0; i < word.length(); i++) {
            if (peek() != word.charAt(i)) {
                throw invalid("in literal " + word + " (expecting '" + word.charAt(i) + "')");
            }
            at++;
        }
        return value;
    }

    private Object number() {
        int start = at;
        if (peek() == '-') {
            at++;
        }
        if (peek() == '0') {
            at++;
        } else {
            digits("in numeric literal");
        }
        boolean whole = true;
        if (at < in.length() && in.charAt(at) == '.') {
            whole = false;
            at++;
            digits("after decimal point in numeric literal");
        }
        if (at < in.length() && "eE".indexOf(in.charAt(at)) >= 0) {
            whole = false;
            at++;
            if (peek() == '+' || peek() == '-') {
                at++;
            }
            digits("in exponent of numeric literal");
        }
        String text = in.substring(start, at);
        try {
            return whole ? (Object) Long.parseLong(text) : (Object) Double.parseDouble(text);
        } catch (NumberFormatException tooLong) {
            return Double.parseDouble(text);
        }
    }

    private void digits(String where) {
        char first = peek();
        if (first < '0' || first > '9') {
            throw invalid(where);
        }
        while (at < in.length() && in.charAt(at) >= '0' && in.charAt(at) <= '9') {
            at++;
        }
    }

    private void space() {
        while (at < in.length() && " \t\r\n".indexOf(in.charAt(at)) >= 0) {
            at++;
        }
    }

    private char peek() {
        if (at >= in.length()) {
            throw new DecodeException("unexpected end of JSON input");
        }
        return in.charAt(at);
    }

    private DecodeException invalid(String where) {
        String shown = "'" + shown(in.charAt(at)) + "'";
        return new DecodeException("invalid character " + shown + " " + where);
    }

    /** A byte as Go quotes it; of a character beyond ASCII Go sees the first byte alone. */
    private static String shown(char c) {
        int escape = "\u0007\b\f\n\r\t\u000b\\'".indexOf(c);
        if (escape >= 0) {
            return "\\" + "abfnrtv\\'".charAt(escape);
        }
        if (c < ' ' || c == 0x7f) {
            return String.format("\\x%02x", (int) c);
        }
        return c < 0x80
                ? String.valueOf(c)
                : String.valueOf((char) (String.valueOf(c).getBytes(StandardCharsets.UTF_8)[0] & 0xff));
    }
}
