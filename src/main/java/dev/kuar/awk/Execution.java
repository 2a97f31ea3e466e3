package dev.kuar.awk;

import dev.kuar.awk.Stmt.Way;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs a program: its rules over all records, its functions, its statements. */
final class Execution {
    private static final int DEEPEST = 10_000;

    private final Program program;
    private final Machine machine;
    private final Streams streams;
    private final MainInput input;
    private final Evaluation evaluation;
    private final boolean[] inRange;
    private Value returned = Value.UNSET;
    private int code;
    private int depth;

    /** A way out that leads through functions. */
    private static final class Leaving extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final Way way;

        Leaving(Way way) {
            super(way.name(), null, false, false);
            this.way = way;
        }
    }

    Execution(Program program, Machine machine, Streams streams, MainInput input, AwkHost host) {
        this.program = program;
        this.machine = machine;
        this.streams = streams;
        this.input = input;
        this.evaluation = new Evaluation(machine, streams, input, host);
        this.inRange = new boolean[program.rules().size()];
        evaluation.setCalls(this::call);
    }

    /** All of it; the exit code. */
    int run() throws IOException, InterruptedException {
        boolean reads = !program.rules().isEmpty() || !program.end().isEmpty();
        if (all(program.begin()) && reads) {
            records();
        }
        // An exit before has them run as well.
        all(program.end());
        return code;
    }

    /** False where it comes to an exit. */
    private boolean all(List<Stmt> blocks) throws IOException, InterruptedException {
        for (Stmt block : blocks) {
            if (outermost(block) == Way.EXIT) {
                return false;
            }
        }
        return true;
    }

    private Way outermost(Stmt statement) throws IOException, InterruptedException {
        try {
            return execute(statement);
        } catch (Leaving leaving) {
            depth = 0;
            machine.enter(new Object[0]);
            return leaving.way;
        }
    }

    private void records() throws IOException, InterruptedException {
        for (String record = input.next(); record != null; record = input.next()) {
            machine.turn();
            machine.fields().set(Value.input(record));
            Way way = record();
            if (way == Way.EXIT) {
                return;
            }
            if (way == Way.NEXT_FILE) {
                input.skipFile();
            }
        }
    }

    private Way record() throws IOException, InterruptedException {
        try {
            for (int i = 0; i < inRange.length; i++) {
                Program.Rule rule = program.rules().get(i);
                if (!selects(rule, i)) {
                    continue;
                }
                Stmt body = rule.body();
                Way way = Way.ON;
                if (body == null) {
                    streams.print(machine.text(machine.fields().record()) + machine.special(Special.ORS), "", "");
                } else {
                    way = execute(body);
                }
                if (way == Way.NEXT || way == Way.EXIT || way == Way.NEXT_FILE) {
                    return way;
                }
            }
            return Way.ON;
        } catch (Leaving leaving) {
            depth = 0;
            machine.enter(new Object[0]);
            return leaving.way;
        }
    }

    private boolean selects(Program.Rule rule, int index) throws IOException, InterruptedException {
        Expr pattern = rule.pattern();
        Expr last = rule.last();
        if (pattern == null) {
            return true;
        }
        if (last == null) {
            return evaluation.truth(pattern);
        }
        if (!inRange[index] && !evaluation.truth(pattern)) {
            return false;
        }
        inRange[index] = !evaluation.truth(last);
        return true;
    }

    private Value call(Expr.Call call) throws IOException, InterruptedException {
        Program.Function function = program.functions().get(call.name());
        if (function == null) {
            throw new IllegalStateException(call.name());
        }
        machine.turn();
        List<String> parameters = function.parameters();
        @Nullable Object[] variables = new Object[parameters.size()];
        for (int i = 0; i < call.arguments().size(); i++) {
            Expr argument = call.arguments().get(i);
            Object given = argument instanceof Expr.Variable variable
                    ? machine.argument(variable)
                    : evaluation.value(argument);
            if (i < variables.length) {
                variables[i] = given;
            }
        }
        if (++depth > DEEPEST) {
            throw new AwkFailure("function call nesting too deep");
        }
        @Nullable Object[] before = machine.enter(variables);
        returned = Value.UNSET;
        Way way = execute(function.body());
        machine.enter(before);
        depth--;
        if (way == Way.EXIT || way == Way.NEXT || way == Way.NEXT_FILE) {
            throw new Leaving(way);
        }
        Value result = returned;
        returned = Value.UNSET;
        return result;
    }

    private Way execute(Stmt statement) throws IOException, InterruptedException {
        if (statement instanceof Stmt.Block block) {
            for (Stmt each : block.statements()) {
                Way way = execute(each);
                if (way != Way.ON) {
                    return way;
                }
            }
            return Way.ON;
        }
        if (statement instanceof Stmt.Simple simple) {
            machine.line = simple.line();
            evaluation.value(simple.expression());
            return Way.ON;
        }
        if (statement instanceof Stmt.Print print) {
            machine.line = print.line();
            print(print);
            return Way.ON;
        }
        if (statement instanceof Stmt.If choice) {
            Stmt no = choice.no();
            if (evaluation.truth(choice.condition())) {
                return execute(choice.yes());
            }
            return no == null ? Way.ON : execute(no);
        }
        if (statement instanceof Stmt.Leave leave) {
            return leave(leave);
        }
        if (statement instanceof Stmt.Delete delete) {
            if (delete.subscripts().isEmpty()) {
                machine.array(delete.array()).clear();
            } else {
                machine.array(delete.array()).remove(evaluation.key(delete.subscripts()));
            }
            return Way.ON;
        }
        return loop(statement);
    }

    private Way leave(Stmt.Leave leave) throws IOException, InterruptedException {
        Expr value = leave.value();
        if (leave.way() == Way.RETURN) {
            returned = value == null ? Value.UNSET : evaluation.value(value);
        } else if (leave.way() == Way.EXIT && value != null) {
            code = (int) evaluation.number(value) & 0xff;
        }
        return leave.way();
    }

    private Way loop(Stmt statement) throws IOException, InterruptedException {
        if (statement instanceof Stmt.While loop) {
            while (evaluation.truth(loop.condition())) {
                Way way = around(loop.body());
                if (way != Way.ON) {
                    return way == Way.BREAK ? Way.ON : way;
                }
            }
        } else if (statement instanceof Stmt.Do loop) {
            do {
                Way way = around(loop.body());
                if (way != Way.ON) {
                    return way == Way.BREAK ? Way.ON : way;
                }
            } while (evaluation.truth(loop.condition()));
        } else if (statement instanceof Stmt.For loop) {
            return counted(loop);
        } else if (statement instanceof Stmt.ForIn loop) {
            AwkArray array = machine.array(loop.array());
            for (String key : array.keys()) {
                machine.set(loop.variable(), Value.input(key));
                Way way = around(loop.body());
                if (way != Way.ON) {
                    return way == Way.BREAK ? Way.ON : way;
                }
            }
        }
        return Way.ON;
    }

    private Way counted(Stmt.For loop) throws IOException, InterruptedException {
        Stmt first = loop.first();
        Expr condition = loop.condition();
        Stmt step = loop.step();
        if (first != null) {
            execute(first);
        }
        while (condition == null || evaluation.truth(condition)) {
            Way way = around(loop.body());
            if (way != Way.ON) {
                return way == Way.BREAK ? Way.ON : way;
            }
            if (step != null) {
                execute(step);
            }
        }
        return Way.ON;
    }

    /** The body once; {@code continue} has ended there. */
    private Way around(Stmt body) throws IOException, InterruptedException {
        machine.turn();
        Way way = execute(body);
        return way == Way.CONTINUE ? Way.ON : way;
    }

    private void print(Stmt.Print print) throws IOException, InterruptedException {
        StringBuilder text = new StringBuilder();
        if (print.formatted()) {
            text.append(evaluation.format(print.items()));
        } else if (print.items().isEmpty()) {
            text.append(machine.text(machine.fields().record()));
        } else {
            for (int i = 0; i < print.items().size(); i++) {
                text.append(i == 0 ? "" : machine.special(Special.OFS))
                        .append(machine.shown(evaluation.value(print.items().get(i))));
            }
        }
        if (!print.formatted()) {
            text.append(machine.special(Special.ORS));
        }
        Expr target = print.target();
        streams.print(text.toString(), print.redirect(), target == null ? "" : evaluation.text(target));
    }
}
