package dev.kuar.shell.language;

import dev.kuar.output.FailureReport;
import dev.kuar.process.BrokenPipeException;
import dev.kuar.process.Invocation;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Runs lines in a session.
 *
 * <p>A line runs on the calling thread; interrupting it ends the line. The stages of a pipeline have a thread and a copy of the
 * session each, as subshells have.
 */
public final class Evaluator {
    /** The exit code of a line that cannot be read. */
    public static final int SYNTAX = 2;

    private static final int INTERRUPTED = 130;
    private static final int BROKEN_PIPE = 141;
    private static final long PATIENCE = 3000;

    private final Environment environment;
    private final Session session;
    private final Expander expander;
    private final SimpleCommands commands;

    public Evaluator(Environment environment, Session session) {
        this.environment = environment;
        this.session = session;
        this.expander = new Expander(session, this::outputOf);
        this.commands = new SimpleCommands(environment, session, expander);
    }

    /**
     * Reads {@code source} without running it.
     *
     * @throws LineSyntaxException where it cannot be read
     */
    public static void check(String source) {
        Parser.parse(source);
    }

    /**
     * Runs {@code source} and returns its exit code, which is also the session's last; what fails is said on the error stream.
     *
     * @throws LineSyntaxException where it cannot be read; nothing ran then
     * @throws ExitException when the line leaves the shell
     */
    public int run(String source, Streams streams) throws InterruptedException {
        Script script = Parser.parse(source);
        try {
            return runParsed(script, streams);
        } catch (InterruptedException e) {
            session.lastStatus(INTERRUPTED);
            throw e;
        }
    }

    /** Runs one program by its words, with the variables and streams of {@code around}, for programs that run others. */
    public int runWords(List<String> words, Invocation around, InputStream input) throws InterruptedException {
        return commands.start(words, around.environment(), String.join(" ", words), streams(around, input));
    }

    /** The same with other variables. */
    public int runWords(List<String> words, Map<String, String> variables, Invocation around)
            throws InterruptedException {
        return commands.start(words, variables, String.join(" ", words), streams(around, around.input()));
    }

    /** Runs a line with the streams of {@code around}; a line that cannot be read is said there. */
    public int runLine(String source, Invocation around, InputStream input) throws InterruptedException {
        Streams streams = streams(around, input);
        try {
            return runParsed(Parser.parse(source), streams);
        } catch (LineSyntaxException e) {
            return SyntaxReport.print(e, environment.console(session, streams));
        }
    }

    private static Streams streams(Invocation around, InputStream input) {
        Streams streams = Streams.of(around.input(), around.output(), around.error(), around.terminal());
        return input == around.input() ? streams : streams.withInput(input);
    }

    int runParsed(Script script, Streams streams) throws InterruptedException {
        int status = session.lastStatus();
        for (Script.Item item : script.items()) {
            if (item.background()) {
                startJob(item, streams);
                status = 0;
            } else {
                status = run(item, streams);
            }
            session.lastStatus(status);
        }
        return script.items().isEmpty() ? 0 : status;
    }

    private void startJob(Script.Item item, Streams streams) {
        Streams apart = environment.background().apply(streams.withInput(InputStream.nullInputStream()));
        Evaluator evaluator = new Evaluator(environment, session.copy());
        Jobs.Job job =
                session.jobs().start(item.text(), () -> evaluator.guarded(() -> evaluator.run(item, apart), apart));
        streams.error().print("[" + job.number() + "] " + job.text() + "\n");
    }

    private int run(Script.Item item, Streams streams) throws InterruptedException {
        int status = 0;
        for (Script.Link link : item.links()) {
            boolean skip = (link.when() == Script.When.AFTER_SUCCESS && status != 0)
                    || (link.when() == Script.When.AFTER_FAILURE && status == 0);
            if (!skip) {
                int exit = pipeline(link.stages(), item.text(), streams);
                status = link.negated() ? (exit == 0 ? 1 : 0) : exit;
                session.lastStatus(status);
            }
        }
        return status;
    }

    private int pipeline(List<Script.Command> stages, String line, Streams streams) throws InterruptedException {
        if (stages.size() == 1) {
            return command(stages.get(0), line, streams);
        }
        List<Thread> threads = new ArrayList<>();
        Streams next = streams;
        InputStream input = streams.input();
        for (Script.Command stage : stages.subList(0, stages.size() - 1)) {
            Pipe pipe = new Pipe();
            PrintStream out = new PrintStream(pipe.output, false, StandardCharsets.UTF_8);
            Streams mine = next.withOutput(out);
            Evaluator apart = new Evaluator(environment, session.copy());
            boolean piped = !threads.isEmpty();
            Thread thread = new Thread(
                    () -> {
                        try {
                            apart.guarded(() -> apart.command(stage, line, mine), mine);
                        } finally {
                            out.close();
                            if (piped) {
                                SimpleCommands.close(mine.input());
                            }
                        }
                    },
                    "stage-" + threads.size());
            thread.setDaemon(true);
            threads.add(thread);
            input = pipe.input;
            next = streams.withInput(input);
        }
        threads.forEach(Thread::start);
        Evaluator last = new Evaluator(environment, session.copy());
        try {
            return last.command(stages.get(stages.size() - 1), line, next);
        } catch (InterruptedException e) {
            threads.forEach(Thread::interrupt);
            throw e;
        } finally {
            SimpleCommands.close(input);
            await(threads);
        }
    }

    /** Waits for the stages; an interruption goes on to them, and they get a moment to end. */
    private static void await(List<Thread> threads) throws InterruptedException {
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            for (Thread thread : threads) {
                thread.interrupt();
            }
            for (Thread thread : threads) {
                thread.join(PATIENCE);
            }
            throw e;
        }
    }

    private int command(Script.Command command, String line, Streams streams) throws InterruptedException {
        if (command instanceof Script.Simple simple) {
            return commands.run(simple, line, streams);
        }
        if (command instanceof Script.SystemLine system) {
            return commands.runSystem(system.line(), streams);
        }
        return new Compounds(environment, session, expander, this::runParsed).run(command, streams);
    }

    private String outputOf(Script script) throws InterruptedException {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(kept, false, StandardCharsets.UTF_8);
        Evaluator apart = new Evaluator(environment, session.copy());
        try {
            session.lastStatus(apart.runParsed(script, current().withOutput(out)));
        } catch (ExitException e) {
            session.lastStatus(e.status());
        }
        out.flush();
        return kept.toString(StandardCharsets.UTF_8);
    }

    private Streams current() {
        return commands.current();
    }

    interface Work {
        int run() throws InterruptedException;
    }

    /** Runs what has a thread of its own: nothing may escape from it. */
    private int guarded(Work work, Streams streams) {
        try {
            return work.run();
        } catch (InterruptedException e) {
            return INTERRUPTED;
        } catch (BrokenPipeException e) {
            return BROKEN_PIPE;
        } catch (ExitException e) {
            return e.status();
        } catch (RuntimeException e) {
            return new FailureReport(environment.console(session, streams), false).print(e);
        }
    }
}
