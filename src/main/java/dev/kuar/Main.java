package dev.kuar;

import dev.kuar.cli.CommandTree;
import dev.kuar.error.Edge;
import dev.kuar.error.UserException;
import dev.kuar.output.Console;
import dev.kuar.output.FailureReport;
import dev.kuar.output.Language;
import dev.kuar.output.Messages;
import dev.kuar.output.Palette;
import dev.kuar.process.Invocation;
import dev.kuar.process.KuarHome;
import dev.kuar.process.ProcessInput;
import dev.kuar.process.Settings;
import dev.kuar.shell.KuarHost;
import dev.kuar.shell.ProcessView;
import dev.kuar.shell.WarmUp;
import java.io.BufferedOutputStream;
import java.io.File;
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
        // A session starts in practice: what is live is said in it, not around it.
        environment.keySet().removeAll(List.of("KUAR_LIVE", "KUAR_LIVE_YES"));
        Invocation invocation = new Invocation(
                "kuar",
                List.of(arguments),
                new ProcessInput(),
                stream(FileDescriptor.out),
                stream(FileDescriptor.err),
                environment,
                Path.of("").toAbsolutePath(),
                new ProcessView(environment));
        KuarHome home = KuarHome.of(environment);
        new Settings(home.configuration())
                .value("language")
                .ifPresent(chosen -> environment.putIfAbsent("KUAR_LANG", chosen));
        LogFile.use(home);
        Map<String, String> own = Map.copyOf(environment);
        Thread.setDefaultUncaughtExceptionHandler(LogFile::uncaught);
        environment.merge("PATH", PracticeWorld.bin(home).toString(), (path, bin) -> bin + File.pathSeparator + path);
        PracticeWorld world = new PracticeWorld(home, own, invocation.directory());
        try {
            KuarHost host = world.host();
            if (arguments.length == 0) {
                return open(host, invocation);
            }
            if (arguments[0].equals("--warm-up")) {
                return WarmUp.run(host, invocation);
            }
            return new CommandTree(host).run(invocation);
        } catch (InterruptedException e) {
            return CommandTree.INTERRUPTED;
        } finally {
            world.close();
            invocation.output().flush();
            invocation.error().flush();
        }
    }

    /** The shell without picocli, which the first prompt does not need. */
    private static int open(KuarHost host, Invocation invocation) throws InterruptedException {
        try {
            return host.openShell(CommandTree.context(invocation, host));
        } catch (UserException e) {
            Messages messages = new Messages(Language.of(invocation.environment()));
            Console console = new Console(invocation.output(), invocation.error(), Palette.PLAIN, messages, () -> 80);
            return new FailureReport(console, false).print(e);
        }
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(
                new BufferedOutputStream(new FileOutputStream(descriptor), BUFFER), true, StandardCharsets.UTF_8);
    }
}
