package dev.kuar.practice.container;

import dev.kuar.practice.container.Inode.DirectoryNode;
import dev.kuar.practice.container.Inode.FileNode;
import dev.kuar.practice.container.Inode.LinkNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** cp and mv. */
final class CopyTool {
    private static final Map<String, Character> NAMES = Map.ofEntries(
            Map.entry("archive", 'a'),
            Map.entry("force", 'f'),
            Map.entry("interactive", 'i'),
            Map.entry("link", 'l'),
            Map.entry("dereference", 'L'),
            Map.entry("no-clobber", 'n'),
            Map.entry("no-dereference", 'P'),
            Map.entry("preserve", 'p'),
            Map.entry("recursive", 'r'),
            Map.entry("symbolic-link", 's'),
            Map.entry("target-directory", 't'),
            Map.entry("no-target-directory", 'T'),
            Map.entry("update", 'u'),
            Map.entry("verbose", 'v'));

    private final Task task;
    private final Options options;
    private final boolean gnu;
    private final boolean moves;
    private int code;

    private CopyTool(Task task, Options options, boolean moves) {
        this.task = task;
        this.options = options;
        this.gnu = Options.gnu(task);
        this.moves = moves;
    }

    static void addTo(Map<String, Tool> tools) {
        Options.Body copy = (task, options) -> new CopyTool(task, options, false).run();
        Options.Body move = (task, options) -> new CopyTool(task, options, true).run();
        tools.put("cp", both("afinp;PrRuvlsdLHt:Txb", "afinpPrRuvlsdLHt:T", copy));
        tools.put("mv", both("finuvt:Tb", "finvt:T", move));
    }

    private static Tool both(String letters, String busybox, Options.Body body) {
        // cp -p takes no argument, --preserve may.
        Tool gnu = Options.tool(letters.replace("p;", "p"), NAMES, 1, body);
        Tool small = Options.tool(
                busybox,
                Map.of(
                        "archive",
                        'a',
                        "force",
                        'f',
                        "interactive",
                        'i',
                        "recursive",
                        'r',
                        "no-clobber",
                        'n',
                        "verbose",
                        'v'),
                1,
                body);
        return task -> {
            boolean kept = task.args().stream().anyMatch(arg -> arg.startsWith("--preserve="));
            return (Options.gnu(task) ? kept ? Options.tool(letters, NAMES, 1, body) : gnu : small).run(task);
        };
    }

    private boolean is(char letter) {
        return options.has(letter);
    }

    private boolean recursive() {
        return is('r') || is('R') || is('a');
    }

    private int run() throws IOException {
        List<String> paths = new ArrayList<>(options.operands());
        if (is('t')) {
            paths.add(options.value('t', "."));
        }
        if (paths.size() < 2) {
            return Options.tooFew(
                    task,
                    1,
                    paths.isEmpty()
                            ? "missing file operand"
                            : "missing destination file operand after '" + paths.get(0) + "'",
                    "[OPTIONS] SOURCE... DEST");
        }
        String target = paths.remove(paths.size() - 1);
        boolean into = task.files().isDirectory(target) && !is('T');
        if (gnu && !into && (paths.size() > 1 || is('t'))) {
            String why = task.files().exists(target) ? "Not a directory" : "No such file or directory";
            return task.fail(
                    1, is('t') ? "target directory '" + target + "': " + why : "target '" + target + "': " + why);
        }
        into |= paths.size() > 1;
        for (String path : paths) {
            String name = NameTools.last(path);
            String to = !into ? target : target.endsWith("/") ? target + name : target + "/" + name;
            try {
                one(path, to);
            } catch (FileError e) {
                complain(e, path, to);
            }
        }
        return code;
    }

    private void fail(String gnuWords, String words) throws IOException {
        code = task.fail(1, gnu ? gnuWords : words);
    }

    private void complain(FileError e, String path, String to) throws IOException {
        boolean source = e.path().equals(path)
                && e.kind() == FileError.Kind.MISSING
                && task.files().peek(path, false) == null;
        if (moves) {
            boolean missing = task.files().peek(path, false) == null;
            String where = missing ? "cannot stat '" + path + "'" : "cannot move '" + path + "' to '" + to + "'";
            fail(where + ": " + e.words(), "can't rename '" + path + "': " + e.words());
        } else if (source) {
            fail("cannot stat '" + path + "': " + e.words(), "can't stat '" + path + "': " + e.words());
        } else if (e.kind() == FileError.Kind.DENIED && e.path().equals(path)) {
            fail("cannot open '" + path + "' for reading: " + e.words(), "can't open '" + path + "': " + e.words());
        } else {
            boolean directory = task.files().isDirectory(path);
            String what = directory ? "directory" : "regular file";
            fail(
                    "cannot create " + what + " '" + e.path() + "': " + e.words(),
                    "can't create " + (directory ? "directory " : "") + "'" + e.path() + "': " + e.words());
        }
    }

    private void one(String path, String to) throws IOException {
        Inode node =
                moves || links(true) ? task.files().lstat(path) : task.files().stat(path);
        if (node instanceof DirectoryNode && !moves && !recursive()) {
            fail("-r not specified; omitting directory '" + path + "'", "omitting directory '" + path + "'");
            return;
        }
        Inode there = task.files().peek(to, true);
        if (there != null && there == task.files().peek(path, true) && !(moves && !gnu)) {
            code = task.fail(1, "'" + path + "' and '" + to + "' are the same file");
            return;
        }
        if (node instanceof DirectoryNode && inside(path, to)) {
            if (moves) {
                fail(
                        "cannot move '" + path + "' to a subdirectory of itself, '" + to + "'",
                        "can't rename '" + path + "': Invalid argument");
            } else {
                fail(
                        "cannot copy a directory, '" + path + "', into itself, '" + to + "'",
                        "recursion detected, omitting directory '" + to + "'");
            }
            return;
        }
        if (moves && there != null && there == node) {
            return;
        }
        if (there != null && !(there instanceof DirectoryNode) && node instanceof DirectoryNode) {
            fail(
                    "cannot overwrite non-directory '" + to + "' with directory '" + path + "'",
                    moves ? "can't rename '" + path + "': Not a directory" : "target '" + to + "' is not a directory");
            return;
        }
        if (there instanceof DirectoryNode && !(node instanceof DirectoryNode)) {
            fail(
                    "cannot overwrite directory '" + to + "' with non-directory" + (moves ? " '" + path + "'" : ""),
                    moves ? "can't rename '" + path + "': Is a directory" : "'" + to + "' is a directory");
            return;
        }
        if (there != null && !(there instanceof DirectoryNode) && !overwrites(node, there, to)) {
            return;
        }
        if (moves) {
            move(path, to);
        } else {
            tree(path, to, true);
        }
    }

    private boolean overwrites(Inode node, Inode there, String to) throws IOException {
        if (is('n') || is('u') && node.modified() <= there.modified()) {
            return false;
        }
        if (is('i') && !is('f')) {
            task.printError(task.name() + ": overwrite '" + to + "'? ");
            return Asked.yes(task);
        }
        return true;
    }

    /** Whether a path leads into what another names. */
    private boolean inside(String path, String to) {
        String from = task.files().canonical(path);
        String above = NameTools.directory(task.files().absolute(to));
        return task.files().exists(above)
                && (task.files().canonical(above) + "/").startsWith(from.endsWith("/") ? from : from + "/");
    }

    private void move(String path, String to) throws IOException {
        if (task.files().peek(to, false) instanceof DirectoryNode full
                && !full.names().isEmpty()) {
            throw new FileError(FileError.Kind.NOT_EMPTY, to);
        }
        FileTree tree = task.files().tree();
        if (Objects.equals(
                tree.mountOf(task.files().absolute(path)),
                tree.mountOf(task.files().absolute(to)))) {
            task.files().rename(path, to);
        } else {
            tree(path, to, true);
            RemoveTool.remove(task, path);
        }
        if (is('v')) {
            task.println((gnu ? "renamed '" : "'") + path + "' -> '" + to + "'");
        }
    }

    /** Whether links are copied as links. */
    private boolean links(boolean top) {
        return moves || is('a') || is('d') || is('P') || recursive() && !is('L') && !(is('H') && top);
    }

    private void tree(String from, String to, boolean top) throws IOException {
        Inode node = links(top) ? task.files().lstat(from) : task.files().stat(from);
        if (is('v') && !moves) {
            task.println("'" + from + "' -> '" + to + "'");
        }
        if (node instanceof DirectoryNode) {
            boolean made = !task.files().exists(to);
            if (made) {
                task.files()
                        .makeDirectory(
                                to,
                                kept()
                                        ? node.mode()
                                        : node.mode() & 0777 & ~task.files().umask());
            }
            for (String name : task.files().list(from)) {
                String below = from.endsWith("/") ? from + name : from + "/" + name;
                try {
                    tree(below, to + "/" + name, false);
                } catch (FileError e) {
                    complain(e, below, to + "/" + name);
                }
            }
            keep(node, to, made);
            return;
        }
        if (node instanceof LinkNode link) {
            replace(to);
            task.files().link(link.target(), to);
            return;
        }
        if (is('l') || is('s')) {
            if (task.files().peek(to, false) != null && is('f')) {
                replace(to);
            }
            if (is('l')) {
                task.files().hardLink(from, to);
            } else {
                task.files().link(from, to);
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
        boolean made = !task.files().exists(to);
        task.save(to, data);
        if (made && task.files().stat(to) instanceof FileNode) {
            task.files()
                    .change(to)
                    .setMode(
                            kept()
                                    ? node.mode()
                                    : node.mode() & 0777 & ~task.files().umask());
        }
        keep(node, to, true);
    }

    private void replace(String to) {
        if (task.files().peek(to, false) != null) {
            task.files().remove(to);
        }
    }

    /** Whether times, owners and modes go along. */
    private boolean kept() {
        return moves || is('p') || is('a');
    }

    private void keep(Inode node, String to, boolean all) {
        if (kept() && task.files().peek(to, true) != null && !(task.files().stat(to) instanceof Inode.DeviceNode)) {
            Inode copy = task.files().change(to);
            copy.touch(node.modified());
            if (all) {
                copy.setMode(node.mode());
                if (task.who().uid() == 0) {
                    copy.setOwner(node.uid(), node.gid());
                }
            }
        }
    }
}
