package dev.kuar.shell.language;

import dev.kuar.error.Fault;
import dev.kuar.error.UserException;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Opens the files of redirections and closes them again. */
final class Redirector implements Closeable {
    private final Session session;
    private final Expander expander;
    private final List<Closeable> open = new ArrayList<>();

    Redirector(Session session, Expander expander) {
        this.session = session;
        this.expander = expander;
    }

    /** The streams after all redirections, from left to right. */
    Streams apply(List<Redirection> redirections, Streams streams) throws InterruptedException {
        Streams result = streams;
        for (Redirection redirection : redirections) {
            result = apply(redirection, result);
        }
        return result;
    }

    private Streams apply(Redirection redirection, Streams streams) throws InterruptedException {
        String target = expander.text(redirection.target().get());
        return switch (redirection.kind()) {
            case TEXT -> streams.withInput(new ByteArrayInputStream(target.getBytes(StandardCharsets.UTF_8)));
            case READ -> streams.withInput(read(target));
            case WRITE -> write(redirection.stream(), streams, target, StandardOpenOption.TRUNCATE_EXISTING);
            case APPEND -> write(redirection.stream(), streams, target, StandardOpenOption.APPEND);
            case BOTH ->
                write(1, streams, target, StandardOpenOption.TRUNCATE_EXISTING).errorToOutput();
            case DUPLICATE -> {
                if (redirection.stream() == 2 && target.equals("1")) {
                    yield streams.errorToOutput();
                }
                if (redirection.stream() == 1 && target.equals("2")) {
                    yield streams.outputToError();
                }
                throw UserException.saying(Fault.USAGE, "shell.bad-duplicate", redirection.stream() + ">&" + target);
            }
        };
    }

    private Streams write(int stream, Streams streams, String target, OpenOption mode) {
        if (target.equals("/dev/null")) {
            PrintStream nowhere =
                    new PrintStream(java.io.OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
            return stream == 2 ? streams.withError(nowhere) : streams.withOutput(nowhere);
        }
        Path file = session.directory().resolve(target);
        try {
            PrintStream out = new PrintStream(
                    Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, mode),
                    false,
                    StandardCharsets.UTF_8);
            open.add(out);
            return stream == 2 ? streams.withError(out) : streams.withOutput(out);
        } catch (IOException e) {
            throw failure(target, e);
        }
    }

    private InputStream read(String target) {
        try {
            InputStream in = Files.newInputStream(session.directory().resolve(target));
            open.add(in);
            return in;
        } catch (IOException e) {
            throw failure(target, e);
        }
    }

    private static UserException failure(String target, IOException e) {
        if (e instanceof NoSuchFileException) {
            return UserException.saying(Fault.FILE, "shell.no-such-file", target);
        }
        String key = e instanceof AccessDeniedException ? "shell.not-permitted" : "shell.file-failed";
        return UserException.saying(Fault.FILE, key, target).because(e);
    }

    @Override
    public void close() {
        for (Closeable file : open) {
            try {
                file.close();
            } catch (IOException e) {
                throw UserException.saying(Fault.FILE, "shell.file-failed", "").because(e);
            }
        }
    }
}
