package dev.kuar;

import dev.kuar.kubectl.Kubectl;
import dev.kuar.process.CompletionSource;
import dev.kuar.process.DetailedProgram;
import dev.kuar.process.Invocation;
import dev.kuar.process.RunDetails;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A kubectl, before which the practice cluster of the current context is woken where it sleeps. */
final class WakingKubectl implements DetailedProgram, CompletionSource {
    private final DetailedProgram kubectl;
    private final CompletionSource completion;
    private final Runnable wake;

    WakingKubectl(Kubectl kubectl, Runnable wake) {
        this(kubectl, kubectl, wake);
    }

    /** {@code completion} knows the words of what {@code kubectl} runs. */
    WakingKubectl(DetailedProgram kubectl, CompletionSource completion, Runnable wake) {
        this.kubectl = kubectl;
        this.completion = completion;
        this.wake = wake;
    }

    @Override
    public int run(Invocation invocation, Consumer<RunDetails> report) throws InterruptedException {
        wake.run();
        return kubectl.run(invocation, report);
    }

    @Override
    public Map<String, String> complete(List<String> words, String prefix, Map<String, String> environment) {
        return completion.complete(words, prefix, environment);
    }
}
