package dev.kuar.practice.python;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads statements. */
final class StatementParser extends ExpressionParser {
    private static final Stmt NOTHING = scope -> {};

    private int functions;
    private int loops;
    private final java.util.function.@Nullable BiConsumer<Scope, Object> show;

    private StatementParser(List<Token> tokens, java.util.function.@Nullable BiConsumer<Scope, Object> show) {
        super(tokens);
        this.show = show;
    }

    static Stmt program(String source) {
        return new StatementParser(Lexer.tokens(source), null).all();
    }

    /** A program whose values outside of functions are handed to {@code show}. */
    static Stmt program(String source, java.util.function.BiConsumer<Scope, Object> show) {
        return new StatementParser(Lexer.tokens(source), show).all();
    }

    private Stmt all() {
        List<Stmt> statements = new ArrayList<>();
        while (peek().kind() != Token.Kind.END) {
            if (peek().kind() == Token.Kind.INDENT) {
                throw new WrongSyntax("IndentationError", "unexpected indent", peek().line(), peek().end(), 0);
            }
            if (peek().kind() != Token.Kind.NEWLINE) {
                statements.add(statement());
            } else {
                next();
            }
        }
        return Statements.block(statements);
    }

    private Stmt statement() {
        Token first = peek();
        if (first.kind() != Token.Kind.NAME && !sees("@")) {
            return simple();
        }
        return switch (first.text()) {
            case "if" -> choice();
            case "while" -> loop();
            case "for" -> each();
            case "def" -> function(List.of());
            case "class" -> type(List.of());
            case "@" -> decorated();
            case "try" -> attempt();
            case "with" -> with();
            case "async" -> throw new NotModelled("'async'", first.line());
            case "match" -> {
                boolean soft = ahead(1).kind() == Token.Kind.OPERATOR && !ahead(1).is("[") && !ahead(1).is("(");
                if (!soft && ahead(1).kind() != Token.Kind.NEWLINE) {
                    throw new NotModelled("'match'", first.line());
                }
                yield simple();
            }
            default -> simple();
        };
    }

    /** What follows a colon: a block, or statements on the same line. */
    private Stmt body(String of, Token begin) {
        if (!take(":")) {
            boolean plain = of.startsWith("'if'") || of.startsWith("'while'") || of.startsWith("'elif'");
            boolean end = peek().kind() == Token.Kind.NEWLINE;
            throw WrongSyntax.at(peek(), plain && !end ? "invalid syntax" : "expected ':'");
        }
        if (peek().kind() != Token.Kind.NEWLINE) {
            return simple();
        }
        next();
        if (peek().kind() != Token.Kind.INDENT) {
            Token token = peek();
            throw new WrongSyntax(
                    "IndentationError",
                    "expected an indented block after " + of + " on line " + begin.line(),
                    token.line(),
                    token.column(),
                    token.end());
        }
        next();
        List<Stmt> statements = new ArrayList<>();
        while (peek().kind() != Token.Kind.DEDENT && peek().kind() != Token.Kind.END) {
            if (peek().kind() == Token.Kind.INDENT) {
                throw new WrongSyntax("IndentationError", "unexpected indent", peek().line(), peek().end(), 0);
            }
            statements.add(statement());
        }
        if (peek().kind() == Token.Kind.DEDENT) {
            next();
        }
        return Statements.block(statements);
    }

    private Stmt choice() {
        Token first = next();
        Expr condition = condition();
        Stmt yes = body("'" + first.text() + "' statement", first);
        if (sees("elif")) {
            return Statements.choice(condition, yes, choice());
        }
        return Statements.choice(condition, yes, otherwise());
    }

    private Expr condition() {
        Token first = peek();
        Expr condition = expression();
        if (sees("=")) {
            next();
            expression();
            throw new WrongSyntax(
                    "SyntaxError",
                    condition instanceof Names.Name
                            ? "invalid syntax. Maybe you meant '==' or ':=' instead of '='?"
                            : "cannot assign to " + condition.named() + " here. Maybe you meant '==' instead of '='?",
                    first.line(),
                    first.column(),
                    last().end());
        }
        return condition;
    }

    private Stmt otherwise() {
        Token first = peek();
        return take("else") ? body("'else' statement", first) : NOTHING;
    }

    private Stmt loop() {
        Token first = next();
        Expr condition = condition();
        loops++;
        Stmt body = body("'while' statement", first);
        loops--;
        return Statements.loop(condition, body, otherwise());
    }

    private Stmt each() {
        Token first = next();
        Expr target = new Primary(this).targets();
        expect("in");
        Expr values = expressions();
        loops++;
        Stmt body = body("'for' statement", first);
        loops--;
        return Statements.each(target, values, body, otherwise());
    }

    private Stmt decorated() {
        List<Expr> decorators = new ArrayList<>();
        while (take("@")) {
            decorators.add(expression());
            if (peek().kind() == Token.Kind.NEWLINE) {
                next();
            }
        }
        return sees("class") ? type(decorators) : function(decorators);
    }

    private Stmt function(List<Expr> decorators) {
        Token first = next();
        String name = name();
        owns(name, true);
        if (!take("(")) {
            throw WrongSyntax.at(peek(), "expected '('");
        }
        enter();
        List<Function.Parameter> parameters = parameters(")");
        expect(")");
        if (take("->")) {
            expression();
        }
        int outerLoops = loops;
        loops = 0;
        functions++;
        Stmt body = body("function definition", first);
        functions--;
        loops = outerLoops;
        Set<String> own = settled(leave());
        Function.Body run = scope -> {
            try {
                body.run(scope);
                return Nothing.NONE;
            } catch (Jump jump) {
                return jump.value();
            }
        };
        return scope -> {
            Function made = new Function(name, parameters, defaults(scope, parameters), own, scope, run);
            scope.set(name, Statements.decorated(scope, made, decorators));
        };
    }

    private Stmt type(List<Expr> decorators) {
        Token first = next();
        String name = name();
        owns(name, true);
        List<Expr> bases = new ArrayList<>();
        if (take("(")) {
            while (!sees(")")) {
                if (ahead(1).is("=")) {
                    throw new NotModelled("metaclasses", first.line());
                }
                bases.add(expression());
                if (!sees(")")) {
                    expect(",");
                }
            }
            expect(")");
        }
        enter();
        Stmt body = body("class definition", first);
        leave();
        return Statements.type(name, bases, body, decorators);
    }

    private Stmt attempt() {
        Token first = next();
        Stmt body = body("'try' statement", first);
        List<Statements.Handler> handlers = new ArrayList<>();
        while (sees("except")) {
            Token begin = next();
            if (sees("*")) {
                throw new NotModelled("'except*'", begin.line());
            }
            Expr type = sees(":") ? null : expressions();
            String name = take("as") ? name() : "";
            if (!name.isEmpty()) {
                owns(name, true);
            }
            handlers.add(new Statements.Handler(type, name, body("'except' statement", begin)));
        }
        Stmt otherwise = otherwise();
        Token begin = peek();
        boolean last = take("finally");
        if (!last && handlers.isEmpty()) {
            throw WrongSyntax.at(begin, "expected 'except' or 'finally' block");
        }
        return Statements.attempt(body, handlers, otherwise, last ? body("'finally' statement", begin) : NOTHING);
    }

    private Stmt with() {
        Token first = next();
        return context(first);
    }

    private Stmt context(Token first) {
        Expr context = expression();
        Expr target = take("as") ? target(new Primary(this).read()) : null;
        return Statements.with(context, target, take(",") ? context(first) : body("'with' statement", first));
    }

    /** Small statements up to the end of the line. */
    private Stmt simple() {
        List<Stmt> statements = new ArrayList<>();
        while (true) {
            statements.add(small());
            if (take(";")) {
                if (peek().kind() == Token.Kind.NEWLINE) {
                    break;
                }
            } else if (peek().kind() == Token.Kind.NEWLINE || peek().kind() == Token.Kind.END) {
                break;
            } else {
                throw invalid();
            }
        }
        next();
        return statements.size() == 1 ? statements.get(0) : Statements.block(statements);
    }

    private Stmt small() {
        Token first = peek();
        if (first.kind() != Token.Kind.NAME) {
            return new Assignments(this, functions == 0 ? show : null).read();
        }
        switch (first.text()) {
            case "pass" -> {
                next();
                return NOTHING;
            }
            case "break", "continue" -> {
                next();
                if (loops == 0) {
                    throw WrongSyntax.at(
                            first, first.is("break") ? "'break' outside loop" : "'continue' not properly in loop");
                }
                Jump.Kind kind = first.is("break") ? Jump.Kind.BREAK : Jump.Kind.CONTINUE;
                return scope -> {
                    throw Jump.of(kind);
                };
            }
            case "return" -> {
                next();
                Expr value = isEnd() ? null : expressions();
                if (functions == 0) {
                    throw new WrongSyntax(
                            "SyntaxError", "'return' outside function", first.line(), first.column(), last().end());
                }
                return scope -> {
                    throw Jump.back(value == null ? Nothing.NONE : value.eval(scope));
                };
            }
            case "raise" -> {
                next();
                Expr what = isEnd() ? null : expression();
                Expr cause = take("from") ? expression() : null;
                return Statements.raise(Span.of(first, last()), what, cause);
            }
            case "global", "nonlocal" -> {
                next();
                return elsewhere();
            }
            case "del" -> {
                next();
                Expr target = expressions();
                return target::delete;
            }
            case "assert" -> {
                next();
                Expr condition = expression();
                Expr message = take(",") ? expression() : null;
                Span span = condition.span();
                return scope -> {
                    if (!Values.truth(condition.eval(scope))) {
                        scope.at(span);
                        Arguments why = message == null ? Arguments.of() : Arguments.of(message.eval(scope));
                        throw new Raised(
                                (Instance) Exceptions.of("AssertionError").call(why));
                    }
                };
            }
            case "import", "from" -> {
                return new Imports(this).read();
            }
            default -> {
                return new Assignments(this, functions == 0 ? show : null).read();
            }
        }
    }

    boolean isEnd() {
        return peek().kind() == Token.Kind.NEWLINE || peek().kind() == Token.Kind.END || sees(";");
    }

    private Stmt elsewhere() {
        List<String> names = new ArrayList<>();
        do {
            String name = name();
            names.add(name);
            owns(name, false);
        } while (take(","));
        return scope -> names.forEach(scope::declareElsewhere);
    }
}
