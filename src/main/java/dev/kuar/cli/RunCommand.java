package dev.kuar.cli;

import dev.kuar.error.Fault;
import dev.kuar.error.UserException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Parses {@code kuar run}. */
@Command(
        name = "run",
        description = "Run lines of the shell without a terminal; stop at the first that fails, with its exit code.",
        footer = {
            "  kuar run -c 'kind create cluster --wait 5m' -c 'kubectl get nodes'",
            "  kuar run --keep-going lines.txt"
        })
final class RunCommand implements Callable<Integer> {
    private final CommandContext context;

    @Option(names = "--keep-going", description = "Go on after a line that failed.")
    boolean keepGoing;

    @ArgGroup(multiplicity = "1")
    Lines lines = new Lines();

    static final class Lines {
        @Option(names = "-c", paramLabel = "LINE", description = "A line to run; give it several times for several.")
        List<String> given = new ArrayList<>();

        @Parameters(paramLabel = "FILE", arity = "0..1", description = "A file of lines; - reads standard input.")
        String file = "";
    }

    RunCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InterruptedException {
        List<String> all = lines.file.isEmpty() ? lines.given : List.of(read(lines.file));
        return context.host().runLines(context, all, keepGoing);
    }

    private String read(String file) {
        try {
            if (file.equals("-")) {
                return new String(context.invocation().input().readAllBytes(), StandardCharsets.UTF_8);
            }
            Path path = context.invocation().directory().resolve(file);
            return Files.readString(path, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw UserException.saying(Fault.FILE, "cli.no-such-file", file);
        } catch (IOException e) {
            throw UserException.saying(Fault.FILE, "cli.file-unreadable", file).because(e);
        }
    }
}
