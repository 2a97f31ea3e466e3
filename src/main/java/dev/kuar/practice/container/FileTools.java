package dev.kuar.practice.container;

import dev.kuar.practice.container.Inode.DirectoryNode;
import dev.kuar.practice.container.Inode.FileNode;
import dev.kuar.practice.container.Inode.LinkNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** cp, mv, rm, mkdir, rmdir, touch, ln, readlink and their like. */
final class FileTools {
    private FileTools() {}

    static void addTo(Map<String, Tool> tools) {
        tools.put("mkdir", FileTools::mkdir);
        tools.put(
                "rmdir",
                task -> each(task, "", path -> {
                    if (!task.files().list(path).isEmpty()) {
                        throw new FileError(FileError.Kind.NOT_EMPTY, path);
                    }
                    task.files().remove(path);
                }));
        tools.put("touch", FileTools::touch);
        tools.put("rm", FileTools::rm);
        tools.put("unlink", FileTools::rm);
        tools.put("cp", task -> copy(task, false));
        tools.put("mv", task -> copy(task, true));
        tools.put("ln", FileTools::ln);
        ModeTools.addTo(tools);
        tools.put("find", new FindTool());
        tools.put("readlink", FileTools::readlink);
        tools.put(
                "realpath",
                task -> each(task, "", path -> task.println(task.files().canonical(path))));
        tools.put("stat", new StatTool());
        tools.put("du", new DuTool());
        tools.put("mktemp", task -> {
            String path = "/tmp/tmp." + Integer.toString(task.pid() * 7919 + 1_000_003, 36);
            if (task.args().contains("-d")) {
                task.files().makeDirectory(path, 0700);
            } else {
                task.save(path, new byte[0]);
            }
            task.println(path);
            return 0;
        });
    }

    /** Something done to a path. */
    interface Act {
        void on(String path) throws IOException;
    }

    static List<String> operands(Task task) {
        List<String> paths = new ArrayList<>();
        boolean options = true;
        for (String arg : task.args().subList(1, task.args().size())) {
            if (options && arg.equals("--")) {
                options = false;
            } else if (!options || !arg.startsWith("-") || arg.equals("-")) {
                paths.add(arg);
            }
        }
        return paths;
    }

    static boolean has(Task task, char option) {
        return task.args().stream().skip(1).anyMatch(a -> a.matches("-[A-Za-z0-9]+") && a.indexOf(option) > 0);
    }

    static int each(Task task, String prefix, Act act) throws IOException {
        int code = 0;
        for (String path : operands(task)) {
            try {
                act.on(path);
            } catch (FileError e) {
                code = task.fail(1, prefix + e.path() + ": " + e.words());
            }
        }
        return code;
    }

    /** Complains that there is nothing to do it to. */
    private static int tooFew(Task task) throws IOException {
        return Options.gnu(task)
                ? Options.usage(
                        task,
                        1,
                        List.of("rm", "mkdir", "rmdir").contains(task.name())
                                ? "missing operand"
                                : "missing file operand")
                : Options.tooFew(task, 1, "", "FILE...");
    }

    private static int mkdir(Task task) throws IOException {
        boolean parents = has(task, 'p');
        if (operands(task).isEmpty()) {
            return tooFew(task);
        }
        return each(task, (Options.gnu(task) ? "cannot" : "can't") + " create directory '", path -> {
            if (!parents) {
                make(task, path);
                return;
            }
            StringBuilder so = new StringBuilder(path.startsWith("/") ? "/" : "");
            for (String step : path.split("/")) {
                if (step.isEmpty()) {
                    continue;
                }
                so.append(so.length() == 0 || so.charAt(so.length() - 1) == '/' ? "" : "/")
                        .append(step);
                if (!task.files().exists(so.toString())) {
                    make(task, so.toString());
                }
            }
        });
    }

    private static void make(Task task, String path) {
        try {
            task.files().makeDirectory(path, 0777 & ~task.files().umask());
        } catch (FileError e) {
            throw new FileError(e.kind(), path + "'");
        }
    }

    private static int touch(Task task) throws IOException {
        if (operands(task).isEmpty()) {
            return tooFew(task);
        }
        return each(task, "", path -> {
            if (task.files().exists(path)) {
                task.files().change(path).touch(task.container().clock().now().toEpochMilli());
            } else {
                task.files().open(path, false);
            }
        });
    }

    private static int rm(Task task) throws IOException {
        boolean recursive = has(task, 'r') || has(task, 'R');
        boolean force = has(task, 'f');
        int code = 0;
        if (operands(task).isEmpty() && !force) {
            return tooFew(task);
        }
        String cannot = Options.gnu(task) ? "cannot remove '" : "can't remove '";
        for (String path : operands(task)) {
            try {
                remove(task, path, recursive);
            } catch (FileError e) {
                if (!force || e.kind() != FileError.Kind.MISSING) {
                    code = task.fail(1, cannot + path + "': " + e.words());
                }
            }
        }
        return code;
    }

    private static void remove(Task task, String path, boolean recursive) {
        if (task.files().lstat(path) instanceof DirectoryNode) {
            if (!recursive) {
                throw new FileError(FileError.Kind.IS_A_DIRECTORY, path);
            }
            for (String name : task.files().list(path)) {
                remove(task, path + "/" + name, true);
            }
        }
        task.files().remove(path);
    }

    private static int copy(Task task, boolean move) throws IOException {
        List<String> paths = operands(task);
        if (paths.size() < 2) {
            return paths.isEmpty() || !Options.gnu(task)
                    ? tooFew(task)
                    : Options.usage(task, 1, "missing destination file operand after '" + paths.get(0) + "'");
        }
        String target = paths.get(paths.size() - 1);
        boolean recursive = has(task, 'r') || has(task, 'R') || has(task, 'a');
        int code = 0;
        for (String path : paths.subList(0, paths.size() - 1)) {
            String to = task.files().isDirectory(target)
                    ? target + "/" + path.replaceFirst("/+$", "").replaceFirst(".*/", "")
                    : target;
            try {
                if (move) {
                    if (sameMount(task, path, to)) {
                        task.files().rename(path, to);
                    } else {
                        tree(task, path, to);
                        remove(task, path, true);
                    }
                } else if (task.files().isDirectory(path) && !recursive) {
                    code = task.fail(
                            1, (Options.gnu(task) ? "-r not specified; " : "") + "omitting directory '" + path + "'");
                } else {
                    tree(task, path, to);
                }
            } catch (FileError e) {
                boolean missing = e.kind() == FileError.Kind.MISSING && e.path().equals(path);
                String what = Options.gnu(task)
                        ? missing ? "cannot stat '" : move ? "cannot move '" : "cannot create regular file '"
                        : move ? "can't rename '" : missing ? "can't stat '" : "can't create '";
                code = task.fail(1, what + e.path() + "': " + e.words());
            }
        }
        return code;
    }

    private static boolean sameMount(Task task, String from, String to) {
        FileTree tree = task.files().tree();
        return java.util.Objects.equals(
                tree.mountOf(task.files().absolute(from)),
                tree.mountOf(task.files().absolute(to)));
    }

    private static void tree(Task task, String from, String to) {
        Inode node = task.files().stat(from);
        if (node instanceof DirectoryNode) {
            if (!task.files().exists(to)) {
                task.files().makeDirectory(to, node.mode());
            }
            for (String name : task.files().list(from)) {
                tree(task, from + "/" + name, to + "/" + name);
            }
            return;
        }
        if (node instanceof FileNode file
                && !file.program().isEmpty()
                && !task.files().exists(to)) {
            task.files().put(to, file.copyUp());
            return;
        }
        byte[] data = task.files().read(from);
        task.files().write(to, data);
        task.files().change(to).setMode(node.mode());
    }

    private static int ln(Task task) throws IOException {
        List<String> paths = operands(task);
        if (paths.isEmpty()) {
            return tooFew(task);
        }
        String target = paths.get(0);
        String path = paths.size() > 1 ? paths.get(1) : target.replaceFirst(".*/", "");
        if (task.files().isDirectory(path)) {
            path = path + "/" + target.replaceFirst(".*/", "");
        }
        try {
            if (has(task, 'f') && task.files().peek(path, false) != null) {
                task.files().remove(path);
            }
            if (has(task, 's')) {
                task.files().link(target, path);
            } else {
                task.files().put(path, task.files().stat(target));
            }
            return 0;
        } catch (FileError e) {
            return task.fail(1, path + ": " + e.words());
        }
    }

    private static int readlink(Task task) throws IOException {
        int code = 0;
        for (String path : operands(task)) {
            if (has(task, 'f')) {
                task.println(task.files().canonical(path));
            } else if (task.files().peek(path, false) instanceof LinkNode link) {
                task.println(link.target());
            } else {
                code = 1;
            }
        }
        return code;
    }
}
