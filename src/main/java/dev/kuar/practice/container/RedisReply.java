package dev.kuar.practice.container;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers of a redis server as redis-cli reads and shows them: a String for bytes (Latin-1), a List for an array, the rest
 * as records.
 */
final class RedisReply {
    /** No value. */
    static final Object NIL = new Status("(nil)");

    private RedisReply() {}

    /** One word of success. */
    record Status(String text) {}

    /** A refusal. */
    record Failure(String text) {}

    /** A number. */
    record Whole(String text) {}

    /** A command as it goes over the wire. */
    static byte[] command(List<String> words) {
        StringBuilder text = new StringBuilder("*").append(words.size()).append("\r\n");
        for (String word : words) {
            byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
            text.append('$').append(bytes.length).append("\r\n");
            text.append(new String(bytes, StandardCharsets.ISO_8859_1)).append("\r\n");
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The next answer; null where the connection ended. */
    static @Nullable Object read(InputStream in) throws IOException {
        String line = line(in);
        if (line == null || line.isEmpty()) {
            return null;
        }
        String rest = line.substring(1);
        return switch (line.charAt(0)) {
            case '+' -> new Status(rest);
            case '-' -> new Failure(rest);
            case ':' -> new Whole(rest);
            case '$' -> bulk(in, Integer.parseInt(rest));
            default -> array(in, Integer.parseInt(rest));
        };
    }

    private static @Nullable Object bulk(InputStream in, int length) throws IOException {
        if (length < 0) {
            return NIL;
        }
        byte[] bytes = in.readNBytes(length + 2);
        return bytes.length < length + 2 ? null : new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }

    private static @Nullable Object array(InputStream in, int count) throws IOException {
        if (count < 0) {
            return NIL;
        }
        List<Object> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Object item = read(in);
            if (item == null) {
                return null;
            }
            items.add(item);
        }
        return items;
    }

    private static @Nullable String line(InputStream in) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (b == '\n') {
                return text.charAt(text.length() - 1) == '\r' ? text.substring(0, text.length() - 1) : text.toString();
            }
            text.append((char) b);
        }
        return null;
    }

    /** As on a terminal, with a line's end. */
    static String formatted(Object answer, String indent) {
        if (answer instanceof Failure failure) {
            return "(error) " + failure.text() + "\n";
        }
        if (answer instanceof Whole number) {
            return "(integer) " + number.text() + "\n";
        }
        if (answer instanceof Status status) {
            return status.text() + "\n";
        }
        if (answer instanceof List<?> items) {
            if (items.isEmpty()) {
                return "(empty array)\n";
            }
            int width = Integer.toString(items.size()).length();
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < items.size(); i++) {
                String number = " ".repeat(width - Integer.toString(i + 1).length()) + (i + 1) + ") ";
                text.append(i == 0 ? "" : indent).append(number);
                text.append(formatted(items.get(i), indent + " ".repeat(width + 2)));
            }
            return text.toString();
        }
        return quoted(String.valueOf(answer)) + "\n";
    }

    /** As in a pipe, without a line's end. */
    static String raw(Object answer) {
        if (answer == NIL) {
            return "";
        }
        if (answer instanceof Failure failure) {
            return failure.text() + "\n";
        }
        if (answer instanceof Whole number) {
            return number.text();
        }
        if (answer instanceof Status status) {
            return status.text();
        }
        if (answer instanceof List<?> items) {
            return String.join("\n", items.stream().map(RedisReply::raw).toList());
        }
        return String.valueOf(answer);
    }

    static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case 7 -> out.append("\\a");
                case '\b' -> out.append("\\b");
                default -> {
                    if (c >= 32 && c < 127) {
                        out.append(c);
                    } else {
                        out.append(String.format(java.util.Locale.ROOT, "\\x%02x", (int) c));
                    }
                }
            }
        }
        return out.append('"').toString();
    }
}
