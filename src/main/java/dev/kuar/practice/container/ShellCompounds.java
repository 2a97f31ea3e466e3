package dev.kuar.practice.container;

import dev.kuar.practice.container.ShellLexer.Token;
import dev.kuar.practice.container.ShellNode.Arm;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the commands that begin with a reserved word or a parenthesis. */
final class ShellCompounds {
    private final ShellParser parser;
    private final ShellTokens tokens;

    ShellCompounds(ShellParser parser, ShellTokens tokens) {
        this.parser = parser;
        this.tokens = tokens;
    }

    /** The compound command that comes; null where another comes. */
    @Nullable
    ShellNode read() throws ShellSyntaxError {
        Token token = tokens.peek();
        if (tokens.isOperator("(")) {
            String sum = tokens.isBash() ? tokens.sum() : null;
            if (sum != null) {
                return new ShellNode.Arithmetic(sum, parser.redirects(), token.line());
            }
            tokens.take();
            ShellNode body = parser.list(false);
            tokens.expectOperator(")", true);
            return new ShellNode.Group(body, true, parser.redirects());
        }
        if (token.operator()) {
            return null;
        }
        boolean more = tokens.dialect != ShellDialect.DASH;
        switch (token.text()) {
            case "{": {
                tokens.take();
                ShellNode body = parser.list(false);
                tokens.expect("}");
                return new ShellNode.Group(body, false, parser.redirects());
            }
            case "if":
                tokens.take();
                return conditional();
            case "while", "until": {
                tokens.take();
                ShellNode condition = parser.list(false);
                ShellNode body = loop();
                return new ShellNode.Loop(condition, token.text().equals("until"), body, parser.redirects());
            }
            case "for":
                tokens.take();
                return each(false);
            case "case":
                tokens.take();
                return cases(token.line());
            case "select":
                if (tokens.isBash()) {
                    tokens.take();
                    return each(true);
                }
                return null;
            case "function":
                if (more) {
                    tokens.take();
                    return function();
                }
                return null;
            case "[[":
                return tokens.isBash() ? condition() : null;
            default:
                return null;
        }
    }

    private ShellNode function() throws ShellSyntaxError {
        if (tokens.peek().operator()) {
            throw tokens.unexpected();
        }
        String name = tokens.take().text();
        if (tokens.takes("(")) {
            tokens.expectOperator(")", false);
        }
        tokens.newlines();
        return new ShellNode.Function(name, parser.body());
    }

    private ShellNode condition() throws ShellSyntaxError {
        int line = tokens.take().line();
        List<String> parts = new ArrayList<>();
        while (!tokens.isWord("]]")) {
            if (tokens.peek().isEnd()) {
                throw tokens.unexpected();
            }
            if (!tokens.takes("\n")) {
                parts.add(tokens.take().text());
            }
        }
        String fault = ShellCondition.fault(parts);
        if (!fault.isEmpty()) {
            throw new ShellSyntaxError(fault, false, line, "");
        }
        tokens.take();
        return new ShellNode.Condition(parts, parser.redirects(), line);
    }

    private ShellNode conditional() throws ShellSyntaxError {
        ShellNode condition = parser.list(false);
        tokens.expect("then");
        ShellNode then = parser.list(false);
        ShellNode otherwise = new ShellNode.Sequence(List.of());
        if (tokens.isWord("elif")) {
            tokens.take();
            ShellNode.If rest = (ShellNode.If) conditional();
            return new ShellNode.If(
                    condition,
                    then,
                    new ShellNode.If(rest.condition(), rest.then(), rest.otherwise(), List.of()),
                    rest.redirects());
        }
        if (tokens.isWord("else")) {
            tokens.take();
            otherwise = parser.list(false);
        }
        tokens.expect("fi");
        return new ShellNode.If(condition, then, otherwise, parser.redirects());
    }

    /** {@code do … done}, in bash also {@code { … }} behind a {@code for}. */
    private ShellNode loop() throws ShellSyntaxError {
        tokens.expect("do");
        ShellNode body = parser.list(false);
        tokens.expect("done");
        return body;
    }

    private ShellNode bodyOfFor() throws ShellSyntaxError {
        if (tokens.isBash() && tokens.isWord("{")) {
            tokens.take();
            ShellNode body = parser.list(false);
            tokens.expect("}");
            return body;
        }
        return loop();
    }

    private ShellNode each(boolean menu) throws ShellSyntaxError {
        int line = tokens.peek().line();
        String sum = tokens.isBash() && !menu ? tokens.sum() : null;
        if (sum != null) {
            String[] parts = sum.split(";", -1);
            tokens.takes(";");
            tokens.newlines();
            String condition = parts.length > 1 ? parts[1] : "";
            String next = parts.length > 2 ? parts[2] : "";
            return new ShellNode.Count(parts[0], condition, next, bodyOfFor(), parser.redirects(), line);
        }
        if (tokens.isBash() && tokens.peek().operator()) {
            throw tokens.unexpected();
        }
        if (tokens.peek().operator()
                || !tokens.isBash() && !tokens.peek().text().matches("[A-Za-z_][A-Za-z0-9_]*")) {
            throw tokens.bad("Bad for loop variable");
        }
        String name = tokens.take().text();
        tokens.newlines();
        List<String> words = new ArrayList<>();
        boolean all = !tokens.isWord("in");
        if (all) {
            tokens.takes(";");
        } else {
            tokens.take();
            while (!tokens.peek().operator()) {
                words.add(tokens.take().text());
            }
            if (!tokens.takes(";") && !tokens.isOperator("\n")) {
                throw tokens.unexpected();
            }
        }
        tokens.newlines();
        return new ShellNode.For(name, words, all, menu, bodyOfFor(), parser.redirects(), line);
    }

    private ShellNode cases(int line) throws ShellSyntaxError {
        if (tokens.peek().operator()) {
            throw tokens.unexpected(tokens.isBash() ? "" : "word", false);
        }
        String word = tokens.take().text();
        tokens.newlines();
        if (!tokens.isWord("in")) {
            throw tokens.unexpected("\"in\"", false);
        }
        tokens.take();
        tokens.newlines();
        List<Arm> arms = new ArrayList<>();
        while (!tokens.isWord("esac")) {
            arms.add(arm());
            tokens.newlines();
        }
        tokens.take();
        return new ShellNode.Case(word, arms, parser.redirects(), line);
    }

    private Arm arm() throws ShellSyntaxError {
        tokens.takes("(");
        List<String> patterns = new ArrayList<>();
        do {
            Token pattern = tokens.peek();
            if (pattern.isEnd()) {
                throw tokens.unexpected(tokens.isBash() || patterns.isEmpty() ? "" : "\")\"", false);
            }
            if (tokens.isBash() && pattern.operator()) {
                throw tokens.unexpected();
            }
            patterns.add(tokens.take().text());
        } while (tokens.takes("|"));
        tokens.expectOperator(")", false);
        ShellNode body = parser.list(true);
        String end = tokens.peek().text();
        if (tokens.peek().operator() && List.of(";;", ";&", ";;&").contains(end)) {
            tokens.take();
            return new Arm(patterns, body, end);
        }
        if (!tokens.isWord("esac")) {
            throw tokens.unexpected("\";;\"", true);
        }
        return new Arm(patterns, body, ";;");
    }
}
