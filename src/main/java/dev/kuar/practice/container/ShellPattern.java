package dev.kuar.practice.container;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The patterns of the shell: {@code *}, {@code ?}, {@code [a-z]}. */
final class ShellPattern {
    private ShellPattern() {}

    static boolean matches(String pattern, String text) {
        return regex(pattern, true).matcher(text).matches();
    }

    private static Pattern regex(String pattern, boolean greedy) {
        StringBuilder regex = new StringBuilder();
        String star = greedy ? ".*" : ".*?";
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            int close = c == '[' ? pattern.indexOf(']', i + 2) : -1;
            if (c == '\\' && i + 1 < pattern.length()) {
                regex.append(Pattern.quote(String.valueOf(pattern.charAt(++i))));
            } else if (c == '*') {
                regex.append(star);
            } else if (c == '?') {
                regex.append('.');
            } else if (close > 0) {
                String set =
                        pattern.substring(i + 1, close).replace("\\", "\\\\").replace("[", "\\[");
                regex.append('[')
                        .append(set.startsWith("!") ? "^" + set.substring(1) : set)
                        .append(']');
                i = close;
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        try {
            return Pattern.compile(regex.toString(), Pattern.DOTALL);
        } catch (PatternSyntaxException e) {
            return Pattern.compile(Pattern.quote(pattern));
        }
    }

    static String trimStart(String value, String pattern, boolean longest) {
        for (int i = 0; i <= value.length(); i++) {
            int end = longest ? value.length() - i : i;
            if (matches(pattern, value.substring(0, end))) {
                return value.substring(end);
            }
        }
        return value;
    }

    static String trimEnd(String value, String pattern, boolean longest) {
        for (int i = 0; i <= value.length(); i++) {
            int start = longest ? i : value.length() - i;
            if (matches(pattern, value.substring(start))) {
                return value.substring(0, start);
            }
        }
        return value;
    }

    /** {@code argument} is {@code PATTERN/WITH}, or {@code /PATTERN/WITH} for all. */
    static String replace(String value, String argument) {
        boolean all = argument.startsWith("/");
        String[] parts = (all ? argument.substring(1) : argument).split("/", 2);
        String with = java.util.regex.Matcher.quoteReplacement(parts.length > 1 ? parts[1] : "");
        Pattern pattern = regex(parts[0], true);
        return all
                ? pattern.matcher(value).replaceAll(with)
                : pattern.matcher(value).replaceFirst(with);
    }

    /** The paths that a pattern names, in order. */
    static List<String> files(FileView files, String pattern) {
        List<String> found = new ArrayList<>(List.of(pattern.startsWith("/") ? "/" : ""));
        for (String step : pattern.split("/")) {
            if (step.isEmpty()) {
                continue;
            }
            List<String> next = new ArrayList<>();
            for (String base : found) {
                String directory = base.isEmpty() ? "." : base;
                String prefix = base.isEmpty() || base.endsWith("/") ? base : base + "/";
                if (!step.matches(".*[*?\\[].*")) {
                    String plain = prefix + step.replace("\\", "");
                    if (files.exists(plain)) {
                        next.add(plain);
                    }
                } else if (files.isDirectory(directory)) {
                    for (String name : files.list(directory)) {
                        if ((!name.startsWith(".") || step.startsWith(".")) && matches(step, name)) {
                            next.add(prefix + name);
                        }
                    }
                }
            }
            found = next;
        }
        return found;
    }
}
