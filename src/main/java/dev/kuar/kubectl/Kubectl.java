package dev.kuar.kubectl;

import dev.kuar.kubectl.command.Completion;
import dev.kuar.kubectl.command.Dispatcher;
import dev.kuar.kubectl.rest.Cancellation;
import dev.kuar.process.CompletionSource;
import dev.kuar.process.DetailedProgram;
import dev.kuar.process.Invocation;
import dev.kuar.process.RunDetails;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The built-in kubectl. Models kubectl 1.36: same commands, same words, same exit codes.
 *
 * <p>A run works on a thread of its own; interrupting the caller closes what the run holds open and ends it.
 */
public final class Kubectl implements DetailedProgram, CompletionSource {
    private final KubectlSession session;

    public Kubectl(KubectlSession session) {
        this.session = session;
    }

    @Override
    public Map<String, String> complete(List<String> words, String prefix, Map<String, String> environment) {
        return new Completion(session.shared(), environment).complete(words, prefix);
    }

    /** Of what a run asked for, the first kind is reported, on the run's thread. */
    @Override
    public int run(Invocation invocation, Consumer<RunDetails> report) throws InterruptedException {
        AtomicBoolean reported = new AtomicBoolean();
        Consumer<RunDetails> once = details -> {
            if (!reported.getAndSet(true)) {
                report.accept(details);
            }
        };
        Cancellation cancellation = new Cancellation();
        CompletableFuture<Integer> result = new CompletableFuture<>();
        Thread worker = new Thread(
                () -> {
                    try {
                        result.complete(new Dispatcher(session.shared(), once).run(invocation, cancellation));
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
