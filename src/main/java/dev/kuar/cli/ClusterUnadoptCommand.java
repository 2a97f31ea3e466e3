package dev.kuar.cli;

import dev.kuar.error.UserException;
import dev.kuar.guard.GuardReason;
import dev.kuar.output.SafeText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Parses {@code kuar cluster unadopt}: makes an adopted context read-only again. */
@Command(
        name = "unadopt",
        description = "Make an adopted context read-only again.",
        footer = "  kuar cluster unadopt my-context")
final class ClusterUnadoptCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(paramLabel = "CONTEXT", description = "As cluster list names it.")
    String name = "";

    ClusterUnadoptCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (!context.host().clusters().unadopt(name)) {
            throw UserException.saying(GuardReason.NO_SUCH_CONTEXT, "cluster.was-not-adopted", name);
        }
        context.console().say("cluster.unadopted", SafeText.of(name));
        return 0;
    }
}
