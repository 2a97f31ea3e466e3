package dev.kuar.practice.python;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** JSON as the module {@code json} writes and reads it. */
final class Json {
    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    /** @param a {@code indent}, {@code sort_keys} and {@code separators} by name */
    static String write(Object value, Arguments a) {
        int indent = a.number(9999, "indent", -1);
        String comma = indent < 0 ? ", " : ",";
        String colon = ": ";
        if (a.named().get("separators") instanceof Tuple two) {
            comma = Values.str(two.items().get(0));
            colon = Values.str(two.items().get(1));
        }
        StringBuilder made = new StringBuilder();
        write(made, value, new Form(indent, a.flag("sort_keys"), comma, colon), 0);
        return made.toString();
    }

    private record Form(int indent, boolean sorts, String comma, String colon) {
        private String line(int depth) {
            return indent < 0 ? "" : "\n" + " ".repeat(indent * depth);
        }
    }

    private static void write(StringBuilder made, Object value, Form form, int depth) {
        if (value instanceof String words) {
            quote(made, words);
        } else if (value == Nothing.NONE) {
            made.append("null");
        } else if (value instanceof Boolean yes) {
            made.append(yes ? "true" : "false");
        } else if (Operators.isNumber(value)) {
            made.append(Values.str(value).replace("inf", "Infinity").replace("nan", "NaN"));
        } else if (value instanceof Map<?, ?> map) {
            Map<String, Object> entries = form.sorts() ? new TreeMap<>() : new LinkedHashMap<>();
            map.forEach((key, item) -> entries.put(key(key), item));
            String between = "";
            made.append('{');
            for (Map.Entry<String, Object> entry : entries.entrySet()) {
                made.append(between).append(form.line(depth + 1));
                quote(made, entry.getKey());
                made.append(form.colon());
                write(made, entry.getValue(), form, depth + 1);
                between = form.comma();
            }
            made.append(entries.isEmpty() ? "" : form.line(depth)).append('}');
        } else if (value instanceof List || value instanceof Tuple) {
            String between = "";
            made.append('[');
            for (Object item : Values.list(value)) {
                made.append(between).append(form.line(depth + 1));
                write(made, item, form, depth + 1);
                between = form.comma();
            }
            made.append(between.isEmpty() ? "" : form.line(depth)).append(']');
        } else {
            throw Raised.of("TypeError", "Object of type " + Values.type(value) + " is not JSON serializable");
        }
    }

    private static String key(Object key) {
        return key instanceof Boolean yes ? yes ? "true" : "false" : key == Nothing.NONE ? "null" : Values.str(key);
    }

    private static void quote(StringBuilder made, String words) {
        made.append('"');
        for (int i = 0; i < words.length(); i++) {
            char c = words.charAt(i);
            int known = "\"\\\n\r\t\b\f".indexOf(c);
            if (known >= 0) {
                made.append('\\').append("\"\\nrtbf".charAt(known));
            } else if (c < ' ' || c > '~') {
                made.append(String.format("\\u%04x", (int) c));
            } else {
                made.append(c);
            }
        }
        made.append('"');
    }

    static Object read(String text) {
        Json json = new Json(text);
        Object value = json.value();
        json.space();
        if (json.at < text.length()) {
            throw json.wrong("Extra data", json.at);
        }
        return value;
    }

    private Raised wrong(String message, int place) {
        int line = 1
                + (int) text.substring(0, Math.min(place, text.length()))
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
        int column = place - text.lastIndexOf('\n', Math.max(0, place - 1));
        return Raised.of(
                "json.decoder.JSONDecodeError",
                message + ": line " + line + " column " + column + " (char " + place + ")");
    }

    private void space() {
        while (at < text.length() && " \n\r\t".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private boolean take(char c) {
        space();
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    private Object value() {
        space();
        for (Map.Entry<String, Object> word : Map.<String, Object>of(
                        "null", Nothing.NONE, "true", true, "false", false, "NaN", Double.NaN)
                .entrySet()) {
            if (text.startsWith(word.getKey(), at)) {
                at += word.getKey().length();
                return word.getValue();
            }
        }
        if (take('{')) {
            return map();
        }
        if (take('[')) {
            return list();
        }
        if (at < text.length() && text.charAt(at) == '"') {
            return string();
        }
        java.util.regex.Matcher number = java.util.regex.Pattern.compile("-?\\d+(\\.\\d+)?([eE][-+]?\\d+)?")
                .matcher(text)
                .region(at, text.length());
        if (!number.lookingAt()) {
            throw wrong("Expecting value", at);
        }
        at = number.end();
        String digits = number.group();
        return digits.matches("-?\\d+") ? (Object) new BigInteger(digits) : (Object) Double.parseDouble(digits);
    }

    private Object map() {
        Map<Object, Object> map = new LinkedHashMap<>();
        if (take('}')) {
            return map;
        }
        do {
            space();
            if (at >= text.length() || text.charAt(at) != '"') {
                throw wrong("Expecting property name enclosed in double quotes", at);
            }
            Object key = string();
            if (!take(':')) {
                throw wrong("Expecting ':' delimiter", at);
            }
            map.put(key, value());
        } while (take(','));
        if (!take('}')) {
            throw wrong("Expecting ',' delimiter", at);
        }
        return map;
    }

    private Object list() {
        List<Object> list = new ArrayList<>();
        if (take(']')) {
            return list;
        }
        do {
            list.add(value());
        } while (take(','));
        if (!take(']')) {
            throw wrong("Expecting ',' delimiter", at);
        }
        return list;
    }

    private String string() {
        int start = at++;
        StringBuilder made = new StringBuilder();
        while (at < text.length() && text.charAt(at) != '"') {
            char c = text.charAt(at++);
            if (c != '\\' || at == text.length()) {
                made.append(c);
                continue;
            }
            char escape = text.charAt(at++);
            int known = "nrtbf".indexOf(escape);
            if (escape == 'u' && at + 4 <= text.length()) {
                made.append((char) Integer.parseInt(text.substring(at, at + 4), 16));
                at += 4;
            } else {
                made.append(known < 0 ? escape : "\n\r\t\b\f".charAt(known));
            }
        }
        if (at >= text.length()) {
            throw wrong("Unterminated string starting at", start);
        }
        at++;
        return made.toString();
    }
}
