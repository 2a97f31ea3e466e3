package dev.kuar.practice.container;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** {@code [[ … ]]} of bash: words are not split, the right of {@code ==} is a pattern, that of {@code =~} an expression. */
final class ShellCondition {
    private final Shell shell;
    private final ShellExpansion expansion;
    private final List<String> tokens;
    private int at;
    /** Whether what comes does not count any more, and is only passed over. */
    private boolean skips;

    ShellCondition(Shell shell, ShellExpansion expansion, List<String> tokens) {
        this.shell = shell;
        this.expansion = expansion;
        this.tokens = tokens;
    }

    /** What is wrong with a condition as it is written; empty where nothing is. */
    static String fault(List<String> tokens) {
        int open = 0;
        boolean operand = true;
        for (int i = 0; i < tokens.size(); i++) {
            String token = tokens.get(i);
            if (List.of("&&", "||").contains(token)) {
                operand = true;
            } else if (operand && token.equals("(")) {
                open++;
            } else if (!operand && token.equals(")")) {
                open--;
            } else if (operand && !token.equals("!")) {
                String next = i + 1 < tokens.size() ? tokens.get(i + 1) : "]]";
                boolean ends = List.of("]]", "&&", "||", ")").contains(next);
                if (token.matches("-[a-hknoprstuvwxzGLNOSR]")) {
                    if (ends || next.equals("(")) {
                        return "unexpected argument `" + next + "' to conditional unary operator";
                    }
                    i++;
                } else if (!ends) {
                    if (!next.matches("=|==|!=|=~|<|>|-(eq|ne|lt|le|gt|ge|nt|ot|ef)")) {
                        return "conditional binary operator expected";
                    }
                    if (i + 2 >= tokens.size()) {
                        return "unexpected argument `]]' to conditional binary operator";
                    }
                    i += 2;
                    while (next.equals("=~")
                            && i + 1 < tokens.size()
                            && !List.of("&&", "||").contains(tokens.get(i + 1))) {
                        i++;
                    }
                }
                operand = false;
            } else if (!operand) {
                return "syntax error in conditional expression";
            }
        }
        return open > 0 ? "unexpected token `]]', expected `)'" : "";
    }

    boolean holds() throws IOException, InterruptedException {
        boolean value = any();
        if (at < tokens.size()) {
            throw new ShellState.Failure("syntax error in conditional expression", 2);
        }
        return value;
    }

    private boolean isNext(String token) {
        return at < tokens.size() && tokens.get(at).equals(token);
    }

    private String take() throws ShellState.Failure {
        if (at >= tokens.size()) {
            throw new ShellState.Failure("syntax error in conditional expression", 2);
        }
        return tokens.get(at++);
    }

    private boolean any() throws IOException, InterruptedException {
        boolean value = all();
        while (isNext("||")) {
            at++;
            boolean before = skips;
            skips |= value;
            value |= all();
            skips = before;
        }
        return value;
    }

    private boolean all() throws IOException, InterruptedException {
        boolean value = one();
        while (isNext("&&")) {
            at++;
            boolean before = skips;
            skips |= !value;
            value &= one();
            skips = before;
        }
        return value;
    }

    private boolean one() throws IOException, InterruptedException {
        if (isNext("!")) {
            at++;
            return !one();
        }
        if (isNext("(")) {
            at++;
            boolean value = any();
            take();
            return value;
        }
        String first = take();
        if (skips) {
            boolean unary = first.matches("-[a-zA-Z]");
            while (at < tokens.size() && !List.of("&&", "||", ")").contains(tokens.get(at))
                    || unary && at < tokens.size()) {
                at++;
                unary = false;
            }
            return false;
        }
        if (first.equals("-v") && at < tokens.size()) {
            return test().one(first, expansion.word(take()));
        }
        if (first.matches("-[a-zA-Z]") && at < tokens.size()) {
            return test().one(first, expansion.word(take()));
        }
        String left = expansion.word(first);
        if (at >= tokens.size() || List.of("&&", "||", ")").contains(tokens.get(at))) {
            return !left.isEmpty();
        }
        String operator = take();
        return switch (operator) {
            case "=", "==" -> ShellPattern.matches(expansion.pattern(take()), left);
            case "!=" -> !ShellPattern.matches(expansion.pattern(take()), left);
            case "=~" -> fits(left, expression());
            case "<" -> left.compareTo(expansion.word(take())) < 0;
            case ">" -> left.compareTo(expansion.word(take())) > 0;
            case "-eq", "-ne", "-lt", "-le", "-gt", "-ge" -> compares(operator, left, expansion.word(take()));
            default -> test().two(left, operator, expansion.word(take()));
        };
    }

    private TestExpression test() {
        return new TestExpression(shell.task(), shell, TestWords.BASH, "]", List.of());
    }

    private boolean compares(String operator, String left, String right) throws IOException {
        int order = Long.compare(shell.arithmetic(left), shell.arithmetic(right));
        return switch (operator) {
            case "-eq" -> order == 0;
            case "-ne" -> order != 0;
            case "-lt" -> order < 0;
            case "-le" -> order <= 0;
            case "-gt" -> order > 0;
            default -> order >= 0;
        };
    }

    /** A regular expression may hold what are operators elsewhere. */
    private String expression() throws IOException, InterruptedException {
        StringBuilder text = new StringBuilder(take());
        while (at < tokens.size() && !List.of("&&", "||").contains(tokens.get(at))) {
            text.append(tokens.get(at++));
        }
        return expansion.word(text.toString().replace("\\", "\\\\"));
    }

    private boolean fits(String text, String expression) throws IOException, InterruptedException {
        Matcher matcher;
        try {
            matcher = Pattern.compile(expression).matcher(text);
        } catch (PatternSyntaxException e) {
            return false;
        }
        boolean found = matcher.find();
        List<String> groups = new ArrayList<>();
        for (int i = 0; found && i <= matcher.groupCount(); i++) {
            groups.add("'"
                    + String.valueOf(matcher.group(i) == null ? "" : matcher.group(i))
                            .replace("'", "'\\''") + "'");
        }
        shell.arrays.assign("BASH_REMATCH=(" + String.join(" ", groups) + ")", expansion);
        return found;
    }
}
