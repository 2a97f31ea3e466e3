package dev.kuar.shell;

import dev.kuar.cli.CommandContext;
import dev.kuar.cli.CommandTree;
import dev.kuar.cli.Host;
import dev.kuar.cli.Opening;
import dev.kuar.cli.TutorDesk;
import dev.kuar.cluster.Clusters;
import dev.kuar.error.Fault;
import dev.kuar.error.UserException;
import dev.kuar.guard.Guard;
import dev.kuar.kube.CommandRun;
import dev.kuar.kube.Kubeconfig;
import dev.kuar.output.Console;
import dev.kuar.process.Invocation;
import dev.kuar.process.KuarHome;
import dev.kuar.process.Program;
import dev.kuar.process.ProgramRegistry;
import dev.kuar.process.Settings;
import dev.kuar.process.TerminalView;
import dev.kuar.shell.language.ExitException;
import dev.kuar.shell.language.Readiness;
import dev.kuar.shell.language.Streams;
import dev.kuar.tutor.LineRunner;
import dev.kuar.tutor.Stage;
import dev.kuar.tutor.Surroundings;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jline.terminal.Terminal;
import org.jspecify.annotations.Nullable;

/** The program around the command tree: opens the shell, runs lines. */
public final class KuarHost implements Host {
    /** Commands of kuar whose runs checks may look at. */
    private static final Set<String> RECORDED = Set.of("cluster", "doctor", "lesson", "progress");

    private final KuarHome home;
    private final Consumer<ProgramRegistry> tools;
    private final Clock clock;
    private final Function<CommandContext, Stage.Factory> stages;
    private final Supplier<Surroundings> surroundings;
    private final Supplier<Clusters> clusters;
    private Readiness ready = Readiness.NONE;
    private @Nullable TutorDesk desk;
    private @Nullable Opening begin;
    private final List<Consumer<CommandRun>> listeners = new CopyOnWriteArrayList<>();

    /** {@code tools} adds kubectl and the tools of the book to the registry of a shell. */
    public KuarHost(KuarHome home, Consumer<ProgramRegistry> tools, Clock clock) {
        this(
                home,
                tools,
                clock,
                context -> {
                    throw UserException.saying(Fault.OURS, "lesson.no-stages");
                },
                () -> {
                    throw UserException.saying(Fault.OURS, "lesson.no-stages");
                },
                () -> {
                    throw UserException.saying(Fault.OURS, "lesson.no-stages");
                });
    }

    /**
     * A host that can teach.
     *
     * @param stages worlds of their own for {@code --auto} and proofs
     * @param surroundings the learner's world
     * @param clusters its practice clusters
     */
    public KuarHost(
            KuarHome home,
            Consumer<ProgramRegistry> tools,
            Clock clock,
            Function<CommandContext, Stage.Factory> stages,
            Supplier<Surroundings> surroundings,
            Supplier<Clusters> clusters) {
        this.home = home;
        this.tools = tools;
        this.clock = clock;
        this.stages = stages;
        this.surroundings = surroundings;
        this.clusters = clusters;
    }

    /** Lets the guard get ready before each program that may reach a cluster, and hear of each tool that ran. */
    public KuarHost guardedBy(Supplier<Guard> guard) {
        ready = new Readiness() {
            @Override
            public List<String> before(Map<String, String> variables, Path directory, boolean ofSystem) {
                return ofSystem
                        ? guard.get().readyOutside(variables, directory)
                        : guard.get().ready(variables);
            }

            @Override
            public List<String> words(List<String> words, Map<String, String> variables, Path directory) {
                return guard.get().wordsOutside(words, variables, directory);
            }
        };
        listen(run -> guard.get().heard(run));
        return this;
    }

    @Override
    public Clusters clusters() {
        return clusters.get();
    }

    @Override
    public Surroundings surroundings() {
        return surroundings.get();
    }

    @Override
    public int openLesson(CommandContext context, Opening lesson) throws InterruptedException {
        TutorDesk open = desk;
        if (open != null) {
            open.awaitOpen();
            open.start(lesson);
            return 0;
        }
        begin = lesson;
        return openShell(context);
    }

    /** The tutor's place in a session; {@code above} prints above its prompt. */
    TutorDesk desk(Workplace workplace, Supplier<Console> console, Consumer<String> above) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        TutorDesk made = new TutorDesk(home, surroundings, new SessionLines(workplace, nowhere), console, above);
        workplace.listen(made::heard);
        made.programs().forEach((name, program) -> workplace.programs().builtIn(name, () -> program));
        desk = made;
        return made;
    }

    /** Begins what {@code learn} asked for, else goes on with a lesson that was left; {@code aside} without waiting for it. */
    void begin(TutorDesk at, boolean aside) throws InterruptedException {
        Opening asked = begin;
        begin = null;
        if (asked != null) {
            at.start(asked);
        } else if (aside) {
            at.resumeAside();
        } else {
            at.resume();
        }
    }

    /** The first words of a shell; none where {@code learn} asked for a lesson. */
    void welcome(TutorDesk at, Console console) {
        if (begin == null) {
            console.hinted(console.messages().text(at.isNew() ? "shell.welcome-first" : "shell.welcome"));
            console.printLine("");
        }
    }

    /** The last words of a shell: where it goes on. */
    void farewell(TutorDesk at, Console console) {
        if (!at.place().isEmpty()) {
            console.hinted(console.messages().text("shell.leaving", at.place()));
        }
    }

    /** Whether the shell was opened for a lesson. */
    boolean hasLesson() {
        return begin != null;
    }

    @Override
    public Stage.Factory stages(CommandContext context) {
        return stages.apply(context);
    }

    /** Lets {@code listener} hear of each tool that runs from now on in any shell of this host. */
    public void listen(Consumer<CommandRun> listener) {
        listeners.add(listener);
    }

    @Override
    public KuarHome home() {
        return home;
    }

    @Override
    public int openShell(CommandContext context) throws InterruptedException {
        Invocation invocation = context.invocation();
        home.prepare();
        if (!invocation.terminal().inputIsTerminal() || !(invocation.terminal() instanceof ProcessView view)) {
            return runInput(context);
        }
        Optional<Terminal> terminal = view.open();
        boolean plain = terminal.isEmpty()
                || terminal.get().getType().startsWith(Terminal.TYPE_DUMB)
                || !invocation.environment().getOrDefault("KUAR_LINEAR", "").isEmpty();
        return plain ? new PlainShell(this, context).run() : new Shell(this, context, terminal.get()).run();
    }

    @Override
    public int runLines(CommandContext context, List<String> lines, boolean keepGoing) throws InterruptedException {
        home.prepare();
        Invocation invocation = context.invocation();
        try (Workplace workplace = workplace(context, UnaryOperator.identity(), terminals(invocation))) {
            int first = 0;
            for (String text : lines) {
                for (String line : Statements.of(text)) {
                    int exit = run(workplace, line, streams(invocation));
                    first = first == 0 ? exit : first;
                    if (workplace.left() || (exit != 0 && !keepGoing)) {
                        return exit;
                    }
                }
            }
            return first;
        }
    }

    @Override
    public LineRunner lines(Map<String, String> environment, Path folder, PrintStream shown) {
        home.prepare();
        Invocation around = new Invocation(
                "kuar", List.of(), InputStream.nullInputStream(), shown, shown, environment, folder, TerminalView.NONE);
        Workplace workplace = workplace(CommandTree.context(around, this), UnaryOperator.identity(), Optional::empty);
        workplace.tellNothing();
        return new SessionLines(workplace, shown);
    }

    @Override
    public int runWords(CommandContext context, List<String> words) throws InterruptedException {
        home.prepare();
        try (Workplace workplace = workplace(context, UnaryOperator.identity(), terminals(context.invocation()))) {
            Coach coach = coach();
            workplace.listen(coach);
            int exit = workplace.runWords(words, context.invocation());
            coach.commandEnded(context.console());
            return exit;
        }
    }

    /** Lines from a pipe: no prompt, all of them, the exit code of the first that failed. */
    private int runInput(CommandContext context) throws InterruptedException {
        Invocation invocation = context.invocation();
        try (Workplace workplace = workplace(context, UnaryOperator.identity(), Optional::empty)) {
            return runInput(workplace, invocation);
        }
    }

    private int runInput(Workplace workplace, Invocation invocation) throws InterruptedException {
        Streams streams = streams(invocation);
        if (begin == null) {
            return new LineInput(invocation.input())
                    .forEach(new Statements(), line -> run(workplace, line, streams), workplace::left);
        }
        Consumer<String> above = text -> streams.output().print(text + "\n");
        try (TutorDesk at = desk(workplace, () -> workplace.console(streams), above)) {
            begin(at, false);
            return new LineInput(invocation.input())
                    .forEach(
                            new Statements(),
                            line -> {
                                int exit = run(workplace, line, streams);
                                at.lineRan();
                                return exit;
                            },
                            workplace::left);
        }
    }

    private static int run(Workplace workplace, String line, Streams streams) throws InterruptedException {
        try {
            return workplace.run(line, streams);
        } catch (ExitException e) {
            workplace.leave();
            return e.status();
        }
    }

    Coach coach() {
        return new Coach(this::contexts);
    }

    private List<String> contexts() {
        try {
            return Kubeconfig.load(home.kubeconfig()).contexts();
        } catch (UserException unreadable) {
            return List.of();
        }
    }

    static Streams streams(Invocation invocation) {
        return Streams.of(invocation.input(), invocation.output(), invocation.error(), invocation.terminal());
    }

    private static Supplier<Optional<Terminal>> terminals(Invocation invocation) {
        return () -> invocation.terminal() instanceof ProcessView view ? view.open() : Optional.empty();
    }

    /** A session with all programs: built-ins, kuar's commands, tools. */
    Workplace workplace(
            CommandContext context, UnaryOperator<Streams> background, Supplier<Optional<Terminal>> terminals) {
        Invocation invocation = context.invocation();
        Map<String, String> variables = new HashMap<>(invocation.environment());
        variables.put("KUAR_LANG", context.console().messages().language().code());
        Workplace workplace =
                new Workplace(home, variables, invocation.directory(), clock, background, terminals, ready);
        ProgramRegistry programs = workplace.programs();
        CommandTree tree = new CommandTree(this);
        programs.builtIn("kuar", () -> tree);
        for (String name : CommandTree.names()) {
            Program branch = run -> tree.run(run.withArguments("kuar", prepended(name, run.arguments())));
            if (RECORDED.contains(name)) {
                programs.tool(name, () -> branch);
            } else {
                programs.builtIn(name, () -> branch);
            }
        }
        programs.builtIn("help", () -> new HelpProgram(workplace));
        ExplainProgram explain = new ExplainProgram(workplace);
        workplace.listen(explain);
        programs.builtIn("explain", () -> explain);
        programs.builtIn("lang", () -> new LangProgram(new Settings(home.configuration())));
        programs.builtIn("live", LiveProgram::new);
        tools.accept(programs);
        workplace.listen(run -> listeners.forEach(listener -> listener.accept(run)));
        return workplace;
    }

    private static List<String> prepended(String name, List<String> words) {
        java.util.ArrayList<String> all = new java.util.ArrayList<>(List.of(name));
        all.addAll(words);
        return all;
    }
}
