package dev.kuar.awk;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The files and commands that a program has open, by their names. */
final class Streams {
    private final AwkHost host;
    private final AwkDialect dialect;
    private final OutputStream standard;
    private final Map<String, Sink> sinks = new LinkedHashMap<>();
    private final Map<String, Source> sources = new LinkedHashMap<>();
    private @Nullable RecordReader input;

    private record Sink(OutputStream out, @Nullable Command command) {}

    private record Source(RecordReader reader, @Nullable Command command) {}

    Streams(AwkHost host, AwkDialect dialect) {
        this.host = host;
        this.dialect = dialect;
        this.standard = new BufferedOutputStream(host.output());
    }

    /** @param redirect as the program writes it; empty for standard output */
    void print(String text, String redirect, String target) throws IOException {
        OutputStream out = redirect.isEmpty() ? standard : sink(redirect, target);
        out.write(text.getBytes(StandardCharsets.UTF_8));
        if (out == standard ? host.isWatched() && text.endsWith("\n") : out instanceof Straight) {
            out.flush();
        }
    }

    private OutputStream sink(String redirect, String target) throws IOException {
        Sink open = sinks.get(target);
        if (open != null) {
            return open.out();
        }
        Sink made;
        if (redirect.equals("|")) {
            flush();
            Pipe pipe = new Pipe();
            made = new Sink(new BufferedOutputStream(pipe.sink), Command.writing(host, target, pipe));
        } else if (target.equals("/dev/stdout") || target.equals("-")) {
            return standard;
        } else if (target.equals("/dev/stderr")) {
            made = new Sink(new Straight(host.error()), null);
        } else {
            try {
                made = new Sink(new BufferedOutputStream(host.create(target, redirect.equals(">>"))), null);
            } catch (AwkHost.Refused e) {
                throw dialect.cannotWrite(target, e.words());
            }
        }
        sinks.put(target, made);
        return made.out();
    }

    /** What needs no buffer and is not the program's to close. */
    private static final class Straight extends FilterOutputStream {
        Straight(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }

    /** Standard input, for whoever reads it. */
    RecordReader input() {
        RecordReader reader = input;
        if (reader == null) {
            reader = new RecordReader(host.input(), this::flushStandard);
            input = reader;
        }
        return reader;
    }

    /** A file of the command line. */
    RecordReader file(String path) throws AwkHost.Refused, IOException {
        return path.equals("-") || path.equals("/dev/stdin")
                ? input()
                : new RecordReader(host.open(path), this::flushStandard);
    }

    /** What {@code getline} reads from; null where that cannot be opened. */
    @Nullable
    RecordReader source(String name, boolean command) throws IOException {
        Source open = sources.get(name);
        if (open != null) {
            return open.reader();
        }
        Source made;
        if (command) {
            flush();
            Pipe pipe = new Pipe();
            made = new Source(new RecordReader(pipe.source, this::flushStandard), Command.reading(host, name, pipe));
        } else {
            try {
                made = new Source(file(name), null);
            } catch (AwkHost.Refused e) {
                return null;
            }
        }
        sources.put(name, made);
        return made.reader();
    }

    private void flushStandard() throws IOException {
        if (host.isWatched()) {
            standard.flush();
        }
    }

    void flush() throws IOException {
        standard.flush();
        for (Sink sink : sinks.values()) {
            flush(sink);
        }
    }

    private static void flush(Sink sink) throws IOException {
        try {
            sink.out().flush();
        } catch (AwkHost.Gone e) {
            // The command has read enough.
            return;
        }
    }

    /** Flushes one; false where it is not open. */
    boolean flush(String name) throws IOException {
        Sink sink = sinks.get(name);
        if (sink != null) {
            flush(sink);
        }
        return sink != null;
    }

    /** Closes what has that name and says how its command ended; -1 where nothing has. */
    int close(String name) throws IOException, InterruptedException {
        int code = -1;
        Sink sink = sinks.remove(name);
        if (sink != null) {
            code = close(sink);
        }
        Source source = sources.remove(name);
        if (source != null) {
            if (source.reader() != input) {
                source.reader().close();
            }
            Command command = source.command();
            code = command == null ? 0 : command.await();
        }
        return code;
    }

    private int close(Sink sink) throws IOException, InterruptedException {
        Command command = sink.command();
        if (command != null) {
            standard.flush();
        }
        try {
            sink.out().close();
        } catch (AwkHost.Gone e) {
            // The command has read enough.
            return command == null ? 0 : command.await();
        }
        return command == null ? 0 : command.await();
    }

    int run(String line) throws IOException, InterruptedException {
        flush();
        return host.run(line, host.input(), host.output());
    }

    /** Closes all, and waits for the commands. */
    void finish() throws IOException, InterruptedException {
        standard.flush();
        for (String name : new ArrayList<>(sinks.keySet())) {
            close(name);
        }
        for (String name : new ArrayList<>(sources.keySet())) {
            close(name);
        }
    }

    /** Ends the commands of a program that was ended. */
    void abandon() {
        for (Sink sink : sinks.values()) {
            if (sink.command() != null) {
                sink.command().interrupt();
            }
        }
        for (Source source : sources.values()) {
            if (source.command() != null) {
                source.command().interrupt();
            }
        }
    }
}
