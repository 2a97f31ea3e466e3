package dev.kuar.practice.container;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** The processes that a shell starts: commands, subshells, pipelines, jobs. */
final class ShellProcesses {
    private final Shell shell;
    private final Task task;

    ShellProcesses(Shell shell) {
        this.shell = shell;
        this.task = shell.task();
    }

    /** @param begun hears of the process before it does anything */
    int external(List<String> words, Map<String, String> extra, boolean last, Consumer<Task> begun)
            throws IOException, InterruptedException {
        Launcher.Found found = task.container()
                .runtime()
                .launcher()
                .find(shell.files(), words.get(0), extra.getOrDefault("PATH", shell.variable("PATH")));
        Tool tool = found.tool();
        List<String> argv = Launcher.argv(found, words);
        if (tool == null
                && found.failure() == Launcher.Failure.FORMAT
                && !found.path().isEmpty()) {
            tool = new ShellTool(false);
            argv = new ArrayList<>(List.of("sh", found.path()));
            argv.addAll(words.subList(1, words.size()));
        }
        if (tool == null && found.failure() == Launcher.Failure.UNMODELLED) {
            shell.error(shell.name + ": " + words.get(0) + ": the practice cluster does not have this program");
            return 126;
        }
        if (tool == null) {
            boolean denied =
                    found.failure() == Launcher.Failure.DENIED || found.failure() == Launcher.Failure.DIRECTORY;
            boolean directory = shell.bash && found.failure() == Launcher.Failure.DIRECTORY;
            String missing = shell.bash
                    ? words.get(0).contains("/") ? ": No such file or directory" : ": command not found"
                    : words.get(0).isEmpty() ? ": Permission denied" : ": not found";
            shell.error(shell.where()
                    + words.get(0)
                    + (directory ? ": Is a directory" : denied ? ": Permission denied" : missing));
            return denied ? 126 : 127;
        }
        if (last && task.pid() != 0 && tool instanceof Tool.Waiting) {
            task.env().putAll(extra);
            throw new ExecInstead(tool, argv, task.container().seen(found, shell.files()));
        }
        Task child = child(
                argv,
                extra,
                shell.fds,
                task.container().seen(found, shell.files()).copy());
        shell.lookup().hit(found.path());
        begun.accept(child);
        Tty tty = child.tty(0);
        AtomicBoolean hit = new AtomicBoolean(shell.isStruck());
        Runnable before = tty == null
                ? null
                : tty.onInterrupt(() -> {
                    hit.set(true);
                    child.signal(Signal.INT);
                });
        if (shell.isStruck()) {
            child.signal(Signal.INT);
        }
        try {
            int code = child.isOver() ? child.await() : hosted(child, tool);
            child.end(code);
            if (hit.get() && code == 128 + Signal.INT) {
                // What Ctrl-C ended takes the rest of its line with it.
                shell.strike();
            }
            return code;
        } catch (BytePipe.BrokenPipe e) {
            child.end(141);
            return 141;
        } catch (FileError e) {
            child.end(1);
            child.printError(child.name() + ": " + e.path() + ": " + e.words() + "\n");
            return 1;
        } finally {
            if (!child.isOver()) {
                child.end(130);
            }
            if (tty != null) {
                tty.onInterrupt(before);
            }
        }
    }

    /** Runs a program, and whatever it turns itself into. */
    private static int hosted(Task child, Tool tool) throws IOException, InterruptedException {
        try {
            return child.host(tool);
        } catch (ExecInstead next) {
            child.become(next);
            return hosted(child, next.tool());
        }
    }

    private Task child(List<String> argv, Map<String, String> extra, Map<Integer, Fd> its) {
        return child(argv, extra, its, shell.files().copy());
    }

    private Task child(List<String> argv, Map<String, String> extra, Map<Integer, Fd> its, FileView files) {
        Map<String, String> env = Variables.copyOf(task.env());
        env.putAll(extra);
        Task child = new Task(task.container(), task.container().nextPid(), task.pid(), argv, env, its, files);
        child.renice(task.niceness());
        task.container().add(child);
        return child;
    }

    private Shell fork(Task as, Map<Integer, Fd> its) {
        Shell copy = new Shell(as);
        copy.fds = its;
        copy.variables().putAll(shell.variables());
        copy.bash = shell.bash;
        copy.interactive = shell.interactive;
        copy.reads = shell.reads;
        copy.line = shell.line;
        copy.pid = shell.pid;
        copy.lastJob = shell.lastJob;
        copy.from = shell.from;
        shell.options().copyTo(copy.options());
        copy.aliases().putAll(shell.aliases());
        copy.constants().addAll(shell.constants());
        copy.sourced = shell.sourced;
        copy.isNamed = shell.isNamed;
        shell.arrays.copyTo(copy.arrays);
        copy.functions().putAll(shell.functions());
        copy.name = shell.name;
        copy.status = shell.status;
        copy.subshell = true;
        copy.isPartOf(shell);
        copy.replaceArguments(shell.positional());
        return copy;
    }

    int forked(ShellNode body, Map<Integer, Fd> its) throws IOException, InterruptedException {
        Task child = child(task.args(), Map.of(), its);
        int code = child.host(t -> runToEnd(fork(t, its), body));
        child.end(code);
        return code;
    }

    /** Runs what a forked shell is for; the exit code. */
    private static int runToEnd(Shell forked, ShellNode body) throws IOException, InterruptedException {
        try {
            return forked.run(body, false);
        } catch (ShellState.Jump jump) {
            return jump.kind.equals("exit") || jump.kind.equals("return") ? jump.value : forked.status;
        } catch (ShellState.Failure e) {
            forked.say(e);
            return e.code;
        } catch (BytePipe.BrokenPipe e) {
            return 141;
        }
    }

    void background(ShellNode node) throws IOException {
        Map<Integer, Fd> its = new TreeMap<>(shell.fds);
        if (task.tty(0) == null) {
            its.put(0, Fd.NULL);
        }
        Task child = child(task.args(), Map.of(), its);
        shell.lastJob = child.pid();
        shell.jobs.add(child, node);
        task.container().runtime().run(child, t -> {
            Shell job = fork(t, its);
            job.standAlone();
            return runToEnd(job, node);
        });
        shell.status = 0;
    }

    int pipeline(ShellNode.Pipeline pipeline) throws IOException, InterruptedException {
        List<Task> children = new ArrayList<>();
        Fd input = shell.fds.getOrDefault(0, Fd.NULL);
        List<ShellNode> parts = pipeline.parts();
        for (int i = 0; i < parts.size() - 1; i++) {
            BytePipe pipe = new BytePipe();
            Map<Integer, Fd> its = new TreeMap<>(shell.fds);
            its.put(0, input);
            Fd output = Fd.writing(pipe.out());
            its.put(1, output);
            Task child = child(task.args(), Map.of(), its);
            ShellNode part = parts.get(i);
            Fd from = i == 0 ? Fd.NULL : input;
            child.atEnd(() -> closeBoth(from, output));
            children.add(child);
            task.container().runtime().run(child, t -> runToEnd(fork(t, its), part));
            input = Fd.reading(pipe.in());
        }
        Map<Integer, Fd> its = new TreeMap<>(shell.fds);
        its.put(0, input);
        int code = parts.size() == 1 ? shell.run(parts.get(0), false) : forked(parts.get(parts.size() - 1), its);
        if (parts.size() > 1) {
            closeBoth(input, Fd.NULL);
            for (int i = children.size() - 1; i >= 0; i--) {
                int theirs = children.get(i).await();
                code = shell.options().is("pipefail") && code == 0 ? theirs : code;
            }
        }
        return pipeline.negated() ? code == 0 ? 1 : 0 : code;
    }

    @SuppressWarnings("ReferenceEquality") // NULL is one object
    private static void closeBoth(Fd one, Fd other) {
        try {
            if (one != Fd.NULL) {
                one.close();
            }
            if (other != Fd.NULL) {
                other.close();
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Runs a command that reads these bytes. */
    void feed(String script, byte[] input) throws IOException, InterruptedException {
        Map<Integer, Fd> its = new TreeMap<>(shell.fds);
        its.put(0, Fd.reading(new java.io.ByteArrayInputStream(input)));
        try {
            shell.status = forked(ShellParser.parse(script, shell, 1), its);
        } catch (ShellSyntaxError e) {
            throw new ShellState.Failure(String.valueOf(e.getMessage()), 2);
        }
    }

    /** What a command prints, without the newlines at its end. */
    String output(String script) throws IOException, InterruptedException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Map<Integer, Fd> its = new TreeMap<>(shell.fds);
        its.put(1, Fd.writing(bytes));
        ShellNode node;
        try {
            node = ShellParser.parse(script, shell, 1);
        } catch (ShellSyntaxError e) {
            throw new ShellState.Failure(String.valueOf(e.getMessage()), 2);
        }
        int from = shell.from;
        shell.from = shell.line;
        try {
            shell.status = forked(node, its);
        } finally {
            shell.from = from;
        }
        return bytes.toString(StandardCharsets.UTF_8).replaceAll("\n+$", "");
    }
}
