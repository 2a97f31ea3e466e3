package dev.kuar.awk;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** {@code awk [-F SEPARATOR] [-v NAME=VALUE] [-f FILE | PROGRAM] [FILE | NAME=VALUE …]}. */
public final class Awk {
    private final AwkHost host;
    private final AwkDialect dialect;
    private final List<String> variables = new ArrayList<>();
    private final List<String> operands = new ArrayList<>();
    private final StringBuilder source = new StringBuilder();
    private String file = "";
    private boolean given;

    private Awk(AwkHost host, AwkDialect dialect) {
        this.host = host;
        this.dialect = dialect;
    }

    /**
     * Runs a program to its end; the exit code.
     *
     * @param arguments the words behind the name
     * @throws IOException where its own output or the input that it reads fails
     */
    public static int run(List<String> arguments, AwkHost host, AwkDialect dialect)
            throws IOException, InterruptedException {
        return new Awk(host, dialect).run(arguments);
    }

    private int run(List<String> arguments) throws IOException, InterruptedException {
        Streams streams = new Streams(host, dialect);
        boolean whole = false;
        try {
            int code = -1;
            try {
                if (!read(arguments)) {
                    return dialect.isBusybox() ? 1 : 0;
                }
                code = run(streams);
            } catch (AwkFailure e) {
                streams.flush();
                say("awk: " + e.getMessage() + "\n");
            } catch (StackOverflowError e) {
                streams.flush();
                say("awk: function call nesting too deep\n");
            }
            streams.finish();
            whole = true;
            return code < 0 ? dialect.failed() : code;
        } finally {
            if (!whole) {
                streams.abandon();
            }
        }
    }

    private int run(Streams streams) throws IOException, InterruptedException {
        Program program = Parser.parse(source.toString(), file, dialect);
        Machine machine = new Machine(host, dialect, program.globals().size());
        AwkArray environment = machine.array(Special.ENVIRON);
        host.environment().forEach((name, value) -> environment.put(name, Value.input(value)));
        AwkArray argv = machine.array(Special.ARGV);
        argv.put("0", Value.of("awk"));
        for (int i = 0; i < operands.size(); i++) {
            argv.put(Integer.toString(i + 1), Value.input(operands.get(i)));
        }
        machine.put(Special.ARGC, Value.of(operands.size() + 1));
        MainInput input = new MainInput(machine, streams, program.globals());
        for (String variable : variables) {
            if (!input.assign(variable)) {
                throw new AwkFailure("improper assignment: -v " + variable);
            }
        }
        return new Execution(program, machine, streams, input, host).run();
    }

    private void say(String text) throws IOException {
        OutputStream error = host.error();
        error.write(text.getBytes(StandardCharsets.UTF_8));
        error.flush();
    }

    /** Takes the words; false where only the usage is shown. */
    private boolean read(List<String> words) throws IOException {
        int i = 0;
        for (; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals("--")) {
                i++;
                break;
            }
            if (!word.startsWith("-") || word.equals("-")) {
                break;
            }
            String letter = word.substring(1, 2);
            if (!"Fvf".contains(letter) && !(letter.equals("e") && dialect.isBusybox())) {
                throw new AwkFailure(dialect.unknownOption(word)
                        + (dialect.isBusybox() ? "\n" + dialect.usage().stripTrailing() : ""));
            }
            if (word.length() == 2 && i + 1 == words.size()) {
                throw new AwkFailure(dialect.valueMissing(letter)
                        + (dialect.isBusybox() ? "\n" + dialect.usage().stripTrailing() : ""));
            }
            option(letter, word.length() > 2 ? word.substring(2) : words.get(++i));
        }
        if (!given && i < words.size()) {
            source.append(words.get(i++));
            given = true;
        }
        operands.addAll(words.subList(Math.min(i, words.size()), words.size()));
        if (!given) {
            say(dialect.usage());
        }
        return given;
    }

    private void option(String letter, String value) throws IOException {
        switch (letter) {
            case "F" -> variables.add("FS=" + value);
            case "v" -> variables.add(value);
            case "e" -> {
                source.append(value).append('\n');
                given = true;
            }
            default -> {
                InputStream in;
                try {
                    in = value.equals("-") ? host.input() : host.open(value);
                } catch (AwkHost.Refused e) {
                    throw dialect.cannotReadProgram(value, e.words());
                }
                source.append(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                        .append('\n');
                if (in != host.input()) {
                    in.close();
                }
                file = value;
                given = true;
            }
        }
    }
}
