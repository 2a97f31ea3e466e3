package dev.kuar.practice.object;

import dev.kuar.practice.object.Requirement.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Reads the text form of label selectors; its refusals are those of {@code apimachinery/pkg/labels}. */
final class LabelSelectorParser {
    private static final String SPECIAL = "=!(),><";

    private final List<String> tokens = new ArrayList<>();
    private int at;

    LabelSelectorParser(String text) {
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (Character.isWhitespace(c)) {
                i++;
            } else if (SPECIAL.indexOf(c) >= 0) {
                boolean two = i + 1 < text.length() && text.charAt(i + 1) == '=' && (c == '=' || c == '!');
                tokens.add(text.substring(i, i + (two ? 2 : 1)));
                i += two ? 2 : 1;
            } else {
                int start = i;
                while (i < text.length()
                        && SPECIAL.indexOf(text.charAt(i)) < 0
                        && !Character.isWhitespace(text.charAt(i))) {
                    i++;
                }
                tokens.add(text.substring(start, i));
            }
        }
    }

    LabelSelector parse() {
        List<Requirement> all = new ArrayList<>();
        while (true) {
            String token = peek();
            if (token.isEmpty()) {
                return LabelSelector.sorted(all);
            }
            if (!isIdentifier(token) && !token.equals("!")) {
                throw bad("found '" + token + "', expected: !, identifier, or 'end of string'");
            }
            all.add(requirement());
            String after = next();
            if (after.isEmpty()) {
                return LabelSelector.sorted(all);
            }
            if (!after.equals(",")) {
                throw bad("found '" + after + "', expected: ',' or 'end of string'");
            }
            if (!isIdentifier(peek()) && !peek().equals("!")) {
                throw bad("found '" + peek() + "', expected: identifier after ','");
            }
        }
    }

    private Requirement requirement() {
        boolean absent = peek().equals("!");
        if (absent) {
            next();
        }
        String key = next();
        if (!isIdentifier(key)) {
            throw badRequirement("found '" + key + "', expected: identifier");
        }
        String wrong = LabelSyntax.keyError(key);
        if (!wrong.isEmpty()) {
            throw badRequirement("<nil>: Invalid value: " + JsonWriter.text(key) + ": " + wrong);
        }
        if (absent) {
            return new Requirement(key, Operator.DOES_NOT_EXIST, List.of());
        }
        if (peek().isEmpty() || peek().equals(",")) {
            return new Requirement(key, Operator.EXISTS, List.of());
        }
        Operator operator = operator();
        List<String> values = operator == Operator.IN || operator == Operator.NOT_IN ? values() : List.of(exactValue());
        check(key, operator, values);
        return new Requirement(key, operator, values);
    }

    private static void check(String key, Operator operator, List<String> values) {
        if (operator == Operator.GREATER_THAN || operator == Operator.LESS_THAN) {
            if (!values.get(0).matches("[+-]?[0-9]{1,18}")) {
                throw badRequirement("values[0]: Invalid value: " + JsonWriter.text(values.get(0))
                        + ": for 'Gt', 'Lt' operators, the value must be an integer");
            }
        }
        for (int i = 0; i < values.size(); i++) {
            String wrong = LabelSyntax.valueError(values.get(i));
            if (!wrong.isEmpty()) {
                throw badRequirement("values[" + i + "][" + key + "]: Invalid value: " + JsonWriter.text(values.get(i))
                        + ": " + wrong);
            }
        }
    }

    private Operator operator() {
        String token = next();
        return switch (token) {
            case "in" -> Operator.IN;
            case "notin" -> Operator.NOT_IN;
            case "=", "==" -> Operator.EQUALS;
            case "!=" -> Operator.NOT_EQUALS;
            case ">" -> Operator.GREATER_THAN;
            case "<" -> Operator.LESS_THAN;
            default -> throw badRequirement("found '" + token + "', expected: in, notin, =, ==, !=, gt, lt");
        };
    }

    private List<String> values() {
        String open = next();
        if (!open.equals("(")) {
            throw badRequirement("found '" + open + "' expected: '('");
        }
        TreeSet<String> values = new TreeSet<>();
        if (peek().equals(")")) {
            next();
            return List.of();
        }
        if (!isIdentifier(peek()) && !peek().equals(",")) {
            throw badRequirement("found '" + peek() + "', expected: ',', ')' or identifier");
        }
        while (true) {
            String token = next();
            if (isIdentifier(token)) {
                values.add(token);
                if (peek().equals(")")) {
                    break;
                }
                if (!peek().equals(",")) {
                    throw badRequirement("found '" + peek() + "', expected: ',' or ')'");
                }
            } else if (token.equals(",")) {
                if (values.isEmpty() || peek().equals(")") || peek().equals(",")) {
                    values.add("");
                }
                if (peek().equals(")")) {
                    break;
                }
            } else {
                throw badRequirement("found '" + token + "', expected: ',', or identifier");
            }
        }
        next();
        return new ArrayList<>(values);
    }

    private String exactValue() {
        if (peek().isEmpty() || peek().equals(",")) {
            return "";
        }
        String token = next();
        if (!isIdentifier(token)) {
            throw badRequirement("found '" + token + "', expected: identifier");
        }
        return token;
    }

    private String peek() {
        return at < tokens.size() ? tokens.get(at) : "";
    }

    private String next() {
        String token = peek();
        at++;
        return token;
    }

    private static boolean isIdentifier(String token) {
        return !token.isEmpty() && SPECIAL.indexOf(token.charAt(0)) < 0;
    }

    private static ApiException bad(String message) {
        return Statuses.badRequest(message);
    }

    private static ApiException badRequirement(String message) {
        return Statuses.badRequest("unable to parse requirement: " + message);
    }
}
