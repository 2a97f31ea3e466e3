package dev.kuar.practice.container;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Cuts a script into words and operators; words keep their quotes. */
final class ShellLexer {
    private static final List<String> OPERATORS = List.of(
            "<<-", "&&", "||", ";;", "<<", ">>", "<&", ">&", ">|", "<>", "&>", ";", "&", "|", "<", ">", "(", ")", "\n");

    private static final Pattern ARRAY = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(\\[[^]]*])?\\+?=");

    private final String text;
    private final boolean bash;
    private int at;
    private int line = 1;
    private int counted;
    private final Deque<Pending> pending = new ArrayDeque<>();

    /** @param bash whether arrays, {@code ((…))} and here-strings are known, as bash knows them */
    ShellLexer(String text, boolean bash) {
        this.text = text;
        this.bash = bash;
    }

    /**
     * A token.
     *
     * @param operator whether it is an operator; else a word
     * @param fd the number right before a redirection; negative for none
     * @param line where it stands; the first is 1
     */
    record Token(
            String text, boolean operator, int fd, @Nullable HereText here, int line) {}

    /** The body of a here-document, filled in when its lines are reached. */
    static final class HereText {
        private final StringBuilder text = new StringBuilder();
        private boolean quoted;

        String text() {
            return text.toString();
        }

        boolean isQuoted() {
            return quoted;
        }
    }

    private record Pending(String end, boolean stripTabs, HereText here) {}

    List<Token> tokens() throws ShellSyntaxError {
        List<Token> tokens = new ArrayList<>();
        while (true) {
            skipBlanks();
            if (at >= text.length()) {
                if (!pending.isEmpty()) {
                    throw new ShellSyntaxError("unexpected end of file", true);
                }
                return tokens;
            }
            while (counted < at) {
                line += text.charAt(counted++) == '\n' ? 1 : 0;
            }
            if (bash && text.startsWith("((", at) && startsCommand(tokens)) {
                int start = at;
                at = closing(text, at, '(', ')');
                tokens.add(new Token(text.substring(start, at), false, -1, null, line));
                continue;
            }
            String operator = operator();
            if (bash && text.startsWith("<<<", at)) {
                at += 3;
                tokens.add(new Token("<<<", true, -1, null, line));
                continue;
            }
            if (!operator.isEmpty()) {
                at += operator.length();
                if (operator.startsWith("<<")) {
                    tokens.add(hereDocument(operator));
                } else {
                    tokens.add(new Token(operator, true, -1, null, line));
                }
                if (operator.equals("\n")) {
                    readHereDocuments();
                }
                continue;
            }
            String word = word();
            int next = at < text.length() ? text.charAt(at) : 0;
            if (word.matches("\\d") && (next == '<' || next == '>')) {
                String redirect = operator();
                at += redirect.length();
                int fd = Integer.parseInt(word);
                if (redirect.startsWith("<<")) {
                    tokens.add(hereDocument(redirect));
                } else {
                    tokens.add(new Token(redirect, true, fd, null, line));
                }
            } else {
                tokens.add(new Token(word, false, -1, null, line));
            }
        }
    }

    /** Whether a command may begin here, or the head of a counting {@code for}. */
    private static boolean startsCommand(List<Token> tokens) {
        if (tokens.isEmpty()) {
            return true;
        }
        Token before = tokens.get(tokens.size() - 1);
        return before.operator()
                ? !before.text().matches("[<>].*")
                : List.of("if", "then", "elif", "else", "while", "until", "do", "for", "!", "{")
                        .contains(before.text());
    }

    private Token hereDocument(String operator) throws ShellSyntaxError {
        skipBlanks();
        String end = word();
        HereText here = new HereText();
        here.quoted = end.matches(".*['\"\\\\].*");
        pending.add(new Pending(end.replaceAll("['\"\\\\]", ""), operator.equals("<<-"), here));
        return new Token("<<", true, 0, here, line);
    }

    private void readHereDocuments() throws ShellSyntaxError {
        while (!pending.isEmpty()) {
            Pending document = pending.remove();
            while (true) {
                if (at >= text.length()) {
                    throw new ShellSyntaxError("unexpected end of file", true);
                }
                int end = text.indexOf('\n', at);
                String line = end < 0 ? text.substring(at) : text.substring(at, end);
                at = end < 0 ? text.length() : end + 1;
                if (document.stripTabs()) {
                    line = line.replaceFirst("^\t+", "");
                }
                if (line.equals(document.end())) {
                    break;
                }
                document.here().text.append(line).append('\n');
            }
        }
    }

    private void skipBlanks() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == ' ' || c == '\t' || c == '\r') {
                at++;
            } else if (text.startsWith("\\\n", at)) {
                at += 2;
            } else if (c == '#') {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else {
                return;
            }
        }
    }

    private String operator() {
        for (String operator : OPERATORS) {
            if (text.startsWith(operator, at)) {
                return operator;
            }
        }
        return "";
    }

    private String word() throws ShellSyntaxError {
        int start = at;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (bash && c == '(' && ARRAY.matcher(text).region(start, at).matches()) {
                at = closing(text, at, '(', ')');
                continue;
            }
            if (" \t\r\n;&|<>()".indexOf(c) >= 0) {
                break;
            }
            at = skip(text, at);
        }
        return text.substring(start, at);
    }

    /** The index behind one character, quotation or substitution of a word. */
    static int skip(String text, int from) throws ShellSyntaxError {
        char c = text.charAt(from);
        switch (c) {
            case '\\':
                return Math.min(text.length(), from + 2);
            case '\'': {
                int end = text.indexOf('\'', from + 1);
                if (end < 0) {
                    throw new ShellSyntaxError("unterminated quoted string", true);
                }
                return end + 1;
            }
            case '"': {
                int i = from + 1;
                while (i < text.length() && text.charAt(i) != '"') {
                    i = text.charAt(i) == '\'' ? i + 1 : skip(text, i);
                }
                if (i >= text.length()) {
                    throw new ShellSyntaxError("unterminated quoted string", true);
                }
                return i + 1;
            }
            case '`': {
                int end = text.indexOf('`', from + 1);
                if (end < 0) {
                    throw new ShellSyntaxError("EOF in backquote substitution", true);
                }
                return end + 1;
            }
            case '$':
                if (text.startsWith("$'", from)) {
                    return ansi(text, from + 2);
                }
                if (text.startsWith("$(", from)) {
                    return closing(text, from + 1, '(', ')');
                }
                return text.startsWith("${", from) ? closing(text, from + 1, '{', '}') : from + 1;
            default:
                return from + 1;
        }
    }

    /** The index behind the end of {@code $'…'}. */
    private static int ansi(String text, int from) throws ShellSyntaxError {
        int i = from;
        while (i < text.length() && text.charAt(i) != '\'') {
            i += text.charAt(i) == '\\' ? 2 : 1;
        }
        if (i >= text.length()) {
            throw new ShellSyntaxError("unterminated quoted string", true);
        }
        return i + 1;
    }

    private static int closing(String text, int from, char open, char close) throws ShellSyntaxError {
        int depth = 0;
        int i = from;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == open) {
                depth++;
                i++;
            } else if (c == close) {
                depth--;
                i++;
                if (depth == 0) {
                    return i;
                }
            } else {
                i = skip(text, i);
            }
        }
        throw new ShellSyntaxError("unexpected end of file (expecting \"" + close + "\")", true);
    }
}
