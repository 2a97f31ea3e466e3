package dev.kuar.practice.container;

import dev.kuar.practice.container.Inode.DirectoryNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** rm, rmdir and unlink. */
final class RemoveTool {
    private final Task task;
    private final Options options;
    private final boolean gnu;
    private int code;

    private RemoveTool(Task task, Options options) {
        this.task = task;
        this.options = options;
        this.gnu = Options.gnu(task);
    }

    static void addTo(Map<String, Tool> tools) {
        tools.put(
                "rm",
                Options.tool(
                        "firRv",
                        "firRvdIx",
                        Map.of(
                                "force",
                                'f',
                                "interactive",
                                'i',
                                "recursive",
                                'r',
                                "verbose",
                                'v',
                                "dir",
                                'd',
                                "one-file-system",
                                'x'),
                        1,
                        (task, options) -> new RemoveTool(task, options).run()));
        Map<String, Character> names = Map.of("parents", 'p', "verbose", 'v', "ignore-fail-on-non-empty", 'I');
        tools.put("rmdir", Options.tool("pvI", names, 1, RemoveTool::directories));
        tools.put("unlink", Options.tool("", RemoveTool::unlink));
    }

    private boolean is(char letter) {
        return options.has(letter);
    }

    private int run() throws IOException {
        if (options.operands().isEmpty()) {
            return is('f') ? 0 : Options.tooFew(task, 1, "missing operand", "[-irf] FILE...");
        }
        for (String path : options.operands()) {
            boolean recursive = is('r') || is('R');
            if (NameTools.last(path).matches("\\.\\.?") && (recursive || !gnu)) {
                String words = "refusing to remove '.' or '..' directory: skipping '" + path + "'";
                code = task.fail(1, gnu ? words : "can't remove '.' or '..'");
            } else if (gnu && recursive && path.matches("/+")) {
                code = task.fail(1, "it is dangerous to operate recursively on '/'");
                code = task.fail(1, "use --no-preserve-root to override this failsafe");
            } else {
                one(path, recursive);
            }
        }
        return code;
    }

    private void one(String path, boolean recursive) throws IOException {
        try {
            Inode node = task.files().lstat(path);
            if (path.endsWith("/") && !(task.files().stat(path) instanceof DirectoryNode)) {
                throw new FileError(FileError.Kind.NOT_A_DIRECTORY, path);
            }
            if (node instanceof DirectoryNode directory && recursive) {
                if (!directory.names().isEmpty() && !confirmed("descend into directory", path)) {
                    return;
                }
                for (String name : task.files().list(path)) {
                    one(path.endsWith("/") ? path + name : path + "/" + name, true);
                }
            } else if (node instanceof DirectoryNode directory
                    && !(is('d') && directory.names().isEmpty())) {
                if (!gnu) {
                    code = task.fail(1, "'" + path + "' is a directory");
                    return;
                }
                throw new FileError(is('d') ? FileError.Kind.NOT_EMPTY : FileError.Kind.IS_A_DIRECTORY, path);
            }
            if (!confirmed(gnu ? "remove " + kind(node) : "remove", path)) {
                return;
            }
            if (node instanceof DirectoryNode directory && !directory.names().isEmpty()) {
                throw new FileError(FileError.Kind.NOT_EMPTY, path);
            }
            task.files().remove(path);
            if (is('v')) {
                String what = node instanceof DirectoryNode ? gnu ? "directory " : "directory: " : "";
                task.println("removed " + what + "'" + path + "'");
            }
        } catch (FileError e) {
            if (!is('f') || e.kind() != FileError.Kind.MISSING && e.kind() != FileError.Kind.NOT_A_DIRECTORY) {
                code = task.fail(1, (gnu ? "cannot" : "can't") + " remove '" + path + "': " + e.words());
            }
        }
    }

    private boolean confirmed(String what, String path) throws IOException {
        if (!is('i') || is('f')) {
            return true;
        }
        task.printError(task.name() + ": " + what + " '" + path + "'? ");
        return Asked.yes(task);
    }

    private static String kind(Inode node) {
        return switch (node.type()) {
            case 'd' -> "directory";
            case 'l' -> "symbolic link";
            case 'c' -> "character special file";
            default -> node.size() == 0 ? "regular empty file" : "regular file";
        };
    }

    /** With all that is below. */
    static void remove(Task task, String path) {
        if (task.files().lstat(path) instanceof DirectoryNode) {
            for (String name : task.files().list(path)) {
                remove(task, path + "/" + name);
            }
        }
        task.files().remove(path);
    }

    private static int directories(Task task, Options options) throws IOException {
        boolean gnu = Options.gnu(task);
        if (options.operands().isEmpty()) {
            return Options.tooFew(task, 1, "missing operand", "[-p] DIRECTORY...");
        }
        int code = 0;
        for (String operand : options.operands()) {
            String path = operand;
            try {
                while (true) {
                    if (options.has('v')) {
                        task.println("rmdir: removing directory, '" + path + "'");
                    }
                    if (!task.files().list(path).isEmpty()) {
                        throw new FileError(FileError.Kind.NOT_EMPTY, path);
                    }
                    if (task.files().lstat(path) instanceof Inode.LinkNode) {
                        throw new FileError(FileError.Kind.NOT_A_DIRECTORY, path);
                    }
                    task.files().remove(path);
                    path = NameTools.directory(path);
                    if (!options.has('p') || path.equals(".") || path.equals("/")) {
                        break;
                    }
                }
            } catch (FileError e) {
                if (!options.has('I') || e.kind() != FileError.Kind.NOT_EMPTY) {
                    code = task.fail(1, (gnu ? "failed to remove '" : "'") + path + "': " + e.words());
                }
            }
        }
        return code;
    }

    private static int unlink(Task task, Options options) throws IOException {
        boolean gnu = Options.gnu(task);
        List<String> words = options.operands();
        if (words.size() != 1) {
            return Options.tooFew(
                    task, 1, words.isEmpty() ? "missing operand" : "extra operand '" + words.get(1) + "'", "FILE");
        }
        String path = words.get(0);
        try {
            if (task.files().lstat(path) instanceof DirectoryNode) {
                throw new FileError(FileError.Kind.IS_A_DIRECTORY, path);
            }
            task.files().remove(path);
            return 0;
        } catch (FileError e) {
            return task.fail(
                    1,
                    gnu
                            ? "cannot unlink '" + path + "': " + e.words()
                            : "can't remove file '" + path + "': " + e.words());
        }
    }
}
