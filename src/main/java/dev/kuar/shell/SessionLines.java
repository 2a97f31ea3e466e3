package dev.kuar.shell;

import dev.kuar.kube.CommandRun;
import dev.kuar.process.TerminalView;
import dev.kuar.shell.language.ExitException;
import dev.kuar.shell.language.Session;
import dev.kuar.shell.language.Streams;
import dev.kuar.tutor.LineRunner;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Runs the tutor's lines in a session without a terminal, as if they were typed, and keeps what they print and run. */
final class SessionLines implements LineRunner {
    private final Workplace workplace;
    private final PrintStream shown;
    private final List<CommandRun> runs = Collections.synchronizedList(new ArrayList<>());

    SessionLines(Workplace workplace, PrintStream shown) {
        this.workplace = workplace;
        this.shown = shown;
        workplace.listen(runs::add);
    }

    @Override
    public Result run(String line) throws InterruptedException {
        return run(line, workplace.session());
    }

    @Override
    public Result runElsewhere(String line) throws InterruptedException {
        Result result = run(line, workplace.session().copy());
        return new Result(result.exit(), result.output(), List.of());
    }

    private Result run(String line, Session session) throws InterruptedException {
        runs.clear();
        Kept kept = new Kept(shown);
        PrintStream out = new PrintStream(kept, false, StandardCharsets.UTF_8);
        Streams streams = Streams.of(InputStream.nullInputStream(), out, out, TerminalView.NONE);
        int exit = 0;
        try {
            for (String whole : Statements.of(line)) {
                exit = workplace.run(whole, session, streams);
            }
        } catch (ExitException e) {
            exit = e.status();
        }
        out.flush();
        shown.flush();
        synchronized (runs) {
            return new Result(exit, kept.text(), runs);
        }
    }

    @Override
    public Map<String, String> environment() {
        return workplace.session().environment();
    }

    @Override
    public Path folder() {
        return workplace.session().directory();
    }

    @Override
    public void close() {
        workplace.leave();
    }

    /** Shows and keeps, at most 1 MiB. */
    private static final class Kept extends OutputStream {
        private static final int LIMIT = 1 << 20;

        private final OutputStream shown;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Kept(OutputStream shown) {
            this.shown = shown;
        }

        String text() {
            return bytes.toString(StandardCharsets.UTF_8);
        }

        @Override
        public void write(int b) throws java.io.IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public synchronized void write(byte[] source, int offset, int length) throws java.io.IOException {
            shown.write(source, offset, length);
            bytes.write(source, offset, Math.min(length, LIMIT - bytes.size()));
        }
    }
}
