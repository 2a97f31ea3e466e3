package dev.kuar.kubectl.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a Go template into text, actions and blocks. */
final class GoTemplateParser {
    private static final Pattern TOKEN = Pattern.compile("(?s)\"(\\\\.|[^\"\\\\])*\"|`[^`]*`|'(\\\\.|[^'\\\\])*'|.");
    private static final Set<String> BLOCKS = Set.of("if", "with", "range");

    private final String text;
    private int position;
    private int line = 1;
    private String last = "";

    GoTemplateParser(String text) {
        this.text = text;
    }

    /**
     * A piece of a template.
     *
     * @param word {@code text}, {@code action}, {@code break}, {@code continue} or the block's word
     * @param text the text, or the pipeline
     * @param body what a block holds
     * @param otherwise what follows {@code else}
     */
    record Node(String word, String text, List<Node> body, List<Node> otherwise) {}

    List<Node> parse() {
        List<Node> nodes = nodes(false);
        if (!last.isEmpty()) {
            throw failure("unexpected {{" + last + "}}");
        }
        return nodes;
    }

    private ParseException failure(String problem) {
        return new ParseException("template: output:" + line + ": " + problem);
    }

    private List<Node> nodes(boolean inside) {
        List<Node> nodes = new ArrayList<>();
        while (true) {
            int open = text.indexOf("{{", position);
            String plain = text.substring(position, open < 0 ? text.length() : open);
            line += (int) plain.chars().filter(c -> c == '\n').count();
            boolean trim = open >= 0 && text.startsWith("{{- ", open);
            if (!plain.isEmpty()) {
                nodes.add(new Node("text", trim ? plain.stripTrailing() : plain, List.of(), List.of()));
            }
            if (open < 0) {
                position = text.length();
                if (inside) {
                    throw failure("unexpected EOF");
                }
                last = "";
                return nodes;
            }
            position = open + (trim ? 3 : 2);
            String action = action();
            String word = action.split("[\\s(]", 2)[0];
            if (action.startsWith("/*") || action.isEmpty()) {
                if (action.isEmpty()) {
                    throw failure("missing value for command");
                }
            } else if ("end".equals(word) || "else".equals(word)) {
                last = action;
                return nodes;
            } else if (BLOCKS.contains(word)) {
                nodes.add(block(word, action.substring(word.length()).strip()));
            } else {
                boolean control = "break".equals(action) || "continue".equals(action);
                nodes.add(new Node(control ? action : "action", action, List.of(), List.of()));
            }
        }
    }

    private Node block(String word, String pipeline) {
        List<Node> body = nodes(true);
        List<Node> otherwise = List.of();
        if (last.startsWith("else")) {
            String rest = last.substring(4).strip();
            if (rest.isEmpty()) {
                otherwise = nodes(true);
            } else {
                String next = rest.split("[\\s(]", 2)[0];
                otherwise = List.of(block(next, rest.substring(next.length()).strip()));
            }
        }
        last = "";
        return new Node(word, pipeline, body, otherwise);
    }

    private String action() {
        int start = position;
        Matcher token = TOKEN.matcher(text);
        int at = position;
        while (at < text.length()) {
            if (text.startsWith("}}", at)) {
                String action = text.substring(start, at);
                position = at + 2;
                if (action.endsWith(" -")) {
                    action = action.substring(0, action.length() - 2);
                    while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
                        position++;
                    }
                }
                return action.strip();
            }
            char c = text.charAt(at);
            if (c == '}') {
                throw failure(String.format(Locale.ROOT, "bad character U+%04X '%s'", (int) c, c));
            }
            token.find(at);
            if (c == '"' && token.group().length() == 1) {
                throw failure("unterminated quoted string");
            }
            at = token.end();
        }
        throw failure("unclosed action");
    }
}
