package dev.kuar.kubectl.data;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Reads JSON into trees and writes trees as Go's encoding/json does: keys sorted, {@code <>&} escaped. */
public final class Json {
    private static final JsonFactory FACTORY = new JsonFactory();

    private Json() {}

    /** @throws ParseException when the text is not one JSON value */
    public static @Nullable Object parse(String text) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            return parse(parser);
        } catch (JacksonException failure) {
            throw new ParseException(failure.getOriginalMessage(), failure);
        }
    }

    /** @throws ParseException when the bytes are not one JSON value in UTF-8 */
    public static @Nullable Object parse(byte[] bytes) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), bytes)) {
            return parse(parser);
        } catch (JacksonException failure) {
            throw new ParseException(failure.getOriginalMessage(), failure);
        }
    }

    private static @Nullable Object parse(JsonParser parser) {
        parser.nextToken();
        Object value = read(parser);
        if (parser.nextToken() != null) {
            throw new ParseException("trailing data after the value", null);
        }
        return value;
    }

    private static @Nullable Object read(JsonParser parser) {
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw new ParseException("unexpected end of JSON input", null);
        }
        return switch (token) {
            case START_OBJECT -> {
                Map<String, Object> map = new LinkedHashMap<>();
                while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                    String name = parser.currentName();
                    parser.nextToken();
                    Tree.put(map, name, read(parser));
                }
                yield map;
            }
            case START_ARRAY -> {
                List<Object> list = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    Tree.add(list, read(parser));
                }
                yield list;
            }
            case VALUE_NUMBER_INT -> {
                BigInteger number = parser.getBigIntegerValue();
                yield number.bitLength() < 64 ? (Object) number.longValue() : number;
            }
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> parser.getString();
        };
    }

    /** On one line, keys in the order of the tree. */
    public static String compact(@Nullable Object value) {
        return write(value, "", false);
    }

    /** On one line, keys sorted, as Go marshals a map. */
    public static String sorted(@Nullable Object value) {
        return write(value, "", true);
    }

    /** Indented by {@code indent}, keys sorted, no newline at the end. */
    public static String pretty(@Nullable Object value, String indent) {
        return write(value, indent, true);
    }

    private static String write(@Nullable Object value, String indent, boolean sort) {
        StringBuilder out = new StringBuilder();
        write(out, value, indent, sort, 0);
        return out.toString();
    }

    private static void write(StringBuilder out, @Nullable Object value, String indent, boolean sort, int depth) {
        if (value instanceof Map<?, ?> map) {
            Map<?, ?> entries = sort ? new TreeMap<>(map) : map;
            String separator = "{";
            for (Map.Entry<?, ?> entry : entries.entrySet()) {
                out.append(separator);
                line(out, indent, depth + 1);
                quote(out, String.valueOf(entry.getKey()));
                out.append(indent.isEmpty() ? ":" : ": ");
                write(out, entry.getValue(), indent, sort, depth + 1);
                separator = ",";
            }
            close(out, entries.isEmpty(), "{", "}", indent, depth);
        } else if (value instanceof List<?> list) {
            String separator = "[";
            for (Object item : list) {
                out.append(separator);
                line(out, indent, depth + 1);
                write(out, item, indent, sort, depth + 1);
                separator = ",";
            }
            close(out, list.isEmpty(), "[", "]", indent, depth);
        } else if (value instanceof String text) {
            quote(out, text);
        } else if (value instanceof Double number) {
            out.append(number(number));
        } else {
            out.append(value);
        }
    }

    private static void line(StringBuilder out, String indent, int depth) {
        if (!indent.isEmpty()) {
            out.append('\n').append(indent.repeat(depth));
        }
    }

    private static void close(StringBuilder out, boolean empty, String open, String close, String indent, int depth) {
        if (empty) {
            out.append(open);
        } else {
            line(out, indent, depth);
        }
        out.append(close);
    }

    /** A float as Go prints it: no exponent between 1e-6 and 1e21, no trailing {@code .0}. */
    public static String number(double number) {
        double size = Math.abs(number);
        if (number == Math.rint(number) && size < 1e21) {
            return new java.math.BigDecimal(number).toBigInteger().toString();
        }
        if (size >= 1e-6 && size < 1e21) {
            return java.math.BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
        }
        return Double.toString(number).replace("E-", "e-").replace("E", "e+");
    }

    /** A JSON string literal as Go's encoder writes it. */
    public static String quote(String text) {
        StringBuilder out = new StringBuilder();
        quote(out, text);
        return out.toString();
    }

    private static void quote(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                default -> {
                    if (c < 0x20 || c == '<' || c == '>' || c == '&' || c == '\u2028' || c == '\u2029') {
                        out.append(String.format(java.util.Locale.ROOT, "\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
