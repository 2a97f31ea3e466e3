package dev.kuar.kubectl.command;

import dev.kuar.kubectl.data.ParseException;
import dev.kuar.kubectl.rest.ApiResource;
import dev.kuar.kubectl.rest.Cancellation;
import dev.kuar.kubectl.rest.Failure;
import dev.kuar.process.Invocation;
import dev.kuar.process.TerminalView;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a line of kubectl asks for, read without running it: for another program that runs it.
 *
 * <p>Flags that this kubectl doesn't know end the reading; what was read by then counts.
 */
public final class LineReading {
    private static final Set<String> OF_PODS = Set.of("exec", "logs", "attach", "cp", "port-forward", "run", "debug");
    private static final Set<String> INTERACTIVE = Set.of("exec", "attach", "run", "debug");

    private final Run run;
    private final List<String> names;

    private LineReading(Run run) {
        this.run = run;
        this.names = names(run);
    }

    /** {@code shared} is where the server's kinds are known from. */
    public static LineReading of(Invocation invocation, SharedState shared) {
        List<String> words = new ArrayList<>(invocation.arguments());
        CommandSpec command = Dispatcher.command(words);
        Flags flags = new Flags(CommandList.flagsOf(command));
        ArgumentParser parser = new ArgumentParser(flags, "kubectl");
        quietly(() -> {
            parser.parse(words);
            return words;
        });
        return new LineReading(
                new Run(silent(invocation), command, flags, parser, shared, details -> {}, new Cancellation()));
    }

    /** What can't be read or reached is said by the program that runs, once. */
    private static Invocation silent(Invocation run) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        return new Invocation(
                run.name(),
                run.arguments(),
                InputStream.nullInputStream(),
                nowhere,
                nowhere,
                run.environment(),
                run.directory(),
                TerminalView.NONE);
    }

    /** The command's words: {@code rollout status}; empty where there is none. */
    public String command() {
        return run.command().path();
    }

    /** Long names to values. */
    public Map<String, String> flags() {
        return run.flags().summary();
    }

    public String output() {
        return run.flags().summary().getOrDefault("output", "");
    }

    /** The objects that it names, in order. */
    public List<String> names() {
        return names;
    }

    /** Whether a person talks with what it runs: its streams must be the terminal. */
    public boolean isInteractive() {
        return command().equals("edit")
                || (INTERACTIVE.contains(command()) && (flags().containsKey("stdin") || flags().containsKey("tty")));
    }

    /** The context that it runs against; empty where there is none. */
    public String context() {
        return quietly(() -> run.client().settings().context()).orElse("");
    }

    /** The kind that its words name; empty where they name none or the server doesn't know it. Asks the server. */
    public Optional<ApiResource> kind() {
        String word = OF_PODS.contains(command()) ? "pods" : typeWord();
        return word.isEmpty() ? Optional.empty() : quietly(() -> run.mapper().require(word));
    }

    /** The namespace for a kind; empty for all of them. */
    public String namespace(boolean namespaced) {
        boolean everywhere = !namespaced || "true".equals(flags().get("all-namespaces"));
        return everywhere ? "" : quietly(run::namespace).orElse("");
    }

    private String typeWord() {
        if (command().startsWith("create ")) {
            return run.command().word();
        }
        String first = run.arguments().isEmpty() ? "" : run.arguments().get(0);
        return first.split("[/,]", 2)[0];
    }

    private static List<String> names(Run run) {
        String command = run.command().path();
        List<String> words = run.arguments();
        if (run.dash() >= 0) {
            words = words.subList(0, Math.min(run.dash(), words.size()));
        }
        if (words.isEmpty()) {
            return List.of();
        }
        if (words.get(0).contains("/")) {
            return words.stream()
                    .filter(word -> word.contains("/"))
                    .map(word -> word.substring(word.indexOf('/') + 1))
                    .toList();
        }
        if (OF_PODS.contains(command) || command.startsWith("create ")) {
            return List.of(words.get(0));
        }
        return words.subList(1, words.size()).stream()
                .filter(word -> !word.contains("=") && !word.endsWith("-"))
                .toList();
    }

    /** What can't be told is no failure here: the program itself will say so. */
    private static <T> Optional<T> quietly(java.util.function.Supplier<T> ask) {
        try {
            return Optional.of(ask.get());
        } catch (Failure | ParseException | UncheckedIOException untold) {
            return Optional.empty();
        }
    }
}
