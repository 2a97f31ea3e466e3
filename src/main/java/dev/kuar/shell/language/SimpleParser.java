package dev.kuar.shell.language;

import java.util.ArrayList;
import java.util.List;

/** Reads one simple command: assignments, words, redirections. */
final class SimpleParser {
    private final Lexer lexer;

    SimpleParser(Lexer lexer) {
        this.lexer = lexer;
    }

    Script.Simple parse() {
        int start = lexer.peek().start();
        int end = start;
        List<Script.Assignment> assignments = new ArrayList<>();
        List<Word> words = new ArrayList<>();
        List<Redirection> redirections = new ArrayList<>();
        while (true) {
            Token token = lexer.peek();
            if (token.kind() == Token.Kind.WORD) {
                lexer.next();
                end = token.end();
                if (!words.isEmpty() || !assignment(token.word(), assignments)) {
                    words.add(token.word());
                }
            } else if (isRedirection(token)) {
                redirections.add(redirection());
            } else {
                break;
            }
        }
        return new Script.Simple(
                assignments, words, redirections, lexer.source().substring(start, end));
    }

    List<Redirection> redirections() {
        List<Redirection> all = new ArrayList<>();
        while (isRedirection(lexer.peek())) {
            all.add(redirection());
        }
        return all;
    }

    boolean isRedirection(Token token) {
        return token.kind() == Token.Kind.OPERATOR
                && (token.text().indexOf('<') >= 0 || token.text().indexOf('>') >= 0);
    }

    LineSyntaxException unexpected(Token token) {
        if (token.kind() == Token.Kind.END || token.kind() == Token.Kind.NEWLINE) {
            return new LineSyntaxException("syntax.unexpected-end", lexer.source(), token.start(), false);
        }
        String text = lexer.source().substring(token.start(), token.end());
        return new LineSyntaxException("syntax.unexpected", lexer.source(), token.start(), false, text);
    }

    private static boolean assignment(Word word, List<Script.Assignment> assignments) {
        if (word.parts().isEmpty() || !(word.parts().get(0) instanceof Word.Text first) || first.quoted()) {
            return false;
        }
        int equals = first.text().indexOf('=');
        if (equals < 1 || !WordReader.isName(first.text().substring(0, equals))) {
            return false;
        }
        List<Word.Part> value = new ArrayList<>(word.parts());
        value.set(0, new Word.Text(first.text().substring(equals + 1), false));
        assignments.add(new Script.Assignment(first.text().substring(0, equals), new Word(value, word.start())));
        return true;
    }

    private Redirection redirection() {
        Token operator = lexer.next();
        String text = operator.text();
        boolean numbered = Character.isDigit(text.charAt(0));
        int given = numbered ? text.charAt(0) - '0' : -1;
        String symbol = numbered ? text.substring(1) : text;
        int stream = given >= 0 ? given : symbol.startsWith("<") ? 0 : 1;
        Token target = lexer.next();
        if (target.kind() != Token.Kind.WORD) {
            throw new LineSyntaxException("syntax.no-target", lexer.source(), target.start(), false, text);
        }
        if (stream > 2) {
            throw new LineSyntaxException("syntax.stream", lexer.source(), operator.start(), false, text);
        }
        Word word = target.word();
        return switch (symbol) {
            case "<" -> new Redirection(stream, Redirection.Kind.READ, () -> word);
            case ">" -> new Redirection(stream, Redirection.Kind.WRITE, () -> word);
            case ">>" -> new Redirection(stream, Redirection.Kind.APPEND, () -> word);
            case ">&", "<&" -> new Redirection(stream, Redirection.Kind.DUPLICATE, () -> word);
            case "&>", "&>>" -> new Redirection(stream, Redirection.Kind.BOTH, () -> word);
            case "<<<" -> new Redirection(stream, Redirection.Kind.TEXT, () -> withNewline(word));
            default -> hereDocument(stream, symbol, target);
        };
    }

    private static Word withNewline(Word word) {
        List<Word.Part> parts = new ArrayList<>(word.parts());
        parts.add(new Word.Text("\n", true));
        return new Word(parts, word.start());
    }

    private Redirection hereDocument(int stream, String symbol, Token target) {
        StringBuilder delimiter = new StringBuilder();
        boolean literal = false;
        for (Word.Part part : target.word().parts()) {
            if (!(part instanceof Word.Text text)) {
                throw unexpected(target);
            }
            delimiter.append(text.text());
            literal |= text.quoted();
        }
        Lexer.HereDocument document = new Lexer.HereDocument(delimiter.toString(), literal, symbol.equals("<<-"));
        lexer.await(document);

        return new Redirection(stream, Redirection.Kind.TEXT, document::body);
    }
}
