package dev.kuar.shell.language;

import dev.kuar.kube.CommandRun;
import dev.kuar.output.SafeText;
import dev.kuar.process.DetailedProgram;
import dev.kuar.process.Invocation;
import dev.kuar.process.ProgramRegistry.Found;
import dev.kuar.process.RunDetails;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Runs a tool and hands what it did to whoever listens: the tutor. */
final class Recorder {
    private static final int INTERRUPTED = 130;

    private final Clock clock;
    private final Consumer<CommandRun> listener;

    Recorder(Clock clock, Consumer<CommandRun> listener) {
        this.clock = clock;
        this.listener = listener;
    }

    int run(Found found, String line, Invocation invocation) throws InterruptedException {
        Capture output = new Capture(invocation.output());
        Capture error = new Capture(invocation.error());
        Invocation captured = new Invocation(
                invocation.name(),
                invocation.arguments(),
                invocation.input(),
                output.stream(),
                error.stream(),
                invocation.environment(),
                invocation.directory(),
                invocation.terminal());
        RunDetails[] details = {RunDetails.NONE};
        Instant started = clock.instant();
        int exit = INTERRUPTED;
        try {
            exit = found.program() instanceof DetailedProgram program
                    ? program.run(captured, reported -> details[0] = reported)
                    : found.program().run(captured);
            return exit;
        } finally {
            captured.output().flush();
            captured.error().flush();
            listener.accept(record(found.name(), line, captured, details[0], exit, output, error, started));
        }
    }

    private CommandRun record(
            String tool,
            String line,
            Invocation invocation,
            RunDetails details,
            int exit,
            Capture output,
            Capture error,
            Instant started) {
        String verb = details.verb().isEmpty()
                ? invocation.arguments().stream()
                        .filter(word -> !word.startsWith("-"))
                        .findFirst()
                        .orElse("")
                : details.verb();
        return new CommandRun(
                Secrets.mask(line),
                tool,
                invocation.arguments(),
                verb,
                details.apiVersion(),
                details.kind(),
                details.namespace(),
                details.names(),
                details.flags().isEmpty() ? longFlags(invocation) : details.flags(),
                details.context(),
                exit,
                SafeText.of(output.text()),
                SafeText.of(error.text()),
                started,
                clock.instant(),
                details.rows());
    }

    /** The long flags among the words, for a tool that doesn't tell them: a bare one is {@code true}. */
    private static Map<String, String> longFlags(Invocation invocation) {
        Map<String, String> flags = new HashMap<>();
        for (String word : invocation.arguments()) {
            if (word.equals("--")) {
                break;
            }
            if (word.startsWith("--")) {
                int equals = word.indexOf('=');
                flags.put(
                        equals < 0 ? word.substring(2) : word.substring(2, equals),
                        equals < 0 ? "true" : word.substring(equals + 1));
            }
        }
        return flags;
    }
}
