package dev.kuar;

import dev.kuar.cli.CommandContext;
import dev.kuar.cli.CommandTree;
import dev.kuar.cli.Host;
import dev.kuar.error.Edge;
import dev.kuar.process.Invocation;
import dev.kuar.process.KuarHome;
import dev.kuar.process.TerminalView;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Wires the program; the only place that exits. */
@Edge("the entry point")
public final class Main {
    private static final int BUFFER = 8192;

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    private static int run(String[] arguments) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        Invocation invocation = new Invocation(
                "kuar",
                List.of(arguments),
                System.in,
                stream(FileDescriptor.out),
                stream(FileDescriptor.err),
                environment,
                Path.of("").toAbsolutePath(),
                TerminalView.NONE);
        try {
            return new CommandTree(new Wiring(KuarHome.of(environment))).run(invocation);
        } catch (InterruptedException e) {
            return CommandTree.INTERRUPTED;
        } finally {
            invocation.output().flush();
            invocation.error().flush();
        }
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(
                new java.io.BufferedOutputStream(new FileOutputStream(descriptor), BUFFER),
                true,
                StandardCharsets.UTF_8);
    }

    private record Wiring(KuarHome home) implements Host {
        @Override
        public int openShell(CommandContext context) {
            return 0;
        }

        @Override
        public int runLines(CommandContext context, List<String> lines, boolean keepGoing) {
            return 0;
        }
    }
}
