package dev.kuar.shell.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads tokens into a {@link Script}. */
final class Parser {
    private static final Set<String> CLOSERS = Set.of("do", "done", "then", "elif", "else", "fi", "}");
    private static final Set<String> UNKNOWN = Set.of("case", "select", "function", "[[", "((");

    private final Lexer lexer;
    private final SimpleParser simple;

    Parser(Lexer lexer) {
        this.lexer = lexer;
        this.simple = new SimpleParser(lexer);
    }

    /** The whole source; an empty script for blanks and comments. */
    static Script parse(String source) {
        Parser parser = new Parser(new Lexer(source, 0));
        Script script = parser.list();
        Token rest = parser.lexer.peek();
        if (rest.kind() != Token.Kind.END) {
            throw parser.unexpected(rest);
        }
        return script;
    }

    /** The inside of {@code $(…)}, whose opening stands at {@code start}; ends behind the closing parenthesis. */
    Script parseUntilParenthesis(int start) {
        Script script = list();
        if (lexer.peek().kind() == Token.Kind.END) {
            throw new LineSyntaxException("syntax.parenthesis", lexer.source(), start, true);
        }
        if (!lexer.peek().is(")")) {
            throw unexpected(lexer.peek());
        }
        lexer.next();
        return script;
    }

    private Script list() {
        List<Script.Item> items = new ArrayList<>();
        skipNewlines();
        while (!atEnd()) {
            int start = lexer.peek().start();
            List<Script.Link> links = links();
            String text = lexer.source().substring(start, lexer.peek().start()).strip();
            Token end = lexer.peek();
            boolean background = end.is("&");
            if (background || end.is(";") || end.kind() == Token.Kind.NEWLINE) {
                lexer.next();
            } else if (!atEnd()) {
                throw unexpected(end);
            }
            items.add(new Script.Item(links, background, text));
            skipNewlines();
        }
        return new Script(items);
    }

    private boolean atEnd() {
        Token token = lexer.peek();
        return token.kind() == Token.Kind.END
                || token.is(")")
                || (token.kind() == Token.Kind.WORD
                        && CLOSERS.contains(token.word().bare()));
    }

    private List<Script.Link> links() {
        List<Script.Link> links = new ArrayList<>();
        links.add(pipeline(Script.When.ALWAYS));
        while (lexer.peek().is("&&") || lexer.peek().is("||")) {
            boolean and = lexer.next().is("&&");
            skipNewlines();
            needMore(and ? "&&" : "||");
            links.add(pipeline(and ? Script.When.AFTER_SUCCESS : Script.When.AFTER_FAILURE));
        }
        return links;
    }

    private Script.Link pipeline(Script.When when) {
        boolean negated = lexer.peek().isWord("!");
        if (negated) {
            lexer.next();
        }
        List<Script.Command> stages = new ArrayList<>();
        stages.add(command());
        while (lexer.peek().is("|")) {
            lexer.next();
            skipNewlines();
            needMore("|");
            stages.add(command());
        }
        return new Script.Link(when, negated, stages);
    }

    private Script.Command command() {
        Token token = lexer.peek();
        if (token.kind() == Token.Kind.WORD) {
            String word = token.word().bare();
            if (lexer.source().startsWith("!", token.start()) && !word.equals("!")) {
                return new Script.SystemLine(lexer.restOfLine());
            }
            if (UNKNOWN.contains(word)) {
                throw new LineSyntaxException("syntax.unknown-keyword", lexer.source(), token.start(), false, word);
            }
            return switch (word) {
                case "for" -> loop();
                case "while", "until" -> whileLoop();
                case "if" -> condition();
                case "{" -> group();
                default -> simple.parse();
            };
        }
        if (token.is("(")) {
            lexer.next();
            Script body = parseUntilParenthesis(token.start());
            return new Script.Group(body, true, simple.redirections());
        }
        if (simple.isRedirection(token)) {
            return simple.parse();
        }
        throw unexpected(token);
    }

    private Script.Command loop() {
        lexer.next();
        Token name = lexer.next();
        if (name.kind() != Token.Kind.WORD || !WordReader.isName(name.word().bare())) {
            throw unexpected(name);
        }
        List<Word> words = new ArrayList<>();
        if (lexer.peek().isWord("in")) {
            lexer.next();
            while (lexer.peek().kind() == Token.Kind.WORD) {
                words.add(lexer.next().word());
            }
        }
        separator();
        Script body = body("do", "done", name.start());
        return new Script.For(name.word().bare(), words, body, simple.redirections());
    }

    private Script.Command whileLoop() {
        Token keyword = lexer.next();
        Script condition = list();
        Script body = body("do", "done", keyword.start());
        return new Script.While(condition, keyword.isWord("while"), body, simple.redirections());
    }

    private Script.Command condition() {
        int start = lexer.next().start();
        List<Script.Branch> branches = new ArrayList<>();
        Script otherwise = new Script(List.of());
        while (true) {
            Script test = list();
            expect("then", start);
            branches.add(new Script.Branch(test, list()));
            if (lexer.peek().isWord("elif")) {
                lexer.next();
                continue;
            }
            if (lexer.peek().isWord("else")) {
                lexer.next();
                otherwise = list();
            }
            expect("fi", start);
            return new Script.If(branches, otherwise, simple.redirections());
        }
    }

    private Script.Command group() {
        int start = lexer.next().start();
        Script body = list();
        expect("}", start);
        return new Script.Group(body, false, simple.redirections());
    }

    private Script body(String open, String close, int start) {
        expect(open, start);
        Script body = list();
        expect(close, start);
        return body;
    }

    private void expect(String keyword, int start) {
        Token token = lexer.peek();
        if (token.kind() == Token.Kind.END) {
            throw new LineSyntaxException("syntax.missing-keyword", lexer.source(), start, true, keyword);
        }
        if (!token.isWord(keyword)) {
            throw unexpected(token);
        }
        lexer.next();
    }

    private void separator() {
        if (lexer.peek().is(";")) {
            lexer.next();
        }
        skipNewlines();
    }

    private void skipNewlines() {
        while (lexer.peek().kind() == Token.Kind.NEWLINE) {
            lexer.next();
        }
    }

    private void needMore(String after) {
        Token token = lexer.peek();
        if (token.kind() == Token.Kind.END) {
            throw new LineSyntaxException("syntax.nothing-after", lexer.source(), token.start(), true, after);
        }
    }

    private LineSyntaxException unexpected(Token token) {
        return simple.unexpected(token);
    }
}
