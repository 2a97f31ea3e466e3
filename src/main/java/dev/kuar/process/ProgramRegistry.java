package dev.kuar.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * What a line can run by name: what is built in, the tools of the book, and the programs on PATH, in this order.
 *
 * <p>The variable {@code KUAR_LIVE} (names with commas between) hands tools to the programs on PATH; {@code KUAR_KUBECTL} names
 * the program that runs for kubectl. Programs are made when first run. Filled once, then safe for several threads.
 */
public final class ProgramRegistry {
    /** The variable that lists the tools which are the real programs. */
    public static final String LIVE = "KUAR_LIVE";
    /** The variable that names the program which runs for kubectl. */
    public static final String KUBECTL = "KUAR_KUBECTL";

    private final Map<String, Entry> entries = new TreeMap<>();

    /** Where a program comes from. */
    public enum Kind {
        /** A part of the shell; its runs are not recorded. */
        BUILT_IN,
        /** A tool of the book in its built-in form. */
        TOOL,
        /** A tool of the book as the real program. */
        LIVE,
        /** Any other program on PATH. */
        SYSTEM
    }

    private record Entry(Kind kind, Supplier<Program> program, UnaryOperator<Program> real) {}

    /** A program ready to run, with the name that its runs are recorded under. */
    public record Found(String name, Kind kind, Program program) {}

    /** Adds a part of the shell. */
    public ProgramRegistry builtIn(String name, Supplier<Program> program) {
        entries.put(name, new Entry(Kind.BUILT_IN, program, UnaryOperator.identity()));
        return this;
    }

    /** Adds a tool whose runs are recorded. */
    public ProgramRegistry tool(String name, Supplier<Program> program) {
        return tool(name, program, UnaryOperator.identity());
    }

    /** The same; {@code real} makes of the real program, where that runs instead, what tells what it did. */
    public ProgramRegistry tool(String name, Supplier<Program> program, UnaryOperator<Program> real) {
        entries.put(name, new Entry(Kind.TOOL, program, real));
        return this;
    }

    /** The program that {@code name} runs with these exported variables in this folder; empty where there is none. */
    public Optional<Found> find(String name, Map<String, String> environment, Path directory) {
        Entry entry = entries.get(name);
        if (entry == null) {
            return onPath(name, environment, directory)
                    .map(file -> new Found(String.valueOf(file.getFileName()), Kind.SYSTEM, new SystemProgram(file)));
        }
        String real = entry.kind() == Kind.TOOL ? realName(name, environment) : "";
        if (!real.isEmpty()) {
            return onPath(real, environment, directory)
                    .map(file -> new Found(name, Kind.LIVE, entry.real().apply(new SystemProgram(file))));
        }
        return Optional.of(new Found(name, entry.kind(), entry.program().get()));
    }

    private static String realName(String name, Map<String, String> environment) {
        if (name.equals("kubectl")) {
            String other = environment.getOrDefault(KUBECTL, "");
            if (!other.isEmpty()) {
                return other;
            }
        }
        return List.of(environment.getOrDefault(LIVE, "").split(",")).contains(name) ? name : "";
    }

    /** The executable that a name means to the system: a path, or the first on PATH. */
    public static Optional<Path> onPath(String name, Map<String, String> environment, Path directory) {
        try {
            if (name.contains("/") || name.contains(File.separator)) {
                return Optional.of(directory.resolve(name)).filter(ProgramRegistry::isProgram);
            }
            for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator)) {
                Path file = directory.resolve(folder).resolve(name);
                if (!folder.isEmpty() && isProgram(file)) {
                    return Optional.of(file);
                }
            }
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private static boolean isProgram(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }

    /** The names of all that is not the system's, sorted; a copy. */
    public SortedSet<String> names() {
        return new TreeSet<>(entries.keySet());
    }
}
