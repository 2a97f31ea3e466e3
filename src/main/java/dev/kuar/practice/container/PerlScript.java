package dev.kuar.practice.container;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Runs the part of Perl that one-liners use, as it reads it. */
final class PerlScript {
    private static final Set<String> WORDS = Set.of(
            "print", "say", "sleep", "exit", "die", "warn", "my", "if", "unless", "while", "for", "foreach", "use",
            "no", "our", "printf");

    private final Task task;
    private final String name;
    private final boolean lines;
    private PerlTokens tokens = new PerlTokens("");
    private PerlExpressions values;

    /** @param lines whether {@code print} ends its line by itself */
    PerlScript(Task task, String name, boolean lines) {
        this.task = task;
        this.name = name;
        this.lines = lines;
        this.values = new PerlExpressions(task, name, tokens);
    }

    /** The script ends itself. */
    static final class Exit extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final int code;

        Exit(int code) {
            super(null, null, false, false);
            this.code = code;
        }

        int code() {
            return code;
        }
    }

    /** What perl complains of before it gives up. */
    static final class Wrong extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Wrong(String message) {
            super(message, null, false, false);
        }
    }

    void run(String script) throws IOException, InterruptedException {
        tokens = new PerlTokens(script);
        values = new PerlExpressions(task, name, tokens);
        statements(false);
        if (!tokens.isOver()) {
            throw values.syntax();
        }
        tokens.back(0);
        statements(true);
    }

    /** Statements up to the end or a closing brace; where they do not run they are only read. */
    private void statements(boolean runs) throws IOException, InterruptedException {
        while (!tokens.isOver() && !tokens.sees("}")) {
            statement(runs);
        }
    }

    private void block(boolean runs) throws IOException, InterruptedException {
        values.expect("{");
        statements(runs);
        values.expect("}");
    }

    private void statement(boolean runs) throws IOException, InterruptedException {
        if (tokens.take(";")) {
            return;
        }
        if (tokens.sees("{")) {
            block(runs);
            return;
        }
        if (tokens.take("use") || tokens.take("no")) {
            tokens.skipTo(";");
            return;
        }
        if (tokens.take("if") || tokens.take("unless")) {
            condition(runs, tokens.last().equals("unless"));
            return;
        }
        if (tokens.take("while") || tokens.take("until")) {
            loop(runs, tokens.last().equals("until"));
            return;
        }
        if (tokens.take("for") || tokens.take("foreach")) {
            each(runs);
            return;
        }
        int start = tokens.position();
        simple(false);
        boolean holds = runs;
        if (tokens.take("if")) {
            holds = PerlValues.truth(values.expression()) && runs;
        } else if (tokens.take("unless")) {
            holds = !PerlValues.truth(values.expression()) && runs;
        } else if (tokens.take("for") || tokens.take("foreach")) {
            List<Object> items = values.list();
            int after = tokens.position();
            for (Object item : runs ? items : List.of()) {
                values.variables().put("_", item);
                tokens.back(start);
                simple(true);
            }
            tokens.back(after);
            holds = false;
        }
        int after = tokens.position();
        if (holds) {
            tokens.back(start);
            simple(true);
            tokens.back(after);
        }
        if (!tokens.isOver() && !tokens.sees("}") && !tokens.take(";")) {
            throw values.syntax();
        }
    }

    private void condition(boolean runs, boolean not) throws IOException, InterruptedException {
        values.expect("(");
        boolean holds = PerlValues.truth(values.expression()) != not;
        values.expect(")");
        block(runs && holds);
        while (tokens.take("elsif")) {
            values.expect("(");
            boolean next = PerlValues.truth(values.expression()) && !holds;
            values.expect(")");
            block(runs && next);
            holds |= next;
        }
        if (tokens.take("else")) {
            block(runs && !holds);
        }
    }

    private void loop(boolean runs, boolean not) throws IOException, InterruptedException {
        int start = tokens.position();
        while (true) {
            values.expect("(");
            boolean holds = tokens.sees(")") || PerlValues.truth(values.expression()) != not;
            values.expect(")");
            block(runs && holds);
            if (!runs || !holds) {
                return;
            }
            pause();
            tokens.back(start);
        }
    }

    /** A loop that never waits would hold a thread of this machine. */
    private void pause() throws InterruptedException {
        task.container().processor().work(Duration.ofNanos(20_000), 1);
        if (task.isOver()) {
            throw new Exit(143);
        }
    }

    private void each(boolean runs) throws IOException, InterruptedException {
        String variable = "_";
        tokens.take("my");
        if (tokens.kind() == PerlTokens.Kind.VARIABLE) {
            variable = tokens.next();
        }
        values.expect("(");
        List<Object> items = values.list();
        values.expect(")");
        int start = tokens.position();
        for (Object item : runs ? items : List.of()) {
            values.variables().put(variable, item);
            tokens.back(start);
            block(true);
            pause();
        }
        tokens.back(start);
        block(false);
    }

    /** A statement without its modifier; reads it alone where it does not run. */
    private void simple(boolean runs) throws IOException, InterruptedException {
        values.setDry(!runs);
        String word = tokens.kind() == PerlTokens.Kind.WORD && WORDS.contains(tokens.peek()) ? tokens.next() : "";
        switch (word) {
            case "print", "say", "printf" -> print(runs, word);
            case "sleep" -> {
                BigDecimal seconds = PerlValues.number(values.operand());
                if (runs) {
                    task.container()
                            .clock()
                            .sleep(Duration.ofMillis(seconds.movePointRight(3).longValue()));
                }
            }
            case "exit" -> {
                int code = values.ends()
                        ? 0
                        : PerlValues.number(values.expression()).intValue();
                if (runs) {
                    throw new Exit(code & 0xff);
                }
            }
            case "die" -> {
                String text = values.ends() ? "Died" : PerlValues.join(values.list());
                if (runs) {
                    throw values.dies(text);
                }
            }
            case "warn" -> {
                String text = PerlValues.join(values.list());
                if (runs) {
                    task.printError(
                            text.endsWith("\n") ? text : text + " at " + name + " line " + tokens.line() + ".\n");
                }
            }
            case "my", "our" -> assignment(runs);
            default -> assignment(runs);
        }
    }

    private void print(boolean runs, String word) throws IOException {
        boolean error = tokens.take("STDERR");
        if (!error) {
            tokens.take("STDOUT");
        }
        List<Object> items = values.ends() ? List.of(values.variables().getOrDefault("_", "")) : values.list();
        if (!runs) {
            return;
        }
        String text = word.equals("printf")
                ? PerlValues.formatted(items)
                : PerlValues.join(items) + (lines || word.equals("say") ? "\n" : "");
        if (error) {
            task.printError(text);
        } else {
            task.print(text);
        }
    }

    private void assignment(boolean runs) throws IOException {
        if (tokens.kind() != PerlTokens.Kind.VARIABLE) {
            values.expression();
            return;
        }
        int start = tokens.position();
        String variable = tokens.next();
        String operator = tokens.peek();
        if (tokens.take("++") || tokens.take("--")) {
            if (runs) {
                BigDecimal step = operator.equals("++") ? BigDecimal.ONE : BigDecimal.ONE.negate();
                values.variables()
                        .put(
                                variable,
                                PerlValues.number(values.variables().getOrDefault(variable, ""))
                                        .add(step));
            }
        } else if (tokens.take("=")
                || tokens.take("+=")
                || tokens.take("-=")
                || tokens.take("*=")
                || tokens.take(".=")) {
            Object value = values.expression();
            Object old = values.variables().getOrDefault(variable, "");
            if (runs) {
                values.variables()
                        .put(
                                variable,
                                switch (operator) {
                                    case "+=" -> PerlValues.number(old).add(PerlValues.number(value));
                                    case "-=" -> PerlValues.number(old).subtract(PerlValues.number(value));
                                    case "*=" -> PerlValues.number(old).multiply(PerlValues.number(value));
                                    case ".=" -> PerlValues.text(old) + PerlValues.text(value);
                                    default -> value;
                                });
            }
        } else {
            tokens.back(start);
            values.expression();
        }
    }
}
