package dev.kuar.shell;

import dev.kuar.kube.CommandRun;
import dev.kuar.output.Console;
import dev.kuar.output.Language;
import dev.kuar.output.Messages;
import dev.kuar.output.Palette;
import dev.kuar.process.Invocation;
import dev.kuar.process.KuarHome;
import dev.kuar.process.ProgramRegistry;
import dev.kuar.shell.language.Environment;
import dev.kuar.shell.language.Evaluator;
import dev.kuar.shell.language.LineSyntaxException;
import dev.kuar.shell.language.Readiness;
import dev.kuar.shell.language.Session;
import dev.kuar.shell.language.Streams;
import dev.kuar.shell.language.SyntaxReport;
import dev.kuar.shell.program.BuiltIns;
import dev.kuar.shell.shim.ShimRequest;
import dev.kuar.shell.shim.Shims;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jline.terminal.Terminal;

/** A session with its programs: where a learner's lines, those of {@code kuar run} and the tutor's run, the very same way. */
final class Workplace implements AutoCloseable {
    private final Session session;
    private final ProgramRegistry programs = new ProgramRegistry();
    private final List<Consumer<CommandRun>> listeners = new CopyOnWriteArrayList<>();
    private final Map<Language, Messages> messages =
            Map.of(Language.EN, new Messages(Language.EN), Language.KO, new Messages(Language.KO));
    private final Environment environment;
    private final Set<String> toldOf = ConcurrentHashMap.newKeySet();
    private final Shims shims;
    private boolean left;

    /**
     * @param background turns the streams of a line into those of a job in the background
     * @param terminals the terminal of pager and editor
     * @param ready called before a program that may reach a cluster; returns what to tell the learner
     */
    Workplace(
            KuarHome home,
            Map<String, String> variables,
            Path directory,
            Clock clock,
            UnaryOperator<Streams> background,
            Supplier<Optional<Terminal>> terminals,
            Readiness ready) {
        session = new Session(variables, directory);
        set("KUAR_HOME", home.root().toString());
        set("KUBECONFIG", home.kubeconfig().toString());
        shims = new Shims(home.root().resolve("shims"), this::toolsOfTheBook, this::runForChild);
        environment = new Environment(
                programs,
                run -> listeners.forEach(listener -> listener.accept(run)),
                clock,
                background,
                s -> messages(),
                new AtomicBoolean(),
                ready,
                toldOf,
                shims::around);
        Function<Session, Evaluator> evaluators = s -> new Evaluator(environment, s);
        BuiltIns.addTo(programs, evaluators, terminals);
    }

    private void set(String name, String value) {
        session.assign(name, value);
        session.export(name);
    }

    /** Lets no stand-in say that it is one: nobody reads along. */
    void tellNothing() {
        toldOf.addAll(programs.names());
    }

    /** Whether {@code exit} was typed. */
    boolean left() {
        return left;
    }

    void leave() {
        left = true;
        session.jobs().interruptAll();
        close();
    }

    /** Ends what children of this session run in it. */
    @Override
    public void close() {
        shims.close();
    }

    private Set<String> toolsOfTheBook() {
        Set<String> names = programs.names();
        names.retainAll(LiveProgram.TOOLS);
        return names;
    }

    /** Runs a tool that a child process called by name, as if it had been typed where the child is. */
    private int runForChild(ShimRequest request, Invocation call) throws InterruptedException {
        Session apart = session.copy();
        apart.enter(request.directory());
        return new Evaluator(environment, apart).runWords(request.words(), shims.without(call.environment()), call);
    }

    Session session() {
        return session;
    }

    ProgramRegistry programs() {
        return programs;
    }

    /** The words in the session's language, which {@code lang} may have changed a moment ago. */
    Messages messages() {
        Messages words = messages.get(Language.of(session.environment()));
        return words == null ? new Messages(Language.EN) : words;
    }

    /** Lets {@code listener} hear of each tool that ran, on the thread that ran it. */
    void listen(Consumer<CommandRun> listener) {
        listeners.add(listener);
    }

    /** Runs one whole line; one that cannot be read is said with a caret. Ctrl-C ends it with an exception. */
    int run(String line, Streams streams) throws InterruptedException {
        return run(line, session, streams);
    }

    /** The same in a copy of the session. */
    int run(String line, Session in, Streams streams) throws InterruptedException {
        try {
            return new Evaluator(environment, in).run(line, streams);
        } catch (LineSyntaxException e) {
            return SyntaxReport.print(e, console(streams));
        }
    }

    /** Runs one program by its words, as they are. */
    int runWords(List<String> words, Invocation around) throws InterruptedException {
        return new Evaluator(environment, session).runWords(words, session.environment(), around);
    }

    Console console(Streams streams) {
        return new Console(
                streams.output(),
                streams.error(),
                Palette.of(streams.terminal().color()),
                messages(),
                streams.terminal()::columns,
                streams.terminal().errorIsTerminal());
    }
}
