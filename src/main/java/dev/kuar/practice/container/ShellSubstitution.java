package dev.kuar.practice.container;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;

/** What an operator makes of a value: {@code ${x#…}}, {@code ${x/a/b}}, {@code ${x:1:2}}, {@code ${x^^}}, {@code ${x@Q}}. */
final class ShellSubstitution {
    private final Shell shell;
    private final ShellExpansion expansion;
    private final String rest;

    /** @param rest the operator and what follows */
    ShellSubstitution(Shell shell, ShellExpansion expansion, String rest) {
        this.shell = shell;
        this.expansion = expansion;
        this.rest = rest;
    }

    /** Whether the shell knows the operator. */
    boolean isKnown() {
        return switch (rest.charAt(0)) {
            case '#', '%' -> true;
            case '/', ':' -> expansion.dialect() != ShellDialect.DASH;
            case '^', ',' -> shell.bash;
            case '@' -> shell.bash && rest.matches("@[QULuEPAKak]");
            default -> false;
        };
    }

    String apply(String value) throws IOException, InterruptedException {
        String argument = rest.substring(1);
        boolean twice = argument.startsWith(rest.substring(0, 1));
        String behind = twice ? argument.substring(1) : argument;
        return switch (rest.charAt(0)) {
            case '#' -> ShellPattern.trimStart(value, expansion.pattern(behind), twice);
            case '%' -> ShellPattern.trimEnd(value, expansion.pattern(behind), twice);
            case '^' -> cased(value, expansion.pattern(behind), twice, true);
            case ',' -> cased(value, expansion.pattern(behind), twice, false);
            case '/' -> replaced(value, argument);
            case '@' -> transformed(value, argument);
            default -> slice(value);
        };
    }

    private static String cased(String value, String pattern, boolean all, boolean up) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            String c = value.substring(i, i + 1);
            boolean changes = (all || i == 0) && (pattern.isEmpty() || ShellPattern.matches(pattern, c));
            out.append(!changes ? c : up ? c.toUpperCase(Locale.ROOT) : c.toLowerCase(Locale.ROOT));
        }
        return out.toString();
    }

    private static String transformed(String value, String how) {
        return switch (how.charAt(0)) {
            case 'Q' -> "'" + value.replace("'", "'\\''") + "'";
            case 'U' -> value.toUpperCase(Locale.ROOT);
            case 'L' -> value.toLowerCase(Locale.ROOT);
            case 'u' -> cased(value, "", false, true);
            case 'E' -> Echo.ansi(value, true);
            default -> value;
        };
    }

    /** {@code PATTERN/WITH}, {@code /PATTERN/WITH} for all, in bash {@code #PATTERN} and {@code %PATTERN} for the ends. */
    private String replaced(String value, String argument) throws IOException, InterruptedException {
        boolean all = argument.startsWith("/");
        boolean start = shell.bash && argument.startsWith("#");
        boolean end = shell.bash && argument.startsWith("%");
        String text = all || start || end ? argument.substring(1) : argument;
        int cut = 0;
        while (cut < text.length() && text.charAt(cut) != '/') {
            cut = ShellQuotes.skip(text, cut, expansion.dialect(), false);
        }
        String pattern = expansion.pattern(text.substring(0, cut));
        String with = cut < text.length() ? replacement(text.substring(cut + 1)) : "";
        return pattern.isEmpty() && !start && !end
                ? value
                : ShellPattern.replace(value, pattern, with, all, start, end);
    }

    /** In bash an unquoted {@code &} stands for what matched. */
    private String replacement(String raw) throws IOException, InterruptedException {
        if (!shell.bash || !raw.contains("&") || raw.matches("(?s).*['\"$`].*")) {
            return Matcher.quoteReplacement(expansion.word(raw));
        }
        return Matcher.quoteReplacement(expansion.word(raw.replace("\\&", "\u0001")))
                .replace("&", "$0")
                .replace("\u0001", "&");
    }

    private long sum(String raw) throws IOException, InterruptedException {
        return shell.arithmetic(expansion.sum(raw));
    }

    /** Where the range that is written as {@code FROM:COUNT} is cut in two; its length where there is no count. */
    private static int cut(String range) {
        int depth = 0;
        for (int i = 0; i < range.length(); i++) {
            char c = range.charAt(i);
            depth += c == '(' || c == '?' ? 1 : c == ')' || c == ':' && depth > 0 ? -1 : 0;
            if (c == ':' && depth == 0 && range.substring(0, i).indexOf('?') < 0) {
                return i;
            }
        }
        return range.length();
    }

    private String slice(String value) throws IOException, InterruptedException {
        String range = rest.substring(1);
        int cut = cut(range);
        long from = sum(range.substring(0, cut));
        from = from < 0 ? value.length() + from : from;
        if (from < 0 || from > value.length()) {
            return "";
        }
        long to = value.length();
        if (cut < range.length()) {
            long count = sum(range.substring(cut + 1));
            to = count < 0 ? value.length() + count : from + count;
            if (to < from && shell.bash) {
                throw ShellState.Failure.ofLine(range.substring(cut + 1).strip() + ": substring expression < 0");
            }
        }
        return value.substring((int) from, (int) Math.max(from, Math.min(to, value.length())));
    }

    /** Some of a list. */
    List<String> slice(List<String> list, String name) throws IOException, InterruptedException {
        String range = rest.substring(1);
        int cut = cut(range);
        long from = sum(range.substring(0, cut));
        from = from < 0 ? list.size() + from : from;
        long to = list.size();
        if (cut < range.length()) {
            long count = sum(range.substring(cut + 1));
            if (count < 0) {
                throw ShellState.Failure.ofLine(range.substring(cut + 1).strip() + ": substring expression < 0");
            }
            to = Math.min(to, from + count);
        }
        return from < 0 || from >= to ? List.of() : list.subList((int) from, (int) to);
    }
}
