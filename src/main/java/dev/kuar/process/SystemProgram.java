package dev.kuar.process;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A program of the system, run as a child process; it inherits the terminal where its streams are the terminal. */
public final class SystemProgram implements Program {
    private static final int CANNOT_RUN = 126;
    private static final long PATIENCE = 2;

    private final Path executable;
    private final List<String> first;

    /** Runs {@code executable} with {@code first} before the words of each run. */
    public SystemProgram(Path executable, String... first) {
        this.executable = executable;
        this.first = List.of(first);
    }

    @Override
    public int run(Invocation invocation) throws InterruptedException {
        List<String> arguments = new ArrayList<>(first);
        arguments.addAll(invocation.arguments());
        Optional<Outpost> outpost = invocation.terminal().outpost();
        if (outpost.isPresent()) {
            return outpost.get().run(executable, invocation.withArguments(invocation.name(), arguments));
        }
        List<String> words = new ArrayList<>(List.of(executable.toString()));
        words.addAll(arguments);
        TerminalView terminal = invocation.terminal();
        boolean own = terminal.ofProcess();
        boolean input = own && (terminal.inputIsTerminal() || invocation.input() instanceof ProcessInput);
        boolean output = own && terminal.outputIsTerminal();
        boolean error = own && terminal.errorIsTerminal();
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(new File(invocation.directory().toString()))
                .redirectInput(input ? Redirect.INHERIT : Redirect.PIPE)
                .redirectOutput(output ? Redirect.INHERIT : Redirect.PIPE)
                .redirectError(error ? Redirect.INHERIT : Redirect.PIPE);
        builder.environment().clear();
        builder.environment().putAll(invocation.environment());
        invocation.output().flush();
        invocation.error().flush();
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            invocation.error().print(invocation.name() + ": " + e.getMessage() + "\n");
            return CANNOT_RUN;
        }
        return attend(process, invocation, input);
    }

    private static int attend(Process process, Invocation invocation, boolean inherited) throws InterruptedException {
        List<Thread> pumps = new ArrayList<>();
        pumps.add(pump(process.getInputStream(), invocation.output(), false));
        pumps.add(pump(process.getErrorStream(), invocation.error(), false));
        if (!inherited) {
            pump(invocation.input(), process.getOutputStream(), true).setName("child-input");
        }
        try {
            int exit = process.waitFor();
            for (Thread pump : pumps) {
                pump.join();
            }
            return exit;
        } catch (InterruptedException e) {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
            if (!process.waitFor(PATIENCE, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            throw e;
        }
    }

    private static Thread pump(InputStream from, OutputStream to, boolean closing) {
        Thread thread = new Thread(() -> copy(from, to, closing), "child-output");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void copy(InputStream from, OutputStream to, boolean closing) {
        byte[] buffer = new byte[8192];
        try {
            for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
                to.write(buffer, 0, n);
                to.flush();
            }
        } catch (IOException | BrokenPipeException e) {
            // One of the two ends is gone: the child ended or nobody reads its output any more.
            return;
        } finally {
            close(closing ? to : from);
        }
    }

    private static void close(Closeable stream) {
        try {
            stream.close();
        } catch (IOException e) {
            // The child is gone already; there is nobody left to tell.
            return;
        }
    }
}
