package dev.kuar.kubectl.data;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes trees as kubectl's YAML: keys sorted, sequences flush with their key, texts folded at 80 columns.
 *
 * <p>Follows the choices of libyaml's emitter, which Go's YAML inherited.
 */
public final class YamlWriter {
    private static final int WIDTH = 80;

    private final StringBuilder out = new StringBuilder();
    private int column;

    private YamlWriter() {}

    /** The tree as a document that ends with a newline. */
    public static String write(@Nullable Object tree) {
        YamlWriter writer = new YamlWriter();
        writer.block(tree, 0, false);
        return writer.out.toString();
    }

    /** Writes a value that begins where the writer stands; {@code inline} after {@code - }. */
    private void block(@Nullable Object value, int indent, boolean inline) {
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            boolean first = inline;
            for (Map.Entry<?, ?> entry : new TreeMap<>(map).entrySet()) {
                pad(first ? 0 : indent);
                first = false;
                scalar(String.valueOf(entry.getKey()), indent, true);
                put(":");
                member(entry.getValue(), indent);
            }
        } else if (value instanceof List<?> list && !list.isEmpty()) {
            boolean first = inline;
            for (Object item : list) {
                pad(first ? 0 : indent);
                first = false;
                put("- ");
                block(item, indent + 2, true);
            }
        } else {
            scalarOrEmpty(value, indent);
            newline();
        }
    }

    private void member(@Nullable Object value, int indent) {
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            newline();
            block(value, indent + 2, false);
        } else if (value instanceof List<?> list && !list.isEmpty()) {
            newline();
            block(value, indent, false);
        } else {
            put(" ");
            scalarOrEmpty(value, indent + 2);
            newline();
        }
    }

    private void scalarOrEmpty(@Nullable Object value, int indent) {
        if (value instanceof Map) {
            put("{}");
        } else if (value instanceof List) {
            put("[]");
        } else if (value instanceof String text) {
            scalar(text, indent, false);
        } else {
            put(value == null ? "null" : Json.compact(value));
        }
    }

    private void scalar(String text, int indent, boolean key) {
        YamlScalar.Style style = YamlScalar.styleOf(text, key);
        switch (style) {
            case PLAIN -> folded(text, indent, key);
            case SINGLE -> {
                put("'");
                folded(text.replace("'", "''"), indent, key);
                put("'");
            }
            case DOUBLE -> doubleQuoted(text, indent, key);
            case LITERAL -> literal(text, indent);
        }
    }

    /** Breaks at single spaces once the line is longer than the width. */
    private void folded(String text, int indent, boolean key) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean single = c == ' '
                    && i > 0
                    && i < text.length() - 1
                    && text.charAt(i + 1) != ' '
                    && text.charAt(i - 1) != ' ';
            if (!key && single && column > WIDTH) {
                newline();
                pad(indent);
            } else {
                put(String.valueOf(c));
            }
        }
    }

    private void doubleQuoted(String text, int indent, boolean key) {
        put("\"");
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            boolean inner = i > 0 && i < text.length() - 1;
            if (point == ' ' && !key && inner && column > WIDTH) {
                newline();
                pad(indent);
                if (text.charAt(i + 1) == ' ') {
                    put("\\");
                }
            } else {
                put(YamlScalar.escape(point));
            }
            i += Character.charCount(point);
        }
        put("\"");
    }

    private void literal(String text, int indent) {
        put("|");
        if (text.startsWith(" ") || text.startsWith("\n")) {
            put("2");
        }
        if (!text.endsWith("\n")) {
            put("-");
        } else if (text.endsWith("\n\n") || "\n".equals(text)) {
            put("+");
        }
        String body = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        for (String line : body.split("\n", -1)) {
            newline();
            if (!line.isEmpty()) {
                pad(Math.max(indent, 2));
                put(line);
            }
        }
    }

    private void put(String text) {
        out.append(text);
        column += text.codePointCount(0, text.length());
    }

    private void pad(int count) {
        put(" ".repeat(count));
    }

    private void newline() {
        out.append('\n');
        column = 0;
    }
}
