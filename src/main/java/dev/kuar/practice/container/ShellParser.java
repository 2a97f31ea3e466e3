package dev.kuar.practice.container;

import dev.kuar.practice.container.ShellLexer.Token;
import dev.kuar.practice.container.ShellNode.Arm;
import dev.kuar.practice.container.ShellNode.Item;
import dev.kuar.practice.container.ShellNode.Redirect;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a script into its tree; the POSIX shell's grammar, and what bash adds to it. */
final class ShellParser {
    private static final Set<String> CLOSERS = Set.of("then", "else", "elif", "fi", "do", "done", "esac", "}");

    private final List<Token> tokens;
    private int at;

    private final boolean bash;

    private ShellParser(List<Token> tokens, boolean bash) {
        this.tokens = tokens;
        this.bash = bash;
    }

    static ShellNode parse(String script, boolean bash) throws ShellSyntaxError {
        ShellParser parser = new ShellParser(new ShellLexer(script, bash).tokens(), bash);
        ShellNode node = parser.list();
        if (parser.at < parser.tokens.size()) {
            throw parser.unexpected();
        }
        return node;
    }

    private @Nullable Token peek() {
        return at < tokens.size() ? tokens.get(at) : null;
    }

    private boolean isOperator(String text) {
        Token token = peek();
        return token != null && token.operator() && token.text().equals(text);
    }

    private boolean isWord(String text) {
        Token token = peek();
        return token != null && !token.operator() && token.text().equals(text);
    }

    private ShellSyntaxError unexpected() {
        Token token = peek();
        if (token == null) {
            return new ShellSyntaxError("unexpected end of file", true);
        }
        String shown = token.text().equals("\n") ? "newline" : "\"" + token.text() + "\"";
        return new ShellSyntaxError("syntax error: unexpected " + shown, false);
    }

    private void newlines() {
        while (isOperator("\n")) {
            at++;
        }
    }

    private ShellNode list() throws ShellSyntaxError {
        List<Item> items = new ArrayList<>();
        newlines();
        while (true) {
            Token token = peek();
            if (token == null
                    || token.operator()
                            && (token.text().equals(")") || token.text().equals(";;"))
                    || !token.operator() && CLOSERS.contains(token.text())) {
                return new ShellNode.Sequence(items);
            }
            ShellNode node = andOr();
            boolean background = isOperator("&");
            items.add(new Item(node, background));
            if (background || isOperator(";") || isOperator("\n")) {
                at++;
                newlines();
            } else if (peek() != null && !isOperator(")") && !isOperator(";;")) {
                throw unexpected();
            }
        }
    }

    private ShellNode andOr() throws ShellSyntaxError {
        ShellNode left = pipeline();
        while (isOperator("&&") || isOperator("||")) {
            boolean and = isOperator("&&");
            at++;
            newlines();
            left = new ShellNode.AndOr(left, and, pipeline());
        }
        return left;
    }

    private ShellNode pipeline() throws ShellSyntaxError {
        boolean negated = isWord("!");
        if (negated) {
            at++;
        }
        List<ShellNode> parts = new ArrayList<>();
        parts.add(command());
        while (isOperator("|")) {
            at++;
            newlines();
            parts.add(command());
        }
        return parts.size() == 1 && !negated ? parts.get(0) : new ShellNode.Pipeline(parts, negated);
    }

    private ShellNode command() throws ShellSyntaxError {
        Token token = peek();
        if (token == null) {
            throw unexpected();
        }
        if (isOperator("(")) {
            at++;
            ShellNode body = list();
            expectOperator(")");
            return new ShellNode.Group(body, true, redirects());
        }
        if (token.operator() && token.here() == null && !"<>>><&>&>|&><<<".contains(token.text())) {
            throw unexpected();
        }
        if (bash && !token.operator() && token.text().startsWith("((")) {
            at++;
            return new ShellNode.Arithmetic(
                    token.text().substring(2, token.text().length() - 2));
        }
        if (bash && isWord("[[")) {
            return condition();
        }
        if (!token.operator()) {
            switch (token.text()) {
                case "{": {
                    at++;
                    ShellNode body = list();
                    expect("}");
                    return new ShellNode.Group(body, false, redirects());
                }
                case "if":
                    at++;
                    return conditional();
                case "while", "until": {
                    at++;
                    ShellNode condition = list();
                    expect("do");
                    ShellNode body = list();
                    expect("done");
                    return new ShellNode.Loop(condition, token.text().equals("until"), body, redirects());
                }
                case "for":
                    at++;
                    return forLoop();
                case "case":
                    at++;
                    return caseOf();
                case "function": {
                    at++;
                    String name = word();
                    if (isOperator("(")) {
                        at++;
                        expectOperator(")");
                    }
                    newlines();
                    return new ShellNode.Function(name, command());
                }
                default:
                    if (CLOSERS.contains(token.text())) {
                        throw unexpected();
                    }
            }
            if (at + 2 < tokens.size()
                    && tokens.get(at + 1).operator()
                    && tokens.get(at + 1).text().equals("(")
                    && tokens.get(at + 2).text().equals(")")) {
                at += 3;
                newlines();
                return new ShellNode.Function(token.text(), command());
            }
        }
        return simple();
    }

    private ShellNode condition() throws ShellSyntaxError {
        List<String> parts = new ArrayList<>();
        at++;
        while (!isWord("]]")) {
            Token token = peek();
            if (token == null) {
                throw unexpected();
            }
            parts.add(token.text());
            at++;
        }
        at++;
        return new ShellNode.Condition(parts);
    }

    private ShellNode conditional() throws ShellSyntaxError {
        ShellNode condition = list();
        expect("then");
        ShellNode then = list();
        ShellNode otherwise = new ShellNode.Sequence(List.of());
        if (isWord("elif")) {
            at++;
            return new ShellNode.If(condition, then, conditional(), List.of());
        }
        if (isWord("else")) {
            at++;
            otherwise = list();
        }
        expect("fi");
        return new ShellNode.If(condition, then, otherwise, redirects());
    }

    private ShellNode forLoop() throws ShellSyntaxError {
        String name = word();
        if (bash && name.startsWith("((")) {
            String[] parts = name.substring(2, name.length() - 2).split(";", -1);
            return new ShellNode.Count(
                    parts[0], parts.length > 1 ? parts[1] : "", parts.length > 2 ? parts[2] : "", body(), redirects());
        }
        newlines();
        List<String> words = new ArrayList<>();
        boolean all = !isWord("in");
        if (!all) {
            at++;
            while (peek() != null && !tokens.get(at).operator()) {
                words.add(word());
            }
        }
        return new ShellNode.For(name, words, all, body(), redirects());
    }

    private ShellNode body() throws ShellSyntaxError {
        if (isOperator(";")) {
            at++;
        }
        newlines();
        expect("do");
        ShellNode body = list();
        expect("done");
        return body;
    }

    private ShellNode caseOf() throws ShellSyntaxError {
        String word = word();
        newlines();
        expect("in");
        newlines();
        List<Arm> arms = new ArrayList<>();
        while (!isWord("esac")) {
            if (isOperator("(")) {
                at++;
            }
            List<String> patterns = new ArrayList<>(List.of(word()));
            while (isOperator("|")) {
                at++;
                patterns.add(word());
            }
            expectOperator(")");
            arms.add(new Arm(patterns, list()));
            if (isOperator(";;")) {
                at++;
            }
            newlines();
        }
        at++;
        return new ShellNode.Case(word, arms, redirects());
    }

    private ShellNode simple() throws ShellSyntaxError {
        List<String> assignments = new ArrayList<>();
        List<String> words = new ArrayList<>();
        List<Redirect> redirects = new ArrayList<>();
        Token first = peek();
        while (true) {
            Token token = peek();
            if (token == null) {
                break;
            }
            if (token.operator()) {
                if (!redirect(redirects)) {
                    break;
                }
                continue;
            }
            at++;
            if (words.isEmpty()
                    && token.text().matches(bash ? ShellArrays.ASSIGNMENT : "(?s)[A-Za-z_][A-Za-z0-9_]*=.*")) {
                assignments.add(token.text());
            } else {
                words.add(token.text());
            }
        }
        return new ShellNode.Simple(assignments, words, redirects, first == null ? 1 : first.line());
    }

    private List<Redirect> redirects() throws ShellSyntaxError {
        List<Redirect> redirects = new ArrayList<>();
        while (peek() != null && redirect(redirects)) {
            continue;
        }
        return redirects;
    }

    private boolean redirect(List<Redirect> redirects) throws ShellSyntaxError {
        Token token = peek();
        if (token == null || !token.operator()) {
            return false;
        }
        ShellLexer.HereText here = token.here();
        if (here != null) {
            at++;
            redirects.add(new Redirect(0, "<<", here.text(), here.isQuoted()));
            return true;
        }
        switch (token.text()) {
            case "<<<":
                at++;
                redirects.add(new Redirect(0, "<<<", word(), false));
                return true;
            case "<", ">", ">>", "<&", ">&", ">|", "<>", "&>":
                at++;
                String target = word();
                int fd = token.fd() >= 0 ? token.fd() : token.text().startsWith("<") ? 0 : 1;
                if (token.text().equals("&>")) {
                    redirects.add(new Redirect(1, ">", target, false));
                    redirects.add(new Redirect(2, ">&", "1", false));
                } else {
                    redirects.add(new Redirect(fd, token.text(), target, false));
                }
                return true;
            default:
                return false;
        }
    }

    private String word() throws ShellSyntaxError {
        Token token = peek();
        if (token == null || token.operator()) {
            throw unexpected();
        }
        at++;
        return token.text();
    }

    private void expect(String word) throws ShellSyntaxError {
        if (!isWord(word)) {
            throw unexpected();
        }
        at++;
    }

    private void expectOperator(String operator) throws ShellSyntaxError {
        if (!isOperator(operator)) {
            throw unexpected();
        }
        at++;
    }
}
