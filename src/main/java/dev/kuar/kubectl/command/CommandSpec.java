package dev.kuar.kubectl.command;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A command of kubectl.
 *
 * @param path its words after {@code kubectl}, for instance {@code create deployment}
 * @param aliases other names of its last word
 * @param usage what follows {@code kubectl} in its usage line
 * @param summary what it does, in one line
 * @param example lines that can be typed
 * @param flags definitions for {@link Flag#parse}
 * @param action what runs; null for a command that only holds others
 */
record CommandSpec(
        String path,
        List<String> aliases,
        String usage,
        String summary,
        String example,
        String flags,
        @Nullable Action action) {

    /** The work of a command. */
    @FunctionalInterface
    interface Action {
        /** Returns the exit code. */
        int run(Run run);
    }

    static CommandSpec command(
            String path, String usage, String summary, String example, String flags, @Nullable Action action) {
        String[] names = path.split("\\|");
        return new CommandSpec(
                names[0], List.of(names).subList(1, names.length), usage, summary, example, flags, action);
    }

    /** The last word of the path. */
    String word() {
        return path.substring(path.lastIndexOf(' ') + 1);
    }

    String parent() {
        return path.contains(" ") ? path.substring(0, path.lastIndexOf(' ')) : "";
    }
}
