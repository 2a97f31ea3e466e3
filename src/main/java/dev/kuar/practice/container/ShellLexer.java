package dev.kuar.practice.container;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Cuts a script into words and operators, one by one as they are asked for; words keep their quotes. */
final class ShellLexer {
    private static final List<String> OPERATORS = List.of(
            "<<-", "&&", "||", ";;", "<<", ">>", "<&", ">&", ">|", "<>", ";", "&", "|", "<", ">", "(", ")", "\n");
    private static final List<String> OF_BASH = List.of("<<<", ";;&", ";&", "&>>", "|&");

    private static final Pattern ARRAY = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(\\[[^]]*])?\\+?=");

    private final ShellDialect dialect;
    private final boolean partial;
    private final int first;
    private final Deque<Pending> pending = new ArrayDeque<>();
    private final List<Alias> aliases = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private String text;
    private int at;
    private int line;
    private int counted;
    private boolean closed;

    /**
     * @param first the number of the first line
     * @param partial whether more text may follow
     */
    ShellLexer(String text, int at, ShellDialect dialect, int first, boolean partial) {
        this.text = text;
        this.at = at;
        this.counted = at;
        this.dialect = dialect;
        this.first = first;
        this.partial = partial;
        this.line = lineAt(at);
    }

    /**
     * A token.
     *
     * @param text empty at the end of the script
     * @param operator whether it is an operator; else a word
     * @param fd the number right before a redirection; negative for none
     * @param line where it stands
     */
    record Token(String text, boolean operator, int fd, int line, int start, int end) {
        boolean isEnd() {
            return operator && text.isEmpty();
        }

        boolean isRedirection() {
            return operator && text.matches("(&?[<>]).*");
        }
    }

    /** The body of a here-document, filled in when its lines are reached. */
    static final class HereText {
        private final StringBuilder text = new StringBuilder();

        String text() {
            return text.toString();
        }
    }

    private record Pending(String end, boolean stripTabs, HereText here, int line) {}

    /** An alias whose text was put in; {@code rest} is how much of the script comes behind it. */
    private record Alias(String name, int rest) {}

    int at() {
        return at;
    }

    List<String> warnings() {
        return warnings;
    }

    /** Whether nothing but blanks and comments comes. */
    boolean isAtEnd() {
        return text.substring(at).replaceAll("(?m)^\\s*#.*$", "").isBlank();
    }

    /** Puts the text of an alias in the place of its name. */
    void replace(Token token, String value) {
        aliases.add(new Alias(token.text(), text.length() - token.end()));
        text = text.substring(0, token.start()) + value + text.substring(token.end());
        at = token.start();
    }

    /** Whether a word comes from the text of the alias of its name. */
    boolean isWithin(Token token) {
        return aliases.stream()
                .anyMatch(a -> a.name().equals(token.text()) && text.length() - token.start() > a.rest());
    }

    /** Whether a word is the first behind an alias that ends in a blank. */
    boolean isBehindBlank(Token token) {
        return aliases.stream().anyMatch(alias -> {
            int end = text.length() - alias.rest();
            return end > 0
                    && end <= token.start()
                    && " \t".indexOf(text.charAt(end - 1)) >= 0
                    && text.substring(end, token.start()).isBlank();
        });
    }

    Token next() throws ShellSyntaxError {
        skipBlanks();
        while (counted < at) {
            line += text.charAt(counted++) == '\n' ? 1 : 0;
        }
        int start = at;
        if (at >= text.length()) {
            return end();
        }
        if (dialect != ShellDialect.DASH && (text.startsWith("<(", at) || text.startsWith(">(", at))) {
            at = new ShellQuotes(text, dialect).command(at + 2);
            return new Token(text.substring(start, at), false, -1, line, start, at);
        }
        String operator = operator();
        if (!operator.isEmpty()) {
            at += operator.length();
            Token token = new Token(operator, true, -1, line, start, at);
            if (operator.equals("\n")) {
                readHereDocuments();
            }
            return token;
        }
        String word = word();
        char next = at < text.length() ? text.charAt(at) : 0;
        if ((next == '<' || next == '>') && word.matches(dialect == ShellDialect.BASH ? "\\d+" : "\\d")) {
            String redirect = operator();
            at += redirect.length();
            return new Token(redirect, true, Integer.parseInt(word), line, start, at);
        }
        return new Token(word, false, -1, line, start, at);
    }

    private Token end() throws ShellSyntaxError {
        if (dialect == ShellDialect.BASH && !closed && (text.isEmpty() || !text.endsWith("\n"))) {
            closed = true;
            readHereDocuments();
            return new Token("\n", true, -1, line, at, at);
        }
        readHereDocuments();
        return new Token("", true, -1, line, at, at);
    }

    /** The text of {@code ((…))} whose first parenthesis is a token just read; null where it is none. */
    @Nullable
    String sum(Token open) throws ShellSyntaxError {
        int end = text.startsWith("((", open.start()) ? new ShellQuotes(text, dialect).sum(open.start()) : -1;
        if (end < 0) {
            return null;
        }
        at = end;
        return text.substring(open.start() + 2, end - 2);
    }

    /** The rest of a line's word is what a here-document ends with. */
    HereText hereDocument(String word, boolean stripTabs) {
        HereText here = new HereText();
        pending.add(new Pending(word.replaceAll("['\"\\\\]", ""), stripTabs, here, line));
        return here;
    }

    private void readHereDocuments() throws ShellSyntaxError {
        while (!pending.isEmpty()) {
            Pending document = pending.remove();
            while (true) {
                if (at >= text.length()) {
                    unfinished(document);
                    break;
                }
                int end = text.indexOf('\n', at);
                String read = end < 0 ? text.substring(at) : text.substring(at, end);
                at = end < 0 ? text.length() : end + 1;
                if (document.stripTabs()) {
                    read = read.replaceFirst("^\t+", "");
                }
                if (read.equals(document.end())) {
                    break;
                }
                document.here().text.append(read).append(end < 0 && dialect != ShellDialect.BASH ? "" : "\n");
            }
        }
    }

    private void unfinished(Pending document) throws ShellSyntaxError {
        if (partial) {
            throw new ShellSyntaxError(dialect.open("\""), true, line, "");
        }
        int last = lineAt(text.endsWith("\n") ? text.length() - 1 : text.length());
        warnings.add("line " + last + ": warning: here-document at line " + document.line()
                + " delimited by end-of-file (wanted `" + document.end() + "')");
    }

    private void skipBlanks() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == ' ' || c == '\t') {
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
        if (dialect == ShellDialect.BASH) {
            for (String operator : OF_BASH) {
                if (text.startsWith(operator, at)) {
                    return operator;
                }
            }
        }
        if (dialect != ShellDialect.DASH && text.startsWith("&>", at)) {
            return "&>";
        }
        for (String operator : OPERATORS) {
            if (text.startsWith(operator, at)) {
                return operator;
            }
        }
        return "";
    }

    private String word() throws ShellSyntaxError {
        int start = at;
        ShellQuotes quotes = new ShellQuotes(text, dialect);
        try {
            while (at < text.length()) {
                char c = text.charAt(at);
                if (dialect == ShellDialect.BASH
                        && c == '('
                        && ARRAY.matcher(text).region(start, at).matches()) {
                    at = array(quotes);
                    continue;
                }
                if (dialect == ShellDialect.BASH
                        && c == '['
                        && text.substring(start, at).matches("[A-Za-z_]\\w*")) {
                    at = index(quotes);
                    continue;
                }
                if (" \t\n;&|<>()".indexOf(c) >= 0) {
                    break;
                }
                at = quotes.end(at, false);
            }
        } catch (ShellQuotes.Open open) {
            boolean atStart = dialect == ShellDialect.BASH;
            throw new ShellSyntaxError(
                    dialect.open(open.close), true, lineAt(atStart ? open.start : text.length()), "");
        }
        return text.substring(start, at);
    }

    /** The index behind the parentheses of {@code a=(x y)}. */
    private int array(ShellQuotes quotes) throws ShellQuotes.Open, ShellSyntaxError {
        int i = at + 1;
        while (i < text.length() && text.charAt(i) != ')') {
            int end = text.charAt(i) == '#' && " \t\n(".indexOf(text.charAt(i - 1)) >= 0 ? text.indexOf('\n', i) : -1;
            i = end > 0 ? end : quotes.end(i, false);
        }
        if (i >= text.length()) {
            throw new ShellQuotes.Open(")", at);
        }
        return i + 1;
    }

    /** The index behind {@code [a b]} where an assignment to an element follows; else behind the bracket. */
    private int index(ShellQuotes quotes) throws ShellQuotes.Open, ShellSyntaxError {
        int i = at + 1;
        while (i < text.length() && "];\n|&".indexOf(text.charAt(i)) < 0) {
            i = quotes.end(i, false);
        }
        return text.startsWith("]=", i) || text.startsWith("]+=", i) ? i + 1 : at + 1;
    }

    int lineAt(int index) {
        int number = first;
        for (int i = 0; i < Math.min(index, text.length()); i++) {
            number += text.charAt(i) == '\n' ? 1 : 0;
        }
        return number;
    }

    /** The line that a token stands in. */
    String source(Token token) {
        int from = text.lastIndexOf('\n', Math.max(0, token.start() - 1));
        int to = text.indexOf('\n', token.start());
        from = token.start() == 0 ? -1 : from;
        return text.substring(from + 1, to < 0 ? text.length() : to);
    }

    /** The number of the line behind the last. */
    int lastLine() {
        return lineAt(text.length()) + (dialect == ShellDialect.BASH && !text.endsWith("\n") ? 1 : 0);
    }
}
