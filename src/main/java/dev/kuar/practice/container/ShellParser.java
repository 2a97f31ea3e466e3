package dev.kuar.practice.container;

import dev.kuar.practice.container.ShellLexer.Token;
import dev.kuar.practice.container.ShellNode.Item;
import dev.kuar.practice.container.ShellNode.Redirect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a script into trees, a line of commands at a time; the POSIX shell's grammar, and what the others add to it. */
final class ShellParser {
    private static final String NAME = "[A-Za-z_][A-Za-z0-9_]*";

    private final ShellTokens tokens;
    private final ShellCompounds compounds;

    private ShellParser(ShellTokens tokens) {
        this.tokens = tokens;
        this.compounds = new ShellCompounds(this, tokens);
    }

    /**
     * @param aliases looked up when a line is read, so that one line can set what the next uses
     * @param first the number of the first line
     * @param partial whether more text may follow
     */
    ShellParser(String script, ShellDialect dialect, Map<String, String> aliases, int first, boolean partial) {
        this(new ShellTokens(new ShellLexer(script, 0, dialect, first, partial), dialect, aliases));
    }

    /** The whole of a script. */
    static ShellNode parse(String script, ShellState shell, int first) throws ShellSyntaxError {
        ShellParser parser = new ShellParser(script, ShellDialect.of(shell), Map.of(), first, false);
        List<Item> items = new ArrayList<>();
        ShellNode.Sequence line = parser.next();
        while (line != null) {
            items.addAll(line.items());
            line = parser.next();
        }
        return new ShellNode.Sequence(items);
    }

    /** The index behind the {@code )} that ends commands within a text. */
    static int endOfCommands(String text, int from, ShellDialect dialect) throws ShellSyntaxError {
        ShellLexer lexer = new ShellLexer(text, from, dialect, 1, false);
        ShellTokens tokens = new ShellTokens(lexer, dialect, Map.of());
        ShellParser parser = new ShellParser(tokens);
        parser.list(true);
        if (tokens.isBash() && tokens.peek().isEnd()) {
            throw new ShellSyntaxError(dialect.open(")"), true, lexer.lastLine(), "");
        }
        Token close = tokens.peek();
        tokens.expectOperator(")", true);
        return close.end();
    }

    /** The commands of the next line that has some; null at the end. */
    ShellNode.@Nullable Sequence next() throws ShellSyntaxError {
        tokens.newlines();
        if (tokens.peek().isEnd()) {
            return null;
        }
        List<Item> items = new ArrayList<>();
        while (true) {
            ShellNode node = andOr();
            boolean background = tokens.isOperator("&");
            items.add(new Item(node, background));
            if (background || tokens.isOperator(";")) {
                tokens.take();
            } else if (!tokens.isOperator("\n") && !tokens.peek().isEnd()) {
                throw tokens.unexpected();
            }
            if (tokens.peek().isEnd() || tokens.takes("\n")) {
                return new ShellNode.Sequence(items);
            }
        }
    }

    /** Whether no command comes any more. */
    boolean isAtEnd() {
        return tokens.isAtEnd();
    }

    List<String> warnings() {
        return tokens.lexer.warnings();
    }

    /**
     * Commands up to what ends them.
     *
     * @param mayBeEmpty whether there need not be one
     */
    ShellNode list(boolean mayBeEmpty) throws ShellSyntaxError {
        List<Item> items = new ArrayList<>();
        tokens.newlines();
        while (true) {
            Token token = tokens.command();
            if (token.isEnd() || (mayBeEmpty || !items.isEmpty()) && ShellTokens.endsList(token)) {
                return new ShellNode.Sequence(items);
            }
            ShellNode node = andOr();
            boolean background = tokens.isOperator("&");
            items.add(new Item(node, background));
            if (!background && !tokens.isOperator(";") && !tokens.isOperator("\n")) {
                return new ShellNode.Sequence(items);
            }
            tokens.take();
            tokens.newlines();
        }
    }

    private ShellNode andOr() throws ShellSyntaxError {
        ShellNode left = pipeline();
        while (tokens.isOperator("&&") || tokens.isOperator("||")) {
            boolean and = tokens.take().text().equals("&&");
            tokens.newlines();
            left = new ShellNode.AndOr(left, and, pipeline());
        }
        return left;
    }

    private ShellNode pipeline() throws ShellSyntaxError {
        tokens.command();
        if (tokens.isBash() && tokens.isWord("time")) {
            tokens.take();
            return new ShellNode.Timed(endsPipeline() ? new ShellNode.Sequence(List.of()) : pipeline());
        }
        boolean negated = tokens.isWord("!");
        if (negated) {
            tokens.take();
            tokens.command();
            if (tokens.isBash() && (tokens.isWord("!") || endsPipeline())) {
                ShellNode rest = endsPipeline() ? new ShellNode.Sequence(List.of()) : pipeline();
                return new ShellNode.Pipeline(List.of(rest), true);
            }
        }
        List<ShellNode> parts = new ArrayList<>();
        parts.add(command());
        while (tokens.isOperator("|") || tokens.isOperator("|&")) {
            if (tokens.take().text().equals("|&")) {
                ShellNode last = parts.remove(parts.size() - 1);
                parts.add(new ShellNode.Group(last, false, List.of(new Redirect(2, ">&", "1", false))));
            }
            tokens.newlines();
            parts.add(command());
        }
        return parts.size() == 1 && !negated ? parts.get(0) : new ShellNode.Pipeline(parts, negated);
    }

    private boolean endsPipeline() throws ShellSyntaxError {
        return tokens.isOperator(";") || tokens.isOperator("\n") || tokens.isOperator("&");
    }

    ShellNode command() throws ShellSyntaxError {
        Token token = tokens.command();
        if (token.operator() && !token.isRedirection() && !token.text().equals("(") || ShellTokens.isCloser(token)) {
            throw tokens.unexpected();
        }
        ShellNode compound = compounds.read();
        if (compound != null) {
            return compound;
        }
        if (tokens.isWord("!")) {
            throw tokens.unexpected();
        }
        return simple();
    }

    private ShellNode simple() throws ShellSyntaxError {
        List<String> assignments = new ArrayList<>();
        List<String> words = new ArrayList<>();
        List<Redirect> redirects = new ArrayList<>();
        Token first = tokens.peek();
        String assigns = tokens.isBash() ? ShellArrays.ASSIGNMENT : "(?s)" + NAME + "=.*";
        while (true) {
            Token token = words.isEmpty() ? tokens.command() : tokens.argument();
            if (token.operator()) {
                if (isAloneBefore("(", words, assignments, redirects)) {
                    return function(words.get(0));
                }
                if (isWithinBrackets(words)
                        && (token.text().equals("&&") || token.text().equals("||"))) {
                    words.add(tokens.take().text().equals("&&") ? "-a" : "-o");
                } else if (!redirect(redirects)) {
                    break;
                }
                continue;
            }
            tokens.take();
            if (words.isEmpty() && token.text().matches(assigns)) {
                assignments.add(token.text());
            } else {
                words.add(token.text());
            }
        }
        return new ShellNode.Simple(assignments, words, redirects, first.line());
    }

    private boolean isAloneBefore(
            String operator, List<String> words, List<String> assignments, List<Redirect> redirects)
            throws ShellSyntaxError {
        return words.size() == 1 && assignments.isEmpty() && redirects.isEmpty() && tokens.isOperator(operator);
    }

    /** {@code [[} is a command of ash, and takes {@code &&} for a word. */
    private boolean isWithinBrackets(List<String> words) {
        return tokens.dialect == ShellDialect.ASH
                && !words.isEmpty()
                && words.get(0).equals("[[")
                && !words.get(words.size() - 1).equals("]]");
    }

    /** A function whose name was read. */
    private ShellNode function(String name) throws ShellSyntaxError {
        tokens.take();
        tokens.expectOperator(")", false);
        if (!tokens.isBash() && !name.matches(NAME)) {
            throw tokens.bad("Bad function name");
        }
        tokens.newlines();
        return new ShellNode.Function(name, body());
    }

    /** What a function does: in bash it can't be a plain command. */
    ShellNode body() throws ShellSyntaxError {
        if (!tokens.isBash()) {
            return command();
        }
        ShellNode compound = compounds.read();
        if (compound == null) {
            throw tokens.unexpected();
        }
        return compound;
    }

    List<Redirect> redirects() throws ShellSyntaxError {
        List<Redirect> redirects = new ArrayList<>();
        while (redirect(redirects)) {
            continue;
        }
        return redirects;
    }

    private boolean redirect(List<Redirect> redirects) throws ShellSyntaxError {
        if (!tokens.peek().isRedirection()) {
            return false;
        }
        Token token = tokens.take();
        if (tokens.peek().operator()) {
            throw tokens.unexpected();
        }
        String target = tokens.take().text();
        String operator = token.text();
        int fd = token.fd() >= 0 ? token.fd() : operator.startsWith("<") ? 0 : 1;
        switch (operator) {
            case "<<", "<<-" -> {
                ShellLexer.HereText here = tokens.lexer.hereDocument(target, operator.equals("<<-"));
                redirects.add(new Redirect(fd, "<<", "", target.matches("(?s).*['\"\\\\].*"), here));
            }
            case "&>", "&>>" -> {
                redirects.add(new Redirect(1, operator.substring(1), target, false));
                redirects.add(new Redirect(2, ">&", "1", false));
            }
            default -> redirects.add(new Redirect(fd, operator, target, false));
        }
        return true;
    }
}
