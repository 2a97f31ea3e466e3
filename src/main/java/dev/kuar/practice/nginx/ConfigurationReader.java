package dev.kuar.practice.nginx;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a configuration file and what it includes into directives, and refuses what nginx refuses, in its words. */
final class ConfigurationReader {
    private static final int DEEPEST = 16;

    private final NginxHost host;
    private final String prefix;
    private final DirectiveTable table = DirectiveTable.builtIn();
    private final StringBuilder dump = new StringBuilder();

    /** @param prefix the folder that relative paths start at, {@code /etc/nginx} */
    ConfigurationReader(NginxHost host, String prefix) {
        this.host = host;
        this.prefix = prefix;
    }

    /** All files read so far, as {@code nginx -T} shows them. */
    String dump() {
        return dump.toString();
    }

    List<Directive> read(String path) throws ConfigurationError {
        return file(path, "main", "", 0);
    }

    /** Directives of the command line. */
    List<Directive> readLine(String text) throws ConfigurationError {
        return new Parser(text.strip().endsWith(";") ? text : text + ";", "command line", 0).block("main", false);
    }

    private List<Directive> file(String path, String context, String by, int depth) throws ConfigurationError {
        byte[] bytes = host.read(path);
        if (bytes == null || host.stat(path).isDirectory()) {
            String what = host.stat(path).isDirectory()
                    ? "read() \"" + path + "\" failed (21: Is a directory)"
                    : "open() \"" + path + "\" failed " + host.whyUnreadable(path);
            throw new ConfigurationError(what + by);
        }
        if (depth > DEEPEST) {
            throw new ConfigurationError("too deep inclusion of \"" + path + "\"" + by);
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        dump.append("# configuration file ").append(path).append(":\n").append(text);
        dump.append(text.endsWith("\n") ? "\n" : "\n\n");
        return new Parser(text, path, depth).block(context, false);
    }

    private String full(String path) {
        return path.startsWith("/") ? path : prefix + "/" + path;
    }

    /** The files of a pattern in order; one that is no pattern is taken as it is. */
    private List<String> matching(String pattern) {
        if (!pattern.matches(".*[*?\\[].*")) {
            return List.of(pattern);
        }
        int slash = pattern.lastIndexOf('/');
        String folder = pattern.substring(0, slash);
        StringBuilder expression = new StringBuilder();
        for (char c : pattern.substring(slash + 1).toCharArray()) {
            expression.append(c == '*' ? "[^/]*" : c == '?' ? "[^/]" : Pattern.quote(String.valueOf(c)));
        }
        Pattern name = Pattern.compile(expression.toString());
        return host.list(folder).stream()
                .filter(each -> !each.startsWith(".") && name.matcher(each).matches())
                .map(each -> folder + "/" + each)
                .toList();
    }

    /** One file. */
    private final class Parser {
        private final String text;
        private final String file;
        private final int depth;
        private int at;
        private int line = 1;

        Parser(String text, String file, int depth) {
            this.text = text;
            this.file = file;
            this.depth = depth;
        }

        private ConfigurationError error(String message) {
            return new ConfigurationError(message, file, line);
        }

        List<Directive> block(String context, boolean braced) throws ConfigurationError {
            List<Directive> found = new ArrayList<>();
            while (true) {
                List<String> words = new ArrayList<>();
                char end = words(words);
                if (end == 0) {
                    if (!words.isEmpty()) {
                        throw error("unexpected end of file, expecting \";\" or \"}\"");
                    }
                    if (braced) {
                        throw error("unexpected end of file, expecting \"}\"");
                    }
                    return found;
                }
                if (end == '}') {
                    if (!words.isEmpty() || !braced) {
                        throw error("unexpected \"}\"");
                    }
                    return found;
                }
                if (words.isEmpty()) {
                    throw error("unexpected \"" + end + "\"");
                }
                add(found, words, end == '{', context);
            }
        }

        private void add(List<Directive> found, List<String> words, boolean opens, String context)
                throws ConfigurationError {
            String name = words.get(0);
            List<String> args = List.copyOf(words.subList(1, words.size()));
            if (name.equals("include") && !opens) {
                if (args.size() != 1) {
                    throw error("invalid number of arguments in \"include\" directive");
                }
                for (String each : matching(full(args.get(0)))) {
                    found.addAll(file(each, context, " in " + file + ":" + line, depth + 1));
                }
                return;
            }
            int where = line;
            String inside =
                    DirectiveTable.isFree(context) ? null : table.check(name, args, opens, context, this::error);
            List<Directive> block = null;
            if (opens) {
                block = block(inside == null ? "free" : inside, true);
            }
            found.add(new Directive(name, args, file, where, block));
        }

        /** Collects words up to {@code ;}, <code>{</code> or <code>}</code>, which it gives back; 0 at the end of the file. */
        private char words(List<String> words) throws ConfigurationError {
            while (at < text.length()) {
                char c = text.charAt(at);
                if (c == '\n') {
                    line++;
                    at++;
                } else if (Character.isWhitespace(c)) {
                    at++;
                } else if (c == '#') {
                    while (at < text.length() && text.charAt(at) != '\n') {
                        at++;
                    }
                } else if (c == ';' || c == '{' || c == '}') {
                    at++;
                    return c;
                } else if (c == '"' || c == '\'') {
                    words.add(quoted(c));
                } else {
                    words.add(bare());
                }
            }
            return 0;
        }

        private String quoted(char quote) throws ConfigurationError {
            StringBuilder word = new StringBuilder();
            at++;
            while (at < text.length() && text.charAt(at) != quote) {
                char c = text.charAt(at);
                if (c == '\n') {
                    line++;
                }
                if (c == '\\' && at + 1 < text.length()) {
                    escape(word, text.charAt(++at));
                } else {
                    word.append(c);
                }
                at++;
            }
            if (at >= text.length()) {
                throw error("unexpected end of file, expecting \";\" or \"}\"");
            }
            at++;
            if (at < text.length() && " \t\r\n;{)".indexOf(text.charAt(at)) < 0) {
                throw error("unexpected \"" + text.charAt(at) + "\"");
            }
            return word.toString();
        }

        private String bare() {
            StringBuilder word = new StringBuilder();
            while (at < text.length()) {
                char c = text.charAt(at);
                boolean variable = c == '{' && word.length() > 0 && word.charAt(word.length() - 1) == '$';
                if (variable) {
                    int close = text.indexOf('}', at);
                    int end = close < 0 ? text.length() : close + 1;
                    word.append(text, at, end);
                    at = end;
                    continue;
                }
                if (Character.isWhitespace(c) || c == ';' || c == '{') {
                    break;
                }
                if (c == '\\' && at + 1 < text.length()) {
                    escape(word, text.charAt(++at));
                } else {
                    word.append(c);
                }
                at++;
            }
            return word.toString();
        }

        private static void escape(StringBuilder word, char c) {
            switch (c) {
                case '"', '\'', '\\' -> word.append(c);
                case 't' -> word.append('\t');
                case 'r' -> word.append('\r');
                case 'n' -> word.append('\n');
                default -> word.append('\\').append(c);
            }
        }
    }

    /** What makes an error of the place that is being read. */
    @FunctionalInterface
    interface Place {
        ConfigurationError error(String message);
    }

    @Nullable
    static Directive first(List<Directive> all, String name) {
        return all.stream().filter(each -> each.name().equals(name)).findFirst().orElse(null);
    }
}
