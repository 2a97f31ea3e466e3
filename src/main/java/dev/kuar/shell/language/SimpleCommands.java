package dev.kuar.shell.language;

import dev.kuar.error.UserException;
import dev.kuar.output.Closest;
import dev.kuar.output.Consent;
import dev.kuar.output.Console;
import dev.kuar.output.FailureReport;
import dev.kuar.output.SafeText;
import dev.kuar.process.BrokenPipeException;
import dev.kuar.process.Invocation;
import dev.kuar.process.ProgramRegistry;
import dev.kuar.process.ProgramRegistry.Found;
import dev.kuar.process.ProgramRegistry.Kind;
import dev.kuar.process.SystemProgram;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Runs one program with its words: aliases, assignments, redirections, the search by name. */
final class SimpleCommands {
    private static final int NOT_FOUND = 127;
    private static final int NOT_AGREED = 1;
    private static final Set<String> STAND_INS = Set.of("az", "docker", "eksctl", "gcloud", "helm", "kind", "minikube");

    private final Environment environment;
    private final Session session;
    private final Expander expander;
    private Streams streams = Streams.of(
            InputStream.nullInputStream(),
            new PrintStream(java.io.OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
            new PrintStream(java.io.OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
            dev.kuar.process.TerminalView.NONE);

    SimpleCommands(Environment environment, Session session, Expander expander) {
        this.environment = environment;
        this.session = session;
        this.expander = expander;
    }

    /** The streams of the command that is being prepared; substitutions in its words use them. */
    Streams current() {
        return streams;
    }

    int run(Script.Simple simple, String line, Streams given) throws InterruptedException {
        streams = given;
        try (Redirector redirector = new Redirector(session, expander)) {
            List<String> words = expander.fields(withAlias(simple.words()));
            Streams own = redirector.apply(simple.redirections(), given);
            if (words.isEmpty()) {
                session.lastStatus(0);
                for (Script.Assignment assignment : simple.assignments()) {
                    session.assign(assignment.name(), expander.text(assignment.value()));
                }
                return session.lastStatus();
            }
            Map<String, String> variables = session.environment();
            for (Script.Assignment assignment : simple.assignments()) {
                variables.put(assignment.name(), expander.text(assignment.value()));
            }
            return start(words, variables, line, own);
        } catch (UserException e) {
            return new FailureReport(environment.console(session, given), false).print(e);
        }
    }

    int start(List<String> typed, Map<String, String> variables, String line, Streams own) throws InterruptedException {
        List<String> words = typed;
        Optional<Found> found = environment.programs().find(words.get(0), variables, session.directory());
        if (found.isEmpty()) {
            return notFound(words.get(0), own);
        }
        if (found.get().kind() != Kind.BUILT_IN) {
            boolean ofSystem = found.get().kind() != Kind.TOOL;
            tell(variables, own, ofSystem);
            words = ofSystem ? environment.ready().words(typed, variables, session.directory()) : typed;
        }
        if (found.get().kind() == Kind.TOOL) {
            tellOfStandIn(found.get().name(), own);
        } else if (found.get().kind() == Kind.LIVE
                && Costs.money(found.get().name(), words.subList(1, words.size()))
                && variables.getOrDefault(Costs.AGREED, "").isEmpty()
                && !agreed(words, own)) {
            return NOT_AGREED;
        }
        Map<String, String> seenVariables =
                found.get().kind() == Kind.SYSTEM ? environment.children().of(variables) : variables;
        Streams seen = found.get().kind() == Kind.LIVE && !interactive(words)
                ? own.withOutput(own.output()).withError(own.error())
                : own;
        Invocation invocation = new Invocation(
                words.get(0),
                words.subList(1, words.size()),
                own.input(),
                own.output(),
                own.error(),
                seenVariables,
                session.directory(),
                seen.view());
        return guarded(found.get(), line, invocation, own);
    }

    private int guarded(Found found, String line, Invocation invocation, Streams own) throws InterruptedException {
        boolean trace = invocation.arguments().contains("--stacktrace");
        if (found.kind() == Kind.BUILT_IN && invocation.arguments().equals(List.of("--help")) && help(found, own)) {
            return 0;
        }
        try {
            int exit;
            if (found.program() instanceof SessionProgram program) {
                exit = program.run(session, invocation);
            } else if (found.kind() == Kind.TOOL || found.kind() == Kind.LIVE) {
                exit = new Recorder(environment.clock(), environment.listener()).run(found, line, invocation);
            } else {
                exit = found.program().run(invocation);
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            return exit;
        } catch (BrokenPipeException | ExitException e) {
            throw e;
        } catch (RuntimeException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            return new FailureReport(environment.console(session, own), trace).print(e);
        } finally {
            invocation.output().flush();
            invocation.error().flush();
        }
    }

    /** Before a program that may reach a cluster: the guard gets ready, and says what it could not use. */
    private void tell(Map<String, String> variables, Streams own, boolean ofSystem) {
        for (String news : environment.ready().before(variables, session.directory(), ofSystem)) {
            environment.console(session, own).remark(SafeText.of(news));
        }
    }

    /** A stand-in says once that it is one. */
    private void tellOfStandIn(String name, Streams own) {
        if (STAND_INS.contains(name) && environment.toldOf().add(name)) {
            environment.console(session, own).note("shell.stand-in", name);
        }
    }

    /** Asks before what costs money; without a terminal the answer is no. */
    private boolean agreed(List<String> words, Streams own) throws InterruptedException {
        Console console = environment.console(session, own);
        String line = SafeText.of(Secrets.mask(String.join(" ", words)));
        if (!own.inputIsTerminal()) {
            console.note("shell.costs-refused", line, words.get(0));
            return false;
        }
        console.error().print(console.messages().text("shell.costs-question", line) + " [y/N] ");
        console.error().flush();
        try {
            boolean yes = Consent.read(own.input());
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            return yes;
        } catch (IOException gone) {
            return false;
        }
    }

    /** Says what a program of the shell does; false for one that says it itself. */
    private boolean help(Found found, Streams own) {
        Console console = environment.console(session, own);
        String name = found.name();
        if (!List.of(console.messages().text("help.words.shell").split(" ")).contains(name)) {
            return false;
        }
        console.say("help.usage." + name);
        console.indented("  ", console.messages().text("help.word." + name));
        return true;
    }

    /** Hands a line to the system's shell; says once that it is outside the guard. */
    int runSystem(String line, Streams given) throws InterruptedException {
        if (!environment.toldOfSystem().getAndSet(true)) {
            environment.console(session, given).note("shell.system-shell");
        }
        Map<String, String> variables = session.environment();
        tell(variables, given, false);
        boolean windows = java.io.File.separatorChar == '\\';
        SystemProgram shell =
                windows ? new SystemProgram(Path.of("cmd.exe"), "/c") : new SystemProgram(Path.of("/bin/sh"), "-c");
        return shell.run(new Invocation(
                "sh",
                List.of(line),
                given.input(),
                given.output(),
                given.error(),
                environment.children().of(variables),
                session.directory(),
                given.view()));
    }

    /** Words with an alias in front put in its place; an alias is not expanded within itself. */
    private List<Word> withAlias(List<Word> words) {
        List<Word> result = words;
        Set<String> done = new HashSet<>();
        while (!result.isEmpty()) {
            String name = result.get(0).bare();
            String text = session.aliases().get(name);
            if (text == null || !done.add(name)) {
                break;
            }
            Script script = Parser.parse(text);
            if (script.items().size() != 1
                    || !(script.items().get(0).links().get(0).stages().get(0) instanceof Script.Simple simple)) {
                break;
            }
            List<Word> next = new ArrayList<>(simple.words());
            next.addAll(result.subList(1, result.size()));
            result = next;
        }
        return result;
    }

    /** Whether the real tool needs the terminal itself, so that its output cannot be kept. */
    private static boolean interactive(List<String> words) {
        return words.stream()
                .anyMatch(w -> w.matches("-i|-t|-it|-ti|--stdin|--tty|--stdin=true|--tty=true|edit|login"));
    }

    private int notFound(String name, Streams own) {
        Console console = environment.console(session, own);
        String safe = SafeText.of(name);
        if (name.contains("/")) {
            console.note("shell.no-such-program", safe);
            return NOT_FOUND;
        }
        console.note("shell.not-found", safe);
        ProgramRegistry programs = environment.programs();
        Set<String> known = new HashSet<>(programs.names());
        known.addAll(session.aliases().keySet());
        List<String> meant = Closest.to(name, known);
        if (!meant.isEmpty()) {
            console.note("cli.did-you-mean", String.join(", ", meant));
        }
        return NOT_FOUND;
    }

    static void close(InputStream stream) {
        try {
            stream.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
