package dev.kuar;

import dev.kuar.kubectl.Kubectl;
import dev.kuar.process.CompletionSource;
import dev.kuar.process.DetailedProgram;
import dev.kuar.process.Invocation;
import dev.kuar.process.RunDetails;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The built-in kubectl, before which the practice cluster of the current context is woken where it sleeps. */
final class WakingKubectl implements DetailedProgram, CompletionSource {
    private final Kubectl kubectl;
    private final Runnable wake;

    WakingKubectl(Kubectl kubectl, Runnable wake) {
        this.kubectl = kubectl;
        this.wake = wake;
    }

    @Override
    public int run(Invocation invocation, Consumer<RunDetails> report) throws InterruptedException {
        wake.run();
        return kubectl.run(invocation, report);
    }

    @Override
    public Map<String, String> complete(List<String> words, String prefix, Map<String, String> environment) {
        return kubectl.complete(words, prefix, environment);
    }
}
