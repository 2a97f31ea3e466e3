package dev.kuar;

import dev.kuar.kubectl.Kubectl;
import dev.kuar.kubectl.KubectlSession;
import dev.kuar.process.DetailedProgram;
import dev.kuar.process.Invocation;
import dev.kuar.process.RunDetails;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** The built-in kubectl as a program of the shell: of what a run asked for, the first kind stands in its record. */
final class KubectlTool implements DetailedProgram {
    private final KubectlSession session;

    KubectlTool(KubectlSession session) {
        this.session = session;
    }

    @Override
    public int run(Invocation invocation, Consumer<RunDetails> report) throws InterruptedException {
        AtomicBoolean reported = new AtomicBoolean();
        return new Kubectl(session, details -> {
                    if (!reported.getAndSet(true)) {
                        report.accept(new RunDetails(
                                details.verb(),
                                details.apiVersion(),
                                details.kind(),
                                details.namespace(),
                                details.names(),
                                details.flags(),
                                details.context(),
                                details.rows()));
                    }
                })
                .run(invocation);
    }
}
