package dev.kuar.practice.container;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What {@code set -x} shows, quoted as each shell quotes it. */
final class ShellTrace {
    private static final List<String> RESERVED = List.of(
            "!",
            "case",
            "do",
            "done",
            "elif",
            "else",
            "esac",
            "fi",
            "for",
            "function",
            "if",
            "in",
            "then",
            "until",
            "while",
            "{",
            "}");

    private ShellTrace() {}

    /** Shows a command with the variables that are set for it. */
    static void show(Shell shell, Map<String, String> assignments, List<String> words) throws IOException {
        if (!shell.traces()) {
            return;
        }
        ShellDialect dialect = ShellDialect.of(shell);
        List<String> parts = new ArrayList<>();
        for (Map.Entry<String, String> each : assignments.entrySet()) {
            String part = each.getKey() + "=" + (each.getValue().isEmpty() ? "" : quoted(each.getValue(), dialect));
            if (dialect == ShellDialect.BASH) {
                show(shell, part);
            } else {
                parts.add(part);
            }
        }
        for (String word : words) {
            parts.add(quoted(word, dialect));
        }
        if (!parts.isEmpty()) {
            show(shell, String.join(" ", parts));
        }
    }

    static void show(Shell shell, String text) throws IOException {
        if (shell.traces()) {
            String prompt = shell.isSet("PS4") ? shell.variable("PS4") : "+ ";
            String first = prompt.isEmpty() ? "" : prompt.substring(0, 1);
            shell.error((shell.bash ? first.repeat(shell.depth) : "") + prompt + text);
        }
    }

    static String quoted(String word, ShellDialect dialect) {
        switch (dialect) {
            case DASH:
                return word;
            case ASH:
                boolean special = word.matches("(?s).*[\\x00-*;-?`\\[\\\\\\x7b-\\uffff].*") || RESERVED.contains(word);
                return special ? "'" + word.replace("'", "'\"'\"'") + "'" : word;
            default:
                if (word.isEmpty()) {
                    return "''";
                }
                if (word.matches("(?s).*[\\x01-\\x08\\x0b-\\x1f\\x7f\n].*")) {
                    return "$'"
                            + word.replace("\\", "\\\\")
                                    .replace("'", "\\'")
                                    .replace("\n", "\\n")
                                    .replace("\r", "\\r") + "'";
                }
                boolean quotes = word.matches("(?s).*[ \t\n'\"\\\\|&;()<>!{}*\\[?\\]^$`].*|[~#].*|.*[=:]~.*");
                return quotes ? "'" + word.replace("'", "'\\''") + "'" : word;
        }
    }
}
