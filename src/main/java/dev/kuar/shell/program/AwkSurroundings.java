package dev.kuar.shell.program;

import dev.kuar.awk.AwkHost;
import dev.kuar.process.BrokenPipeException;
import dev.kuar.process.Invocation;
import dev.kuar.shell.language.Evaluator;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.function.Supplier;

/** What an awk of this shell sees: the streams and files of its run, and the shell's lines. */
final class AwkSurroundings implements AwkHost {
    private static final int BROKEN_PIPE = 141;

    private final Invocation invocation;
    private final Supplier<Evaluator> evaluators;

    AwkSurroundings(Invocation invocation, Supplier<Evaluator> evaluators) {
        this.invocation = invocation;
        this.evaluators = evaluators;
    }

    @Override
    public InputStream input() {
        return invocation.input();
    }

    @Override
    public OutputStream output() {
        return invocation.output();
    }

    @Override
    public OutputStream error() {
        return invocation.error();
    }

    @Override
    public boolean isWatched() {
        return invocation.terminal().outputIsTerminal();
    }

    @Override
    public InputStream open(String path) throws Refused, IOException {
        Path file = invocation.directory().resolve(path);
        if (Files.isDirectory(file)) {
            throw new Refused("Is a directory");
        }
        try {
            return Files.newInputStream(file);
        } catch (NoSuchFileException | AccessDeniedException e) {
            throw refused(e);
        }
    }

    @Override
    public OutputStream create(String path, boolean append) throws Refused, IOException {
        if (path.equals("/dev/null")) {
            return OutputStream.nullOutputStream();
        }
        Path file = invocation.directory().resolve(path);
        if (Files.isDirectory(file)) {
            throw new Refused("Is a directory");
        }
        try {
            return Files.newOutputStream(
                    file,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE,
                    append ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING);
        } catch (NoSuchFileException | AccessDeniedException e) {
            throw refused(e);
        }
    }

    private static Refused refused(IOException failure) {
        return new Refused(failure instanceof NoSuchFileException ? "No such file or directory" : "Permission denied");
    }

    @Override
    public int run(String command, InputStream input, OutputStream output) throws InterruptedException {
        PrintStream out = output == invocation.output()
                ? invocation.output()
                : new PrintStream(new Breaking(output), true, StandardCharsets.UTF_8);
        Invocation around = new Invocation(
                invocation.name(),
                invocation.arguments(),
                invocation.input(),
                out,
                invocation.error(),
                invocation.environment(),
                invocation.directory(),
                invocation.terminal());
        try {
            return evaluators.get().runLine(command, around, input);
        } catch (BrokenPipeException e) {
            if (out == invocation.output()) {
                throw e;
            }
            return BROKEN_PIPE;
        } finally {
            out.flush();
        }
    }

    /** Ends the writer when nobody reads any more; a print stream would swallow that. */
    private static final class Breaking extends FilterOutputStream {
        Breaking(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                out.write(bytes, offset, length);
            } catch (Gone e) {
                throw new BrokenPipeException();
            }
        }
    }

    @Override
    public Map<String, String> environment() {
        return invocation.environment();
    }

    @Override
    public long seconds() {
        return java.time.Clock.systemUTC().instant().getEpochSecond();
    }

    @Override
    public void turn() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }
}
