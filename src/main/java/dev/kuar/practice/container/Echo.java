package dev.kuar.practice.container;

import java.util.List;

/** What {@code echo} prints, and the escapes that it shares with {@code printf}. */
final class Echo {
    private Echo() {}

    static String text(List<String> args) {
        boolean newline = true;
        boolean escapes = false;
        int from = 0;
        while (from < args.size() && args.get(from).matches("-[neE]+")) {
            newline &= !args.get(from).contains("n");
            escapes |= args.get(from).contains("e");
            from++;
        }
        String text = String.join(" ", args.subList(from, args.size()));
        return (escapes ? unescape(text) : text) + (newline ? "\n" : "");
    }

    /** As dash prints: escapes always count, {@code -n} is the only option, and {@code \\c} ends it all. */
    static String ofDash(List<String> args) {
        boolean newline = args.isEmpty() || !args.get(0).equals("-n");
        String text = String.join(" ", newline ? args : args.subList(1, args.size()));
        int end = text.indexOf("\\c");
        return unescape(end < 0 ? text : text.substring(0, end)) + (newline && end < 0 ? "\n" : "");
    }

    static String unescape(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\' || i + 1 >= text.length()) {
                out.append(c);
                continue;
            }
            char next = text.charAt(++i);
            switch (next) {
                case 'n' -> out.append('\n');
                case 't' -> out.append('\t');
                case 'r' -> out.append('\r');
                case 'a' -> out.append('\u0007');
                case 'b' -> out.append('\b');
                case 'f' -> out.append('\f');
                case 'v' -> out.append('\u000b');
                case 'e' -> out.append('\u001b');
                case '\\' -> out.append('\\');
                case '0' -> {
                    int end = i + 1;
                    while (end < text.length() && end < i + 4 && text.charAt(end) >= '0' && text.charAt(end) < '8') {
                        end++;
                    }
                    out.append((char) (end == i + 1 ? 0 : Integer.parseInt(text.substring(i + 1, end), 8)));
                    i = end - 1;
                }
                default -> out.append('\\').append(next);
            }
        }
        return out.toString();
    }
}
