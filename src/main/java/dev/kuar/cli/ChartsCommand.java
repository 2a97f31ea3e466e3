package dev.kuar.cli;

import dev.kuar.error.Fault;
import dev.kuar.error.UserException;
import dev.kuar.tool.ChartRepository;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jline.utils.Signals;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Parses {@code kuar practice charts}; {@link ChartRepository} does the work until it is told to stop. */
@Command(
        name = "charts",
        description = "Serve practice's charts to a real Helm until Ctrl-C or SIGTERM.",
        footer = {"  kuar practice charts --port 8879", "  helm repo add practice http://127.0.0.1:8879"})
final class ChartsCommand implements Callable<Integer> {
    private final CommandContext context;

    @Option(names = "--port", paramLabel = "P", defaultValue = "0", description = "On 127.0.0.1; any free one without.")
    int port;

    ChartsCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        try (ChartRepository repository = ChartRepository.start(port)) {
            Object before = Signals.register("TERM", end::countDown);
            Object interrupt = Signals.register("INT", end::countDown);
            try {
                context.console().say("cli.charts.address", repository.url());
                context.console().output().flush();
                end.await();
            } finally {
                Signals.unregister("TERM", before);
                Signals.unregister("INT", interrupt);
            }
            return 0;
        } catch (IOException taken) {
            throw UserException.saying(
                    Fault.FILE, "cli.charts.port", Integer.toString(port), String.valueOf(taken.getMessage()));
        } catch (IllegalArgumentException outside) {
            throw UserException.saying(Fault.USAGE, "cli.charts.range", Integer.toString(port));
        }
    }
}
