package dev.kuar.shell.program;

import dev.kuar.process.Invocation;
import dev.kuar.shell.language.Evaluator;
import dev.kuar.shell.language.Session;
import dev.kuar.shell.language.SessionProgram;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** {@code xargs [-n N] [-I REPLACED] [COMMAND…]}: runs a command with the words of its input. */
final class XargsProgram implements SessionProgram {
    private static final int CHILD_FAILED = 123;

    private final Function<Session, Evaluator> evaluators;

    XargsProgram(Function<Session, Evaluator> evaluators) {
        this.evaluators = evaluators;
    }

    @Override
    public int run(Session session, Invocation invocation) throws InterruptedException {
        try {
            int command = commandStart(invocation.arguments());
            Options options = Options.parse(invocation.arguments().subList(0, command), "n:I:rL:");
            List<String> words = new ArrayList<>(invocation
                    .arguments()
                    .subList(command, invocation.arguments().size()));
            if (words.isEmpty()) {
                words.add("echo");
            }
            String input = new String(invocation.input().readAllBytes(), StandardCharsets.UTF_8);
            Evaluator evaluator = evaluators.apply(session);
            boolean ok = true;
            for (List<String> line : lines(words, input, options)) {
                ok &= evaluator.runWords(line, invocation, InputStream.nullInputStream()) == 0;
            }
            return ok ? 0 : CHILD_FAILED;
        } catch (Options.Unknown e) {
            Filter.complain(invocation, String.valueOf(e.getMessage()));
            return Filter.USAGE;
        } catch (IOException e) {
            throw (InterruptedException) new InterruptedException().initCause(e);
        }
    }

    private static int commandStart(List<String> words) {
        int i = 0;
        while (i < words.size() && words.get(i).startsWith("-")) {
            i += words.get(i).matches("-[nIL]") ? 2 : 1;
        }
        return Math.min(i, words.size());
    }

    private static List<List<String>> lines(List<String> words, String input, Options options) {
        List<List<String>> result = new ArrayList<>();
        if (options.has('I')) {
            String replaced = options.value('I', "{}");
            input.lines()
                    .filter(line -> !line.isBlank())
                    .forEach(line -> result.add(words.stream()
                            .map(w -> w.replace(replaced, line.strip()))
                            .toList()));
            return result;
        }
        List<String> items = input.isBlank() ? List.of() : List.of(input.strip().split("\\s+"));
        int size = options.number('n', Math.max(1, items.size()));
        for (int i = 0; i < items.size(); i += size) {
            List<String> line = new ArrayList<>(words);
            line.addAll(items.subList(i, Math.min(items.size(), i + size)));
            result.add(line);
        }
        if (items.isEmpty() && !options.has('r')) {
            result.add(words);
        }
        return result;
    }
}
