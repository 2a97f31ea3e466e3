package dev.kuar.practice.container;

import java.util.List;

/** What {@code echo} prints. */
final class Echo {
    private Echo() {}

    static String text(List<String> args) {
        return text(args, Escapes.ECHO_BASH);
    }

    static String text(List<String> args, Escapes escapes) {
        boolean newline = true;
        boolean reads = false;
        int from = 0;
        while (from < args.size() && args.get(from).matches("-[neE]+")) {
            newline &= !args.get(from).contains("n");
            for (char letter : args.get(from).toCharArray()) {
                reads = letter == 'e' || reads && letter != 'E';
            }
            from++;
        }
        String text = String.join(" ", args.subList(from, args.size()));
        Escapes.Read read = reads ? escapes.read(text) : new Escapes.Read(text, false);
        return read.text() + (newline && !read.stopped() ? "\n" : "");
    }

    /** As dash prints: escapes always count, {@code -n} is the only option, and {@code \\c} ends it all. */
    static String ofDash(List<String> args) {
        boolean newline = args.isEmpty() || !args.get(0).equals("-n");
        Escapes.Read read = Escapes.ECHO_DASH.read(String.join(" ", newline ? args : args.subList(1, args.size())));
        return read.text() + (newline && !read.stopped() ? "\n" : "");
    }

    static String unescape(String text) {
        return Escapes.ECHO_BASH.read(text).text();
    }

    /** What stands between the quotes of {@code $'…'}. */
    static String ansi(String text, boolean bash) {
        return (bash ? Escapes.QUOTED_BASH : Escapes.QUOTED_ASH).read(text).text();
    }
}
