package dev.kuar.shell;

import dev.kuar.kube.CommandRun;
import dev.kuar.output.Console;
import dev.kuar.output.Language;
import dev.kuar.output.Messages;
import dev.kuar.output.Palette;
import dev.kuar.process.ProgramRegistry;
import dev.kuar.process.TerminalView;
import dev.kuar.shell.language.Environment;
import dev.kuar.shell.language.Evaluator;
import dev.kuar.shell.language.LineSyntaxException;
import dev.kuar.shell.language.Readiness;
import dev.kuar.shell.language.Session;
import dev.kuar.shell.language.Streams;
import dev.kuar.shell.language.SyntaxReport;
import dev.kuar.shell.program.BuiltIns;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

/** A session with all built-in programs, without a terminal, whose output is kept. */
final class LineFixture {
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    final ProgramRegistry programs = new ProgramRegistry();
    final List<CommandRun> runs = Collections.synchronizedList(new ArrayList<>());
    final Session session;
    private final Environment environment;

    LineFixture(Path directory) {
        session = new Session(Map.of("HOME", "/home/me", "PATH", "/usr/bin:/bin", "GREETING", "hi there"), directory);
        environment = new Environment(
                programs,
                runs::add,
                Clock.systemUTC(),
                UnaryOperator.identity(),
                s -> new Messages(Language.EN),
                new AtomicBoolean(),
                Readiness.NONE,
                java.util.concurrent.ConcurrentHashMap.newKeySet(),
                Map::copyOf);
        BuiltIns.addTo(programs, s -> new Evaluator(environment, s), Optional::empty);
    }

    int run(String line) throws InterruptedException {
        PrintStream out = new PrintStream(output, true, StandardCharsets.UTF_8);
        Streams streams = Streams.of(InputStream.nullInputStream(), out, out, TerminalView.NONE);
        try {
            return new Evaluator(environment, session).run(line, streams);
        } catch (LineSyntaxException e) {
            return SyntaxReport.print(e, new Console(out, out, Palette.PLAIN, new Messages(Language.EN), () -> 80));
        }
    }

    /** What was printed since the last call. */
    String printed() {
        String text = output.toString(StandardCharsets.UTF_8);
        output.reset();
        return text;
    }

    String outputOf(String line) throws InterruptedException {
        run(line);
        return printed();
    }
}
