package dev.kuar.shell.shim;

import dev.kuar.process.BrokenPipeException;
import dev.kuar.process.Invocation;
import dev.kuar.process.Outpost;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** One run for a process that called: from its request to its exit code. What its script does stands in {@code shim.sh}. */
final class ShimCall implements Runnable {
    private static final int INTERRUPTED = 130;
    private static final int BROKEN_PIPE = 141;
    private static final int CANNOT_RUN = 126;

    private final Path folder;
    private final String process;
    private final Shims.Runner runner;
    private final CompletableFuture<Integer> ended = new CompletableFuture<>();
    private @Nullable Thread running;
    private boolean interrupted;
    private volatile @Nullable ShimTerminal terminal;

    /** {@code process} is the id of the script, after which its files are called. */
    ShimCall(Path folder, String process, Shims.Runner runner) {
        this.folder = folder;
        this.process = process;
        this.runner = runner;
    }

    /** Ends what runs, as Ctrl-C does; also what is about to. */
    synchronized void interrupt() {
        interrupted = true;
        if (running != null) {
            running.interrupt();
        }
    }

    private synchronized void begin() {
        running = Thread.currentThread();
        if (interrupted) {
            running.interrupt();
        }
    }

    private synchronized void end() {
        running = null;
    }

    void resized(String size) {
        ShimTerminal known = terminal;
        if (known != null) {
            known.size(size);
        }
    }

    /** Says how the program that the script was told to run ended. */
    void ended(String code) {
        ended.complete(code.matches("\\d{1,3}") ? Integer.parseInt(code) : CANNOT_RUN);
    }

    @Override
    public void run() {
        try (OutputStream orders = new FileOutputStream(file("do").toFile())) {
            ShimRequest request = ShimRequest.parse(Files.readString(file("call"), StandardCharsets.UTF_8));
            int exit = run(request, order -> give(orders, order));
            give(orders, "exit " + exit);
        } catch (IOException gone) {
            // The caller was killed: nobody waits for an answer.
            return;
        } finally {
            for (String each : List.of("do", "in", "out", "err", "childout", "childerr", "call", "run")) {
                var unused = file(each).toFile().delete();
            }
        }
    }

    private int run(ShimRequest request, Orders orders) throws IOException {
        try (PrintStream out = printing(file("out"));
                PrintStream err = printing(file("err"))) {
            PrintStream error = request.has('s') ? out : err;
            ShimTerminal view = new ShimTerminal(request, orders, outpost(request, orders));
            terminal = view;
            begin();
            return runner.run(
                    request,
                    new Invocation(
                            request.words().get(0),
                            request.words().subList(1, request.words().size()),
                            new LazyInput(file("in"), orders),
                            out,
                            error,
                            new HashMap<>(request.variables()),
                            request.directory(),
                            view));
        } catch (InterruptedException e) {
            return INTERRUPTED;
        } catch (BrokenPipeException e) {
            return BROKEN_PIPE;
        } finally {
            end();
        }
    }

    private Outpost outpost(ShimRequest request, Orders orders) {
        return (executable, invocation) -> {
            boolean output = invocation.terminal().outputIsTerminal();
            boolean error = invocation.terminal().errorIsTerminal();
            try {
                Files.writeString(file("run"), script(executable, invocation, request.variables()));
            } catch (IOException e) {
                invocation.error().print(invocation.name() + ": " + e.getMessage() + "\n");
                return CANNOT_RUN;
            }
            invocation.output().flush();
            invocation.error().flush();
            orders.give("run " + (output ? "o" : "") + (error ? "e" : ""));
            Thread first = output ? null : ChildOutput.pump(file("childout"), invocation.output());
            Thread second = error ? null : ChildOutput.pump(file("childerr"), invocation.error());
            int exit = await();
            for (Thread pump : new Thread[] {first, second}) {
                if (pump != null) {
                    pump.join();
                }
            }
            return exit;
        };
    }

    private int await() throws InterruptedException {
        try {
            return ended.get();
        } catch (ExecutionException impossible) {
            return CANNOT_RUN;
        }
    }

    /** The program with its words, and the variables that are others than the caller's. */
    private static String script(Path executable, Invocation run, Map<String, String> known) {
        StringBuilder script = new StringBuilder();
        run.environment().forEach((name, value) -> {
            if (!value.equals(known.get(name)) && !name.equals("PATH") && name.matches("[A-Za-z_]\\w*")) {
                script.append("export ")
                        .append(name)
                        .append('=')
                        .append(quoted(value))
                        .append('\n');
            }
        });
        script.append("exec ").append(quoted(executable.toString()));
        run.arguments().forEach(word -> script.append(' ').append(quoted(word)));
        return script.append('\n').toString();
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    private static synchronized void give(OutputStream orders, String order) {
        try {
            orders.write((order + "\n").getBytes(StandardCharsets.UTF_8));
            orders.flush();
        } catch (IOException gone) {
            // The script was killed; what it called for ends by itself.
            return;
        }
    }

    private static PrintStream printing(Path pipe) throws IOException {
        return new PrintStream(new ChildOutput(new FileOutputStream(pipe.toFile())), false, StandardCharsets.UTF_8);
    }

    private Path file(String name) {
        return folder.resolve(process + "." + name);
    }
}
