package dev.kuar.practice.container;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The patterns of the shell: {@code *}, {@code ?}, {@code [a-z]}. */
final class ShellPattern {
    private static final Map<String, String> CLASSES = Map.ofEntries(
            Map.entry("alpha", "Alpha"),
            Map.entry("digit", "Digit"),
            Map.entry("alnum", "Alnum"),
            Map.entry("upper", "Upper"),
            Map.entry("lower", "Lower"),
            Map.entry("space", "Space"),
            Map.entry("blank", "Blank"),
            Map.entry("punct", "Punct"),
            Map.entry("print", "Print"),
            Map.entry("graph", "Graph"),
            Map.entry("cntrl", "Cntrl"),
            Map.entry("xdigit", "XDigit"));

    private ShellPattern() {}

    static boolean matches(String pattern, String text) {
        return regex(pattern).matcher(text).matches();
    }

    private static Pattern regex(String pattern) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            int close = c == '[' ? close(pattern, i) : -1;
            if (c == '\\' && i + 1 < pattern.length()) {
                regex.append(Pattern.quote(String.valueOf(pattern.charAt(++i))));
            } else if (c == '*') {
                regex.append(".*");
            } else if (c == '?') {
                regex.append('.');
            } else if (close > 0) {
                regex.append(set(pattern.substring(i + 1, close)));
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

    /** Where the set ends that begins at a bracket; negative for none. */
    private static int close(String pattern, int open) {
        int i = open + 1;
        i += i < pattern.length() && "!^".indexOf(pattern.charAt(i)) >= 0 ? 1 : 0;
        i += i < pattern.length() && pattern.charAt(i) == ']' ? 1 : 0;
        while (i < pattern.length() && pattern.charAt(i) != ']') {
            int end = pattern.startsWith("[:", i) ? pattern.indexOf(":]", i) : -1;
            i = end > 0 ? end + 2 : pattern.charAt(i) == '\\' ? i + 2 : i + 1;
        }
        return i < pattern.length() ? i : -1;
    }

    private static String set(String inner) {
        boolean not = inner.startsWith("!") || inner.startsWith("^");
        StringBuilder regex = new StringBuilder(not ? "[^" : "[");
        for (int i = not ? 1 : 0; i < inner.length(); i++) {
            char c = inner.charAt(i);
            int end = inner.startsWith("[:", i) ? inner.indexOf(":]", i) : -1;
            String name = end > 0 ? CLASSES.get(inner.substring(i + 2, end)) : null;
            if (name != null) {
                regex.append("\\p{").append(name).append('}');
                i = end + 1;
            } else if (c == '\\' && i + 1 < inner.length()) {
                regex.append('\\').append(inner.charAt(++i));
            } else {
                regex.append("[]\\^&".indexOf(c) >= 0 ? "\\" : "").append(c);
            }
        }
        return regex.append(']').toString();
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

    /** @param with as {@link Matcher#appendReplacement} takes it */
    static String replace(String value, String pattern, String with, boolean all, boolean start, boolean end) {
        String regex = (start ? "\\A" : "") + "(?:" + regex(pattern).pattern() + ")" + (end ? "\\z" : "");
        Pattern compiled = Pattern.compile(regex, Pattern.DOTALL);
        if (!all) {
            return compiled.matcher(value).replaceFirst(with);
        }
        Matcher matcher = compiled.matcher(value);
        StringBuilder out = new StringBuilder();
        while (matcher.find()) {
            if (matcher.end() > matcher.start()) {
                matcher.appendReplacement(out, with);
            }
        }
        return matcher.appendTail(out).toString();
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
        return pattern.matches(".*[^/]/+")
                ? found.stream()
                        .filter(files::isDirectory)
                        .map(each -> each + "/")
                        .toList()
                : found;
    }
}
