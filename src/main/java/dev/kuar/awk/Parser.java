package dev.kuar.awk;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a program: its rules, functions and statements. */
final class Parser {
    private final Cursor cursor;
    private final ExpressionParser expressions;
    private final List<Stmt> begin = new ArrayList<>();
    private final List<Program.Rule> rules = new ArrayList<>();
    private final List<Stmt> end = new ArrayList<>();
    private final Map<String, Program.Function> functions = new LinkedHashMap<>();
    private int loops;
    private boolean inRule;

    private Parser(Cursor cursor) {
        this.cursor = cursor;
        this.expressions = new ExpressionParser(cursor);
    }

    /** @param file where it comes from; empty for the command line */
    static Program parse(String source, String file, AwkDialect dialect) {
        Cursor cursor = new Cursor(Lexer.tokens(source, file, dialect), file, dialect);
        return new Parser(cursor).program();
    }

    private Program program() {
        cursor.skipBreaks();
        while (!cursor.is(Token.Type.END)) {
            item();
            cursor.skipBreaks();
        }
        cursor.checkCalls(functions);
        return new Program(begin, rules, end, functions, cursor.globals());
    }

    private void item() {
        if (cursor.is("}")) {
            throw cursor.extraBrace();
        }
        if (cursor.takeIf("function")) {
            function();
            return;
        }
        if (cursor.is("BEGIN") || cursor.is("END")) {
            boolean first = cursor.take().text().equals("BEGIN");
            (first ? begin : end).add(block());
            return;
        }
        Expr pattern = cursor.is("{") ? null : expressions.expression();
        Expr last = null;
        if (pattern != null && cursor.takeIf(",")) {
            cursor.skipNewlines();
            last = expressions.expression();
        }
        inRule = true;
        Stmt body = cursor.is("{") ? block() : null;
        inRule = false;
        if (body == null && !cursor.is(Token.Type.NEWLINE) && !cursor.is(";")) {
            throw cursor.unexpected();
        }
        rules.add(new Program.Rule(pattern, last, body));
    }

    private void function() {
        Token name = cursor.is(Token.Type.NAME) ? cursor.take() : cursor.expect(Token.Type.CALLED);
        cursor.expect("(");
        List<String> parameters = new ArrayList<>();
        while (!cursor.is(")")) {
            cursor.skipNewlines();
            parameters.add(cursor.expect(Token.Type.NAME).text());
            cursor.skipNewlines();
            if (!cursor.takeIf(",")) {
                break;
            }
        }
        cursor.expect(")");
        cursor.skipNewlines();
        cursor.enter(name.text(), parameters);
        functions.put(name.text(), new Program.Function(name.text(), List.copyOf(parameters), block()));
        cursor.leave();
    }

    private Stmt.Block block() {
        cursor.expect("{");
        List<Stmt> statements = new ArrayList<>();
        cursor.skipBreaks();
        while (!cursor.is("}")) {
            statements.add(statement());
            cursor.skipBreaks();
        }
        cursor.take();
        return new Stmt.Block(statements);
    }

    /** A statement that may stand on the next line. */
    private Stmt body() {
        if (cursor.takeIf(";")) {
            return new Stmt.Block(List.of());
        }
        cursor.skipNewlines();
        return cursor.takeIf(";") ? new Stmt.Block(List.of()) : statement();
    }

    private Stmt loop() {
        loops++;
        Stmt body = body();
        loops--;
        return body;
    }

    private Stmt statement() {
        if (cursor.is("{")) {
            return block();
        }
        if (cursor.takeIf("if")) {
            return choice();
        }
        if (cursor.takeIf("while")) {
            Expr condition = expressions.condition();
            return new Stmt.While(condition, loop());
        }
        if (cursor.takeIf("do")) {
            Stmt body = loop();
            cursor.skipBreaks();
            cursor.expect("while");
            Stmt.Do statement = new Stmt.Do(body, expressions.condition());
            finish();
            return statement;
        }
        if (cursor.takeIf("for")) {
            return counted();
        }
        Stmt simple = simple();
        finish();
        return simple;
    }

    /** What ends a simple statement; a closing brace stays. */
    private void finish() {
        if (!cursor.takeIf(";") && !cursor.is("}")) {
            if (!cursor.is(Token.Type.NEWLINE)) {
                throw cursor.unexpected();
            }
            cursor.take();
        }
    }

    private Stmt choice() {
        Expr condition = expressions.condition();
        Stmt yes = body();
        int ahead = 0;
        while (cursor.peek(ahead).type() == Token.Type.NEWLINE
                || cursor.peek(ahead).is(";")) {
            ahead++;
        }
        if (!cursor.peek(ahead).is("else")) {
            return new Stmt.If(condition, yes, null);
        }
        cursor.skipBreaks();
        cursor.take();
        return new Stmt.If(condition, yes, body());
    }

    private Stmt counted() {
        cursor.expect("(");
        if (cursor.is(Token.Type.NAME)
                && cursor.peek(1).is("in")
                && cursor.peek(2).type() == Token.Type.NAME
                && cursor.peek(3).is(")")) {
            Expr.Variable variable = expressions.array();
            cursor.take();
            Expr.Variable array = expressions.array();
            cursor.take();
            return new Stmt.ForIn(variable, array, loop());
        }
        Stmt first = cursor.is(";") ? null : simple();
        cursor.expect(";");
        cursor.skipNewlines();
        Expr condition = cursor.is(";") ? null : expressions.expression();
        cursor.expect(";");
        cursor.skipNewlines();
        Stmt step = cursor.is(")") ? null : simple();
        cursor.expect(")");
        return new Stmt.For(first, condition, step, loop());
    }

    private Stmt simple() {
        int line = cursor.line();
        if (cursor.is("print") || cursor.is("printf")) {
            return print();
        }
        if (cursor.takeIf("delete")) {
            Expr.Variable array = expressions.array();
            List<Expr> subscripts = List.of();
            if (cursor.takeIf("[")) {
                subscripts = expressions.list();
                cursor.expect("]");
            }
            return new Stmt.Delete(array, subscripts);
        }
        Stmt leave = leave();
        return leave != null ? leave : new Stmt.Simple(expressions.expression(), line);
    }

    private @Nullable Stmt leave() {
        boolean lenient = cursor.dialect.isBusybox();
        if (cursor.is("break") || cursor.is("continue")) {
            if (loops == 0) {
                String word = cursor.peek().text();
                throw cursor.improper("'" + word + "' not in a loop", word + " statement outside of loop");
            }
            return new Stmt.Leave(cursor.take().text().equals("break") ? Stmt.Way.BREAK : Stmt.Way.CONTINUE, null);
        }
        if (cursor.is("next") || cursor.is("nextfile")) {
            boolean allowed = inRule || cursor.isInFunction() && cursor.dialect != AwkDialect.MAWK;
            if (!allowed && !lenient) {
                throw cursor.improper("", "improper use of next");
            }
            return new Stmt.Leave(cursor.take().text().equals("next") ? Stmt.Way.NEXT : Stmt.Way.NEXT_FILE, null);
        }
        if (cursor.takeIf("exit")) {
            return new Stmt.Leave(Stmt.Way.EXIT, valueIfAny());
        }
        if (cursor.is("return")) {
            if (!cursor.isInFunction() && !lenient) {
                throw cursor.improper("", "return outside function body");
            }
            cursor.take();
            return new Stmt.Leave(Stmt.Way.RETURN, valueIfAny());
        }
        return null;
    }

    private @Nullable Expr valueIfAny() {
        return cursor.is(Token.Type.NEWLINE) || cursor.is(";") || cursor.is("}") ? null : expressions.expression();
    }

    private Stmt print() {
        int line = cursor.line();
        boolean formatted = cursor.take().text().equals("printf");
        boolean nothing = cursor.is(Token.Type.NEWLINE)
                || cursor.is(";")
                || cursor.is("}")
                || cursor.is(">")
                || cursor.is(">>")
                || cursor.is("|");
        if (nothing && formatted) {
            throw cursor.improper("Unexpected token", "no arguments in call to printf");
        }
        List<Expr> items = nothing ? List.of() : expressions.printed();
        if (cursor.is(">") || cursor.is(">>") || cursor.is("|")) {
            String redirect = cursor.take().text();
            return new Stmt.Print(items, formatted, redirect, expressions.redirection(), line);
        }
        return new Stmt.Print(items, formatted, "", null, line);
    }
}
