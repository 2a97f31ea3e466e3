package dev.kuar.practice.python;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what binds closest: words, brackets, calls, attributes, items. */
final class Primary {
    private final ExpressionParser words;

    Primary(ExpressionParser words) {
        this.words = words;
    }

    Expr read() {
        Token first = words.peek();
        Expr value = atom();
        while (true) {
            if (words.take(".")) {
                String name = words.name();
                value = new Names.Attribute(Span.of(first, words.last()), value, name);
            } else if (words.sees("(")) {
                value = call(first, value);
            } else if (words.sees("[")) {
                Token open = words.next();
                Expr key = key();
                words.expect("]");
                Span span = Span.of(first, words.last())
                        .around(open.column(), words.last().end());
                value = new Names.Item(span, value, key);
            } else {
                return value;
            }
        }
    }

    private Expr call(Token first, Expr function) {
        Token open = words.next();
        List<Expr> arguments = new ArrayList<>();
        List<String> names = new ArrayList<>();
        while (!words.sees(")")) {
            Token begin = words.peek();
            if (words.sees("*") || words.sees("**")) {
                boolean twice = words.next().text().equals("**");
                Expr values = words.expression();
                arguments.add(new Names.Starred(Span.of(begin, words.last()), values, twice));
                names.add("");
            } else if (begin.kind() == Token.Kind.NAME && words.ahead(1).is("=")) {
                names.add(words.name());
                words.next();
                arguments.add(words.expression());
            } else {
                if (names.stream().anyMatch(name -> !name.isEmpty())) {
                    words.expression();
                    throw WrongSyntax.at(words.peek(), "positional argument follows keyword argument");
                }
                Expr argument = words.expression();
                arguments.add(words.sees("for") ? comprehension(begin, "generator", argument, null) : argument);
                names.add("");
            }
            if (!words.take(",") && !words.sees(")")) {
                throw comma(begin);
            }
        }
        words.expect(")");
        Span span = Span.of(first, words.last()).around(-2, open.column());
        return Expressions.call(span, function, arguments, names);
    }

    /** Two values without anything between them. */
    private WrongSyntax comma(Token begin) {
        Token token = words.peek();
        boolean value = token.kind() == Token.Kind.NUMBER
                || token.kind() == Token.Kind.STRING
                || token.kind() == Token.Kind.NAME && !ExpressionParser.isKeyword(token.text());
        return value
                ? new WrongSyntax(
                        "SyntaxError",
                        "invalid syntax. Perhaps you forgot a comma?",
                        begin.line(),
                        begin.column(),
                        token.line() == begin.line() ? token.end() : begin.end())
                : words.invalid();
    }

    private Expr key() {
        Token first = words.peek();
        Expr one = part();
        if (!words.sees(",")) {
            return one;
        }
        List<Expr> parts = new ArrayList<>(List.of(one));
        while (words.take(",")) {
            if (!words.sees("]")) {
                parts.add(part());
            }
        }
        return new Names.Several(Span.of(first, words.last()), parts, false);
    }

    private Expr part() {
        Token first = words.peek();
        Expr from = words.sees(":") ? null : words.expression();
        if (from != null && !words.sees(":")) {
            return from;
        }
        words.expect(":");
        Expr to = words.sees(":") || words.sees("]") || words.sees(",") ? null : words.expression();
        Expr step = words.take(":") && !words.sees("]") && !words.sees(",") ? words.expression() : null;
        return new Names.Slice(Span.of(first, words.last()), from, to, step);
    }

    private Expr atom() {
        Token token = words.peek();
        Span span = Span.of(token, token);
        switch (token.kind()) {
            case NUMBER -> {
                words.next();
                return new Expressions.Constant(span, ExpressionParser.number(token.text()));
            }
            case STRING -> {
                return Texts.read(words);
            }
            case NAME -> {
                switch (token.text()) {
                    case "None", "True", "False" -> {
                        words.next();
                        return new Expressions.Constant(
                                span, token.is("None") ? Nothing.NONE : (Object) token.is("True"));
                    }
                    default -> {
                        return new Names.Name(span, words.name());
                    }
                }
            }
            default -> {
                return switch (token.text()) {
                    case "(" -> round();
                    case "[" -> list();
                    case "{" -> curly();
                    case "..." -> {
                        words.next();
                        yield new Expressions.Constant(span, Nothing.ELLIPSIS);
                    }
                    default -> throw words.invalid();
                };
            }
        }
    }

    private Expr round() {
        Token first = words.next();
        if (words.take(")")) {
            return new Names.Several(Span.of(first, words.last()), List.of(), false);
        }
        Token begin = words.peek();
        Expr value = words.expressions();
        if (words.sees("for")) {
            value = comprehension(begin, "generator", value, null);
        }
        if (!words.take(")")) {
            throw comma(begin);
        }
        return value instanceof Names.Several several && several.isOpen() ? several.bracketed() : value;
    }

    private Expr list() {
        Token first = words.next();
        if (words.take("]")) {
            return new Names.Several(Span.of(first, words.last()), List.of(), true);
        }
        Token begin = words.peek();
        Expr value = words.expressions();
        if (words.sees("for")) {
            Expr made = comprehension(first, "list", value, null);
            words.expect("]");
            return made;
        }
        if (!words.take("]")) {
            throw comma(begin);
        }
        Span span = Span.of(first, words.last());
        boolean several = value instanceof Names.Several all && all.isOpen();
        return several
                ? new Names.Several(span, ((Names.Several) value).parts(), true)
                : new Names.Several(span, List.of(value), true);
    }

    private Expr curly() {
        Token first = words.next();
        List<@Nullable Expr> keys = new ArrayList<>();
        List<Expr> values = new ArrayList<>();
        boolean map = words.sees("}") || words.sees("**");
        while (!words.sees("}")) {
            Token begin = words.peek();
            if (words.take("**")) {
                keys.add(null);
                values.add(words.expression());
            } else {
                Expr one = words.take("*")
                        ? new Names.Starred(Span.of(begin, begin), words.expression(), false)
                        : words.expression();
                boolean pair = words.take(":");
                map |= pair;
                Expr value = pair ? words.expression() : one;
                if (words.sees("for")) {
                    Expr made = comprehension(first, pair ? "dict" : "set", one, pair ? value : null);
                    words.expect("}");
                    return made;
                }
                if (map) {
                    keys.add(one);
                }
                values.add(value);
            }
            if (!words.take(",") && !words.sees("}")) {
                throw comma(begin);
            }
        }
        words.expect("}");
        Span span = Span.of(first, words.last());
        return map ? Expressions.dictionary(span, keys, values) : Expressions.set(span, values);
    }

    private Expr comprehension(Token first, String kind, Expr item, @Nullable Expr value) {
        List<Expressions.Source> sources = new ArrayList<>();
        while (words.take("for")) {
            words.enter();
            Expr target = targets();
            words.leave();
            words.expect("in");
            Expr values = words.operand();
            List<Expr> conditions = new ArrayList<>();
            while (words.take("if")) {
                conditions.add(words.operand());
            }
            sources.add(new Expressions.Source(target, values, conditions));
        }
        return Expressions.comprehension(Span.of(first, words.last()), kind, item, value, sources);
    }

    /** What a {@code for} sets, up to its {@code in}. */
    Expr targets() {
        Token first = words.peek();
        List<Expr> parts = new ArrayList<>();
        boolean several = false;
        do {
            if (words.sees("in")) {
                break;
            }
            Token begin = words.peek();
            Expr part = words.take("*") ? new Names.Starred(Span.of(begin, begin), read(), false) : read();
            if (!part.named().isEmpty()) {
                throw WrongSyntax.at(begin, "cannot assign to " + part.named());
            }
            parts.add(words.target(part));
            several |= words.sees(",");
        } while (words.take(","));
        return several ? new Names.Several(Span.of(first, words.last()), parts, false) : parts.get(0);
    }
}
