package dev.kuar.practice.container;

import dev.kuar.practice.container.Inode.DirectoryNode;
import dev.kuar.practice.container.Inode.FileNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the program behind a command word, as execvp does. */
final class Launcher {
    static final String DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private static final int SET_USER = 04000;
    private static final int SET_GROUP = 02000;

    private final Programs programs;

    Launcher(Programs programs) {
        this.programs = programs;
    }

    /**
     * What a command is.
     *
     * @param tool null where nothing could be run
     * @param prefix what comes before the arguments, for scripts: the interpreter and the script's path
     * @param path where it was found; empty when nowhere
     * @param file the program itself; null for scripts and where nothing was found
     */
    record Found(
            @Nullable Tool tool,
            List<String> prefix,
            Failure failure,
            String path,
            @Nullable Inode file) {
        Found(@Nullable Tool tool, List<String> prefix, Failure failure, String path) {
            this(tool, prefix, failure, path, null);
        }
    }

    /** The files as who runs a program sees them: that is its owner where it has the set-user-id bit and new privileges are allowed. */
    static FileView seen(Found found, FileView files, Confinement confinement) {
        Inode file = found.file();
        boolean user = file != null && (file.mode() & SET_USER) != 0;
        boolean group = file != null && (file.mode() & SET_GROUP) != 0;
        if (file == null || !(user || group) || confinement.noNewPrivileges()) {
            return files;
        }
        Credentials who = files.who();
        return files.as(new Credentials(user ? file.uid() : who.uid(), group ? file.gid() : who.gid(), who.groups()));
    }

    /** Why nothing could be run. */
    enum Failure {
        NONE,
        NOT_IN_PATH,
        MISSING,
        DENIED,
        DIRECTORY,
        FORMAT,
        /** A program of an image that nothing stands behind. */
        UNMODELLED
    }

    Found find(FileView files, String command, String path) {
        if (command.contains("/")) {
            return at(files, command, 0);
        }
        boolean denied = false;
        for (String directory : (path.isEmpty() ? DEFAULT_PATH : path).split(":")) {
            Found found = at(files, directory + "/" + command, 0);
            if (found.tool() != null || found.failure() == Failure.FORMAT || found.failure() == Failure.UNMODELLED) {
                return found;
            }
            denied |= found.failure() == Failure.DENIED;
        }
        return new Found(null, List.of(), denied ? Failure.DENIED : Failure.NOT_IN_PATH, "");
    }

    private Found at(FileView files, String path, int depth) {
        Inode node;
        try {
            node = files.stat(path);
        } catch (FileError e) {
            return new Found(null, List.of(), e.kind() == FileError.Kind.DENIED ? Failure.DENIED : Failure.MISSING, "");
        }
        if (node instanceof DirectoryNode) {
            return new Found(null, List.of(), Failure.DIRECTORY, path);
        }
        if (!(node instanceof FileNode file)
                || (node.mode() & 0111) == 0
                || !files.who().may(node, 1)) {
            return new Found(null, List.of(), Failure.DENIED, path);
        }
        if (!file.program().isEmpty()) {
            Tool tool = programs.find(file.program());
            return new Found(tool, List.of(), tool == null ? Failure.UNMODELLED : Failure.NONE, path, file);
        }
        String text = new String(file.data(), StandardCharsets.UTF_8);
        if (!text.startsWith("#!") || depth > 3) {
            return new Found(null, List.of(), Failure.FORMAT, path);
        }
        String[] line = text.lines().findFirst().orElse("").substring(2).strip().split("\\s+", 2);
        Found interpreter = at(files, line[0], depth + 1);
        if (interpreter.tool() == null) {
            return new Found(null, List.of(), Failure.MISSING, path);
        }
        List<String> prefix = new ArrayList<>(interpreter.prefix());
        prefix.add(line[0]);
        if (line.length > 1) {
            prefix.add(line[1]);
        }
        prefix.add(path);
        return new Found(interpreter.tool(), prefix, Failure.NONE, path);
    }

    /** As runc words that it can't start {@code command}. */
    static String words(String command, Failure failure) {
        String quoted = "exec: \"" + command + "\": ";
        return switch (failure) {
            case NOT_IN_PATH -> quoted + "executable file not found in $PATH";
            case MISSING -> quoted + "stat " + command + ": no such file or directory";
            case DIRECTORY -> quoted + "is a directory";
            case FORMAT -> "exec " + command + ": exec format error";
            case UNMODELLED -> quoted + "the practice cluster does not have this program";
            default -> quoted + "permission denied";
        };
    }

    /** The words of a task that runs {@code found} by {@code args}. */
    static List<String> argv(Found found, List<String> args) {
        if (found.prefix().isEmpty()) {
            return args;
        }
        List<String> words = new ArrayList<>(found.prefix());
        words.addAll(args.subList(1, args.size()));
        return words;
    }
}
