package dev.kuar.shell.program;

import dev.kuar.process.Invocation;
import dev.kuar.shell.language.Evaluator;
import dev.kuar.shell.language.Session;
import dev.kuar.shell.language.SessionProgram;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;

/** {@code env [NAME=VALUE…] [COMMAND…]}: prints the exported variables, or runs a command with more of them. */
final class EnvProgram implements SessionProgram {
    private final Function<Session, Evaluator> evaluators;

    EnvProgram(Function<Session, Evaluator> evaluators) {
        this.evaluators = evaluators;
    }

    @Override
    public int run(Session session, Invocation invocation) throws InterruptedException {
        List<String> words = invocation.arguments();
        int at = 0;
        while (at < words.size() && words.get(at).matches("[A-Za-z_]\\w*=(?s:.*)")) {
            int equals = words.get(at).indexOf('=');
            invocation
                    .environment()
                    .put(words.get(at).substring(0, equals), words.get(at).substring(equals + 1));
            at++;
        }
        if (at < words.size()) {
            return evaluators.apply(session).runWords(words.subList(at, words.size()), invocation, invocation.input());
        }
        new TreeMap<>(invocation.environment())
                .forEach((name, value) -> invocation.output().print(name + "=" + value + "\n"));
        return 0;
    }
}
