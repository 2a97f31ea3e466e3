package dev.kuar.shell.language;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** File names that fit a pattern of {@code *}, {@code ?} and {@code […]}; a backslash takes a character as it is. */
final class Globs {
    private Globs() {}

    /** Whether {@code pattern} has a wildcard at all. */
    static boolean isPattern(String pattern) {
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '*' || c == '?' || c == '[') {
                return true;
            }
        }
        return false;
    }

    /** The names that fit, sorted; empty where none does. Hidden files only where the pattern begins with a dot. */
    static List<String> expand(String pattern, Path directory) {
        List<String> found = List.of(pattern.startsWith("/") ? "/" : "");
        String[] segments = pattern.split("/");
        for (int i = 0; i < segments.length; i++) {
            if (segments[i].isEmpty()) {
                continue;
            }
            List<String> next = new ArrayList<>();
            for (String base : found) {
                step(base, segments[i], i < segments.length - 1, directory, next);
            }
            found = next;
        }
        return found.stream().sorted().toList();
    }

    private static void step(String base, String segment, boolean foldersOnly, Path directory, List<String> into) {
        Path folder = directory.resolve(base);
        if (!isPattern(segment)) {
            String name = segment.replaceAll("\\\\(.)", "$1");
            if (Files.exists(folder.resolve(name))) {
                into.add(base + name + (foldersOnly ? "/" : ""));
            }
            return;
        }
        Pattern regex;
        try {
            regex = Pattern.compile(regex(segment), Pattern.DOTALL);
        } catch (PatternSyntaxException e) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                String name = String.valueOf(file.getFileName());
                if (regex.matcher(name).matches()
                        && (!name.startsWith(".") || segment.startsWith("."))
                        && (!foldersOnly || Files.isDirectory(file))) {
                    into.add(base + name + (foldersOnly ? "/" : ""));
                }
            }
        } catch (IOException e) {
            // A folder that cannot be listed has no names to offer, as in any shell.
            return;
        }
    }

    private static String regex(String glob) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            int close = c == '[' ? glob.indexOf(']', i + 2) : -1;
            if (c == '*') {
                regex.append(".*");
            } else if (c == '?') {
                regex.append('.');
            } else if (close > 0) {
                String set = glob.substring(i + 1, close).replace("\\", "\\\\").replace("[", "\\[");
                regex.append('[')
                        .append(set.startsWith("!") ? "^" + set.substring(1) : set)
                        .append(']');
                i = close;
            } else {
                char plain = c == '\\' && i + 1 < glob.length() ? glob.charAt(++i) : c;
                regex.append(Pattern.quote(String.valueOf(plain)));
            }
        }
        return regex.toString();
    }
}
