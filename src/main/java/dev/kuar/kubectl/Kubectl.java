package dev.kuar.kubectl;

import dev.kuar.kube.RunDetails;
import dev.kuar.kubectl.command.Dispatcher;
import dev.kuar.kubectl.rest.Cancellation;
import dev.kuar.process.Invocation;
import dev.kuar.process.Program;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/**
 * The built-in kubectl. Models kubectl 1.36: same commands, same words, same exit codes.
 *
 * <p>A run works on a thread of its own; interrupting the caller closes what the run holds open and ends it.
 */
public final class Kubectl implements Program {
    private final KubectlSession session;
    private final Consumer<RunDetails> report;

    /** {@code report} is told, on the run's thread, what each run asked of a cluster. */
    public Kubectl(KubectlSession session, Consumer<RunDetails> report) {
        this.session = session;
        this.report = report;
    }

    @Override
    public int run(Invocation invocation) throws InterruptedException {
        Cancellation cancellation = new Cancellation();
        CompletableFuture<Integer> result = new CompletableFuture<>();
        Thread worker = new Thread(
                () -> {
                    try {
                        result.complete(new Dispatcher(session.shared(), report).run(invocation, cancellation));
                    } catch (RuntimeException | StackOverflowError failure) {
                        result.completeExceptionally(failure);
                    }
                },
                "kubectl");
        worker.setDaemon(true);
        worker.start();
        try {
            return result.get();
        } catch (InterruptedException interrupted) {
            cancellation.cancel();
            worker.interrupt();
            throw interrupted;
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(failure.getCause());
        }
    }
}
