package dev.kuar.shell.program;

import dev.kuar.awk.Awk;
import dev.kuar.awk.AwkDialect;
import dev.kuar.process.Invocation;
import dev.kuar.shell.language.Evaluator;
import dev.kuar.shell.language.Session;
import dev.kuar.shell.language.SessionProgram;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.function.Function;

/** {@code awk}: all of it; its commands are lines of this shell. */
final class AwkProgram implements SessionProgram {
    private final Function<Session, Evaluator> evaluators;

    AwkProgram(Function<Session, Evaluator> evaluators) {
        this.evaluators = evaluators;
    }

    @Override
    public int run(Session session, Invocation invocation) throws InterruptedException {
        AwkSurroundings host = new AwkSurroundings(invocation, () -> evaluators.apply(session.copy()));
        try {
            return Awk.run(invocation.arguments(), host, AwkDialect.KUAR);
        } catch (InterruptedIOException e) {
            throw new InterruptedException();
        } catch (IOException e) {
            Filter.complain(invocation, Filter.reason(e));
            return Filter.USAGE;
        }
    }
}
