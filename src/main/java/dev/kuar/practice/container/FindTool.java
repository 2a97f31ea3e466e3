package dev.kuar.practice.container;

import dev.kuar.practice.container.Inode.DirectoryNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code find}: walks, and asks a {@link FindExpression} about each thing on the way. */
final class FindTool implements Tool {
    @Override
    public int run(Task task) throws IOException, InterruptedException {
        boolean gnu = Options.gnu(task);
        List<String> args = SystemTools.arguments(task);
        List<String> roots = new ArrayList<>();
        int i = 0;
        boolean follow = false;
        while (i < args.size() && args.get(i).matches("-[HLP]")) {
            follow = args.get(i++).equals("-L");
        }
        while (i < args.size() && !args.get(i).startsWith("-") && !args.get(i).matches("[!(),]")) {
            roots.add(args.get(i++));
        }
        FindExpression expression;
        try {
            expression = FindExpression.parse(task, args.subList(i, args.size()));
        } catch (FindWrong wrong) {
            int code = task.fail(1, String.valueOf(wrong.getMessage()));
            return !gnu && wrong.unknown()
                    ? Options.tooFew(task, code, "", "[-HL] [PATH]... [OPTIONS] [ACTIONS]")
                    : code;
        }
        FindExpression.Runner runner = (command, paths) -> execute(task, command, paths);
        int code = 0;
        for (String root : roots.isEmpty() ? List.of(".") : roots) {
            if (task.files().peek(root, false) == null) {
                code = task.fail(1, (gnu ? "'" + root + "'" : root) + ": No such file or directory");
            } else if (walk(task, expression, new FindPlace(root, root, 0, follow), runner)) {
                break;
            }
        }
        expression.finish(runner);
        return Math.max(code, expression.code());
    }

    /** Whether the walk is to end. */
    private static boolean walk(Task task, FindExpression expression, FindPlace found, FindExpression.Runner runner)
            throws IOException, InterruptedException {
        if (task.isOver()) {
            throw new InterruptedException();
        }
        String path = found.path();
        Inode node = task.files().peek(path, found.follow());
        node = node == null ? task.files().peek(path, false) : node;
        if (node == null) {
            return false;
        }
        int depth = found.depth();
        boolean into = node instanceof DirectoryNode && depth < expression.deepest();
        boolean shown = depth >= expression.shallowest();
        if (shown && !expression.depthFirst()) {
            into &= !expression.visit(found, node, runner);
        }
        if (into && !expression.quits()) {
            try {
                for (String child : task.files().list(path)) {
                    String below = path.endsWith("/") ? path + child : path + "/" + child;
                    FindPlace next = new FindPlace(below, found.root(), depth + 1, found.follow());
                    if (walk(task, expression, next, runner)) {
                        return true;
                    }
                }
            } catch (FileError denied) {
                String shownPath = Options.gnu(task) ? "'" + path + "'" : path;
                expression.fail(task.fail(1, shownPath + ": " + denied.words()));
            }
        }
        if (shown && expression.depthFirst() && !expression.quits()) {
            var unused = expression.visit(found, node, runner);
        }
        return expression.quits();
    }

    /** Runs a command with the paths in place of {@code {}}; whether it went well. */
    private static boolean execute(Task task, List<String> command, List<String> paths)
            throws IOException, InterruptedException {
        List<String> words = new ArrayList<>();
        for (String word : command) {
            if (word.equals("{}")) {
                words.addAll(paths);
            } else {
                words.add(word.replace("{}", paths.get(0)));
            }
        }
        Launcher.Found found = task.container().runtime().launcher().find(task.files(), words.get(0), task.env("PATH"));
        if (found.tool() == null && found.failure() != Launcher.Failure.UNMODELLED) {
            boolean gnu = Options.gnu(task);
            int unused =
                    task.fail(1, (gnu ? "'" : "") + words.get(0) + (gnu ? "'" : "") + ": No such file or directory");
            return false;
        }
        return new Shell(task).external(words, Map.of(), false) == 0;
    }
}
