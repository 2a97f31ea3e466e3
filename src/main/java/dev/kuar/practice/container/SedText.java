package dev.kuar.practice.container;

import dev.kuar.practice.container.SedCommand.Part;
import java.util.ArrayList;
import java.util.List;

/** The backslashes of sed: in expressions, in replacements, in what {@code y} maps. */
final class SedText {
    private SedText() {}

    private static int plain(char c) {
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'f' -> '\f';
            case 'v' -> 0x0b;
            case 'a' -> 7;
            default -> -1;
        };
    }

    /** {@code \n} and its like as they are, for the expression's own reader. */
    static String regex(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            char next = i + 1 < text.length() ? text.charAt(i + 1) : 0;
            if (c != '\\' || next == 0) {
                out.append(c);
            } else if (plain(next) >= 0) {
                out.append((char) plain(next));
                i++;
            } else {
                out.append(c).append(next);
                i++;
            }
        }
        return out.toString();
    }

    static String plain(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            char next = i + 1 < text.length() ? text.charAt(i + 1) : 0;
            if (c == '\\' && (plain(next) >= 0 || next == '\\')) {
                out.append(next == '\\' ? '\\' : (char) plain(next));
                i++;
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    static List<Part> replacement(String text, boolean gnu) {
        List<Part> parts = new ArrayList<>();
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            char next = i + 1 < text.length() ? text.charAt(i + 1) : 0;
            if (c == '&') {
                flush(parts, plain);
                parts.add(new Part(0, ""));
            } else if (c != '\\' || next == 0) {
                plain.append(c);
            } else if (Character.isDigit(next)) {
                flush(parts, plain);
                parts.add(new Part(next - '0', ""));
                i++;
            } else if (gnu && "ULulE".indexOf(next) >= 0) {
                flush(parts, plain);
                parts.add(new Part(Part.CASE, String.valueOf(next)));
                i++;
            } else {
                plain.append(plain(next) >= 0 ? (char) plain(next) : next);
                i++;
            }
        }
        flush(parts, plain);
        return parts;
    }

    private static void flush(List<Part> parts, StringBuilder plain) {
        if (!plain.isEmpty()) {
            parts.add(new Part(Part.TEXT, plain.toString()));
            plain.setLength(0);
        }
    }
}
