package dev.kuar.shell.language;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cuts a source into tokens; here-documents are read when their line ends. */
final class Lexer {
    private static final String[] OPERATORS = {
        "<<<", "<<-", "&>>", "&&", "||", "<<", ">>", ">&", "<&", "&>", ";;", ";", "|", "&", "<", ">", "(", ")"
    };

    private final String source;
    private final Deque<HereDocument> awaited = new ArrayDeque<>();
    private int at;
    private @Nullable Token peeked;

    Lexer(String source, int start) {
        this.source = source;
        this.at = start;
    }

    String source() {
        return source;
    }

    /** Where the next token, if none is peeked, would be looked for. */
    int position() {
        return peeked == null ? at : peeked.start();
    }

    Token peek() {
        Token token = peeked;
        if (token == null) {
            token = read();
            peeked = token;
        }
        return token;
    }

    Token next() {
        Token token = peek();
        peeked = null;
        return token;
    }

    /** The rest of the line as it stands, without the {@code !} at the current place. */
    String restOfLine() {
        int from = peek().start() + 1;
        int end = source.indexOf('\n', from);
        at = end < 0 ? source.length() : end;
        peeked = null;
        return source.substring(from, at);
    }

    /** Asks for the body of a here-document, which begins after this line. */
    void await(HereDocument document) {
        awaited.add(document);
    }

    private Token read() {
        skipBlanks();
        if (at >= source.length()) {
            if (!awaited.isEmpty()) {
                throw new LineSyntaxException(
                        "syntax.here-document",
                        source,
                        at,
                        true,
                        awaited.element().delimiter());
            }
            return new Token(Token.Kind.END, Word.EMPTY, "", at, at);
        }
        if (source.charAt(at) == '\n') {
            Token token = new Token(Token.Kind.NEWLINE, Word.EMPTY, "\n", at, at + 1);
            at++;
            while (!awaited.isEmpty()) {
                at = awaited.remove().read(source, at);
            }
            return token;
        }
        int streamDigit = Character.isDigit(source.charAt(at))
                        && at + 1 < source.length()
                        && (source.charAt(at + 1) == '>' || source.charAt(at + 1) == '<')
                ? 1
                : 0;
        for (String operator : OPERATORS) {
            if (source.startsWith(operator, at + streamDigit)) {
                int start = at;
                at += streamDigit + operator.length();
                return new Token(Token.Kind.OPERATOR, Word.EMPTY, source.substring(start, at), start, at);
            }
        }
        WordReader reader = new WordReader(source, at);
        int start = at;
        Word word = reader.readWord();
        at = reader.position();
        return new Token(Token.Kind.WORD, word, "", start, at);
    }

    private void skipBlanks() {
        while (at < source.length()) {
            char c = source.charAt(at);
            if (c == ' ' || c == '\t' || c == '\r') {
                at++;
            } else if (c == '\\' && at + 1 < source.length() && source.charAt(at + 1) == '\n') {
                at += 2;
            } else if (c == '\\' && at + 1 == source.length()) {
                throw new LineSyntaxException("syntax.backslash", source, at, true);
            } else if (c == '#') {
                int end = source.indexOf('\n', at);
                at = end < 0 ? source.length() : end;
            } else {
                return;
            }
        }
    }

    /** A here-document whose body is not read yet. */
    static final class HereDocument {
        private final String delimiter;
        private final boolean literal;
        private final boolean stripTabs;
        private Word body = Word.EMPTY;

        HereDocument(String delimiter, boolean literal, boolean stripTabs) {
            this.delimiter = delimiter;
            this.literal = literal;
            this.stripTabs = stripTabs;
        }

        String delimiter() {
            return delimiter;
        }

        Word body() {
            return body;
        }

        private int read(String source, int from) {
            List<String> lines = new ArrayList<>();
            int at = from;
            while (at < source.length()) {
                int end = source.indexOf('\n', at);
                int stop = end < 0 ? source.length() : end;
                String line = source.substring(at, stop);
                String tidy = stripTabs ? line.replaceFirst("^\t+", "") : line;
                at = end < 0 ? stop : stop + 1;
                if (tidy.equals(delimiter)) {
                    String text = lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
                    body = literal
                            ? new Word(List.of(new Word.Text(text, true)), from)
                            : new WordReader(text, 0).readDocument();
                    return at;
                }
                lines.add(tidy);
            }
            throw new LineSyntaxException("syntax.here-document", source, source.length(), true, delimiter);
        }
    }
}
