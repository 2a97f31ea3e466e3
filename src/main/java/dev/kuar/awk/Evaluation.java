package dev.kuar.awk;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The values of expressions. */
final class Evaluation {
    private final Machine machine;
    private final Streams streams;
    private final MainInput input;
    private final Functions functions;
    private @Nullable Calls calls;

    /** Runs the functions of the program. */
    @FunctionalInterface
    interface Calls {
        Value call(Expr.Call call) throws IOException, InterruptedException;
    }

    Evaluation(Machine machine, Streams streams, MainInput input, AwkHost host) {
        this.machine = machine;
        this.streams = streams;
        this.input = input;
        this.functions = new Functions(machine, streams, this, host);
    }

    void setCalls(Calls runs) {
        calls = runs;
    }

    /** What {@code printf} prints. */
    String format(List<Expr> arguments) throws IOException, InterruptedException {
        return functions.format("printf", arguments);
    }

    double number(Expr expr) throws IOException, InterruptedException {
        return value(expr).number();
    }

    String text(Expr expr) throws IOException, InterruptedException {
        return machine.text(value(expr));
    }

    boolean truth(Expr expr) throws IOException, InterruptedException {
        return value(expr).truth();
    }

    Value value(Expr expr) throws IOException, InterruptedException {
        if (expr instanceof Expr.Constant constant) {
            return constant.value();
        }
        if (expr instanceof Expr.Variable variable) {
            return machine.get(variable);
        }
        if (expr instanceof Expr.Field field) {
            return machine.fields().get(index(field));
        }
        if (expr instanceof Expr.Comparison comparison) {
            return Value.of(compare(comparison));
        }
        if (expr instanceof Expr.Arithmetic sum) {
            double left = number(sum.left());
            return Value.of(calculate(sum.operator(), left, number(sum.right()), sum.line()));
        }
        if (expr instanceof Expr.Concatenation both) {
            String left = text(both.left());
            return Value.of(left + text(both.right()));
        }
        if (expr instanceof Expr.Assign assign) {
            return assign(assign);
        }
        if (expr instanceof Expr.Element element) {
            return machine.array(element.array()).get(key(element.subscripts()));
        }
        if (expr instanceof Expr.Step step) {
            return step(step);
        }
        if (expr instanceof Expr.Regex regex) {
            return Value.of(machine.regexes
                    .of(regex.source())
                    .isIn(machine.text(machine.fields().record())));
        }
        if (expr instanceof Expr.Match match) {
            String text = text(match.text());
            return Value.of(regex(match.regex()).isIn(text) != match.not());
        }
        if (expr instanceof Expr.Both both) {
            return Value.of(
                    both.and() ? truth(both.left()) && truth(both.right()) : truth(both.left()) || truth(both.right()));
        }
        return other(expr);
    }

    private Value other(Expr expr) throws IOException, InterruptedException {
        if (expr instanceof Expr.Unary unary) {
            Value value = value(unary.operand());
            return unary.operator() == '!'
                    ? Value.of(!value.truth())
                    : Value.of(unary.operator() == '-' ? -value.number() : value.number());
        }
        if (expr instanceof Expr.Conditional choice) {
            return value(truth(choice.condition()) ? choice.yes() : choice.no());
        }
        if (expr instanceof Expr.In in) {
            String key = key(in.subscripts());
            return Value.of(machine.array(in.array()).has(key));
        }
        if (expr instanceof Expr.Known known) {
            return functions.call(known);
        }
        if (expr instanceof Expr.GetLine getLine) {
            return getLine(getLine);
        }
        if (expr instanceof Expr.Call call && calls != null) {
            return calls.call(call);
        }
        throw new IllegalStateException(expr.toString());
    }

    private int index(Expr.Field field) throws IOException, InterruptedException {
        double index = number(field.index());
        if (index < 0) {
            throw machine.failure("Access to negative field", "negative field index $" + (long) index);
        }
        return (int) index;
    }

    /** The key of an element; of several subscripts, SUBSEP is between them. */
    String key(List<Expr> subscripts) throws IOException, InterruptedException {
        if (subscripts.size() == 1) {
            return text(subscripts.get(0));
        }
        StringBuilder key = new StringBuilder();
        for (Expr subscript : subscripts) {
            key.append(key.length() == 0 && subscript == subscripts.get(0) ? "" : machine.special(Special.SUBSEP))
                    .append(text(subscript));
        }
        return key.toString();
    }

    /** A regular expression as written, or what an expression says taken for one. */
    Ere regex(Expr expr) throws IOException, InterruptedException {
        return machine.regexes.of(expr instanceof Expr.Regex regex ? regex.source() : text(expr));
    }

    private boolean compare(Expr.Comparison comparison) throws IOException, InterruptedException {
        Value left = value(comparison.left());
        Value right = value(comparison.right());
        if (left.isNumeric() && right.isNumeric()) {
            double a = left.number();
            double b = right.number();
            return switch (comparison.operator()) {
                case "<" -> a < b;
                case "<=" -> a <= b;
                case "==" -> a == b;
                case "!=" -> a != b;
                case ">=" -> a >= b;
                default -> a > b;
            };
        }
        int order = machine.text(left).compareTo(machine.text(right));
        return switch (comparison.operator()) {
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case "==" -> order == 0;
            case "!=" -> order != 0;
            case ">=" -> order >= 0;
            default -> order > 0;
        };
    }

    private double calculate(char operator, double left, double right, int line) {
        switch (operator) {
            case '+':
                return left + right;
            case '-':
                return left - right;
            case '*':
                return left * right;
            case '^':
                return Math.pow(left, right);
            default:
                if (right == 0 && !machine.dialect.dividesByZero()) {
                    throw machine.division(String.valueOf(operator), line);
                }
                return operator == '/' ? left / right : left % right;
        }
    }

    private Value assign(Expr.Assign assign) throws IOException, InterruptedException {
        Place place = place(assign.target());
        Value value = value(assign.value());
        if (!assign.operator().isEmpty()) {
            double before = place.get().number();
            value = Value.of(calculate(assign.operator().charAt(0), before, value.number(), assign.line()));
        }
        place.set(value);
        return value;
    }

    private Value step(Expr.Step step) throws IOException, InterruptedException {
        Place place = place(step.target());
        double before = place.get().number();
        Value after = Value.of(before + step.by());
        place.set(after);
        return step.before() ? after : Value.of(before);
    }

    /** Where something is kept. */
    interface Place {
        Value get();

        void set(Value value);
    }

    /** The place that a target names, its subscripts worked out once. */
    Place place(Expr.Target target) throws IOException, InterruptedException {
        if (target instanceof Expr.Element element) {
            String key = key(element.subscripts());
            AwkArray array = machine.array(element.array());
            return new Place() {
                @Override
                public Value get() {
                    return array.get(key);
                }

                @Override
                public void set(Value value) {
                    array.put(key, value);
                }
            };
        }
        if (target instanceof Expr.Field field) {
            int index = index(field);
            return new Place() {
                @Override
                public Value get() {
                    return machine.fields().get(index);
                }

                @Override
                public void set(Value value) {
                    machine.fields().set(index, value);
                }
            };
        }
        Expr.Variable variable = (Expr.Variable) target;
        return new Place() {
            @Override
            public Value get() {
                return machine.get(variable);
            }

            @Override
            public void set(Value value) {
                machine.set(variable, value);
            }
        };
    }

    private Value getLine(Expr.GetLine getLine) throws IOException, InterruptedException {
        machine.turn();
        Expr from = getLine.from();
        String record;
        if (from == null) {
            record = input.next();
        } else {
            String name = text(from);
            if (name.isEmpty() && !getLine.command()) {
                return Value.of(-1);
            }
            RecordReader reader = streams.source(name, getLine.command());
            if (reader == null) {
                return Value.of(-1);
            }
            try {
                record = reader.next(machine.special(Special.RS), machine.regexes);
            } catch (java.io.InterruptedIOException e) {
                throw e;
            } catch (IOException e) {
                return Value.of(-1);
            }
        }
        if (record == null) {
            return Value.ZERO;
        }
        Expr.Target into = getLine.into();
        if (into == null) {
            machine.fields().set(Value.input(record));
        } else {
            place(into).set(Value.input(record));
        }
        return Value.ONE;
    }
}
