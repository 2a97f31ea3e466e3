package dev.kuar.awk;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** What the functions that awk brings along do. */
final class Functions {
    private final Machine machine;
    private final Streams streams;
    private final Evaluation evaluation;
    private final AwkHost host;
    private Random random = new Random(0);
    private double seed = 1;

    Functions(Machine machine, Streams streams, Evaluation evaluation, AwkHost host) {
        this.machine = machine;
        this.streams = streams;
        this.evaluation = evaluation;
        this.host = host;
    }

    Value call(Expr.Known call) throws IOException, InterruptedException {
        List<Expr> arguments = call.arguments();
        return switch (call.function()) {
            case LENGTH -> length(arguments);
            case SUBSTR -> substring(arguments);
            case INDEX -> {
                String text = text(arguments, 0);
                String wanted = text(arguments, 1);
                int at = machine.dialect.isBusybox() && wanted.isEmpty() ? -1 : text.indexOf(wanted);
                yield Value.of(at < 0 ? 0 : text.codePointCount(0, at) + 1);
            }
            case SPLIT -> split(arguments);
            case SUB -> substitute(arguments, false);
            case GSUB -> substitute(arguments, true);
            case MATCH -> match(arguments);
            case SPRINTF -> Value.of(format("sprintf", arguments));
            case TOUPPER -> Value.of(text(arguments, 0).toUpperCase(Locale.ROOT));
            case TOLOWER -> Value.of(text(arguments, 0).toLowerCase(Locale.ROOT));
            case INT -> {
                double number = number(arguments, 0);
                yield Value.of(number < 0 ? Math.ceil(number) : Math.floor(number));
            }
            case SQRT -> Value.of(Math.sqrt(number(arguments, 0)));
            case EXP -> Value.of(Math.exp(number(arguments, 0)));
            case LOG -> Value.of(Math.log(number(arguments, 0)));
            case SIN -> Value.of(Math.sin(number(arguments, 0)));
            case COS -> Value.of(Math.cos(number(arguments, 0)));
            case ATAN2 -> {
                double y = number(arguments, 0);
                yield Value.of(Math.atan2(y, number(arguments, 1)));
            }
            case RAND -> Value.of(random.nextDouble());
            case SRAND -> seed(arguments);
            case SYSTEM -> Value.of(streams.run(text(arguments, 0)));
            case CLOSE -> close(text(arguments, 0));
            case FFLUSH -> flush(arguments);
        };
    }

    private String text(List<Expr> arguments, int index) throws IOException, InterruptedException {
        return evaluation.text(arguments.get(index));
    }

    private double number(List<Expr> arguments, int index) throws IOException, InterruptedException {
        return evaluation.number(arguments.get(index));
    }

    private Value length(List<Expr> arguments) throws IOException, InterruptedException {
        if (!arguments.isEmpty() && arguments.get(0) instanceof Expr.Variable variable && machine.isArray(variable)) {
            return Value.of(machine.array(variable).size());
        }
        String text = arguments.isEmpty() ? machine.text(machine.fields().record()) : text(arguments, 0);
        return Value.of(text.codePointCount(0, text.length()));
    }

    private Value substring(List<Expr> arguments) throws IOException, InterruptedException {
        String text = text(arguments, 0);
        int length = text.codePointCount(0, text.length());
        // As all awks do: a start before the text is its start, and the length counts from there.
        double first = Math.max(1, Math.floor(number(arguments, 1)));
        double count = arguments.size() < 3 ? length : Math.floor(number(arguments, 2));
        double behind = Math.min(length + 1, first + count);
        if (!(first < behind)) {
            return Value.of("");
        }
        int begin = text.offsetByCodePoints(0, (int) first - 1);
        return Value.of(text.substring(begin, text.offsetByCodePoints(begin, (int) (behind - first))));
    }

    private Value split(List<Expr> arguments) throws IOException, InterruptedException {
        String text = text(arguments, 0);
        if (!(arguments.get(1) instanceof Expr.Variable variable)) {
            throw new AwkFailure("line " + machine.line + ": syntax error at or near split");
        }
        List<String> parts;
        if (arguments.size() == 3 && arguments.get(2) instanceof Expr.Regex regex) {
            parts = machine.splitter().atRegex(text, machine.regexes.of(regex.source()));
        } else {
            String separator = arguments.size() == 3 ? text(arguments, 2) : machine.special(Special.FS);
            boolean lines = arguments.size() == 2 && machine.special(Special.RS).isEmpty();
            parts = machine.splitter().split(text, separator, lines);
        }
        AwkArray array = machine.array(variable);
        array.clear();
        for (int i = 0; i < parts.size(); i++) {
            array.put(Integer.toString(i + 1), Value.input(parts.get(i)));
        }
        return Value.of(parts.size());
    }

    private Value match(List<Expr> arguments) throws IOException, InterruptedException {
        String text = text(arguments, 0);
        Ere.Search search = evaluation.regex(arguments.get(1)).search(text);
        boolean found = search.find(0);
        int start = found ? text.codePointCount(0, search.start()) + 1 : 0;
        machine.put(Special.RSTART, Value.of(start));
        machine.put(Special.RLENGTH, Value.of(found ? text.codePointCount(search.start(), search.end()) : -1));
        return Value.of(start);
    }

    private Value substitute(List<Expr> arguments, boolean all) throws IOException, InterruptedException {
        Ere regex = evaluation.regex(arguments.get(0));
        String replacement = text(arguments, 1);
        Expr target = arguments.size() < 3 ? new Expr.Field(new Expr.Constant(Value.ZERO)) : arguments.get(2);
        Evaluation.Place place = target instanceof Expr.Target known ? evaluation.place(known) : null;
        String text = machine.text(place == null ? evaluation.value(target) : place.get());
        StringBuilder out = new StringBuilder();
        Ere.Search search = regex.search(text);
        int count = 0;
        int copied = 0;
        int next = 0;
        while (search.find(next)) {
            boolean empty = search.end() == search.start();
            if (!empty || count == 0 || search.start() != copied || search.start() == next && next != copied) {
                out.append(text, copied, search.start());
                replace(out, replacement, text.substring(search.start(), search.end()));
                copied = search.end();
                count++;
                if (!all) {
                    break;
                }
            }
            next = empty ? search.end() + 1 : search.end();
        }
        if (count > 0 && place != null) {
            place.set(Value.of(out.append(text, copied, text.length()).toString()));
        }
        return Value.of(count);
    }

    /** Adds a replacement: {@code &} is the match, {@code \&} an ampersand, two backslashes before one are one. */
    private static void replace(StringBuilder out, String replacement, String match) {
        for (int i = 0; i < replacement.length(); i++) {
            char c = replacement.charAt(i);
            char next = i + 1 < replacement.length() ? replacement.charAt(i + 1) : 0;
            if (c == '&') {
                out.append(match);
            } else if (c == '\\' && (next == '&' || next == '\\')) {
                out.append(next);
                i++;
            } else {
                out.append(c);
            }
        }
    }

    /** @param name of the function that asks */
    String format(String name, List<Expr> arguments) throws IOException, InterruptedException {
        List<Value> values = new ArrayList<>();
        for (Expr argument : arguments.subList(1, arguments.size())) {
            values.add(evaluation.value(argument));
        }
        return new Format(name, text(arguments, 0), values, machine).text();
    }

    private Value seed(List<Expr> arguments) throws IOException, InterruptedException {
        double before = seed;
        seed = arguments.isEmpty() ? host.seconds() : number(arguments, 0);
        random = new Random(Double.doubleToLongBits(seed));
        return Value.of(before);
    }

    private Value close(String name) throws IOException, InterruptedException {
        int code = streams.close(name);
        return Value.of(code < 0 && machine.dialect.isBusybox() ? 0 : code);
    }

    private Value flush(List<Expr> arguments) throws IOException, InterruptedException {
        String name = arguments.isEmpty() ? "" : text(arguments, 0);
        if (name.isEmpty()) {
            streams.flush();
            return Value.ZERO;
        }
        return Value.of(streams.flush(name) ? 0 : -1);
    }
}
