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
        List<String> args = SystemTools.arguments(task);
        List<String> roots = new ArrayList<>();
        int i = 0;
        while (i < args.size() && args.get(i).matches("-[HLP]")) {
            i++;
        }
        while (i < args.size() && !args.get(i).startsWith("-") && !args.get(i).matches("[!()]")) {
            roots.add(args.get(i++));
        }
        FindExpression expression;
        try {
            expression = FindExpression.parse(task, args.subList(i, args.size()));
        } catch (FindExpression.Wrong wrong) {
            return task.fail(1, String.valueOf(wrong.getMessage()));
        }
        int code = 0;
        for (String root : roots.isEmpty() ? List.of(".") : roots) {
            if (task.files().peek(root, false) == null) {
                boolean gnu = task.container().spec().image().flavour().equals("gnu");
                code = task.fail(1, (gnu ? "‘" + root + "’" : root) + ": No such file or directory");
            } else if (walk(task, expression, root, 0)) {
                break;
            }
        }
        expression.finish((command, paths) -> execute(task, command, paths));
        return Math.max(code, expression.code());
    }

    /** Whether the walk is to end. */
    private static boolean walk(Task task, FindExpression expression, String path, int depth)
            throws IOException, InterruptedException {
        if (task.isOver()) {
            throw new InterruptedException();
        }
        Inode node = task.files().peek(path, false);
        if (node == null) {
            return false;
        }
        boolean into = node instanceof DirectoryNode && depth < expression.deepest();
        boolean shown = depth >= expression.shallowest();
        if (shown && !expression.depthFirst()) {
            into &= !expression.visit(path, node, (command, paths) -> execute(task, command, paths));
        }
        if (into && !expression.quits()) {
            try {
                for (String child : task.files().list(path)) {
                    if (walk(task, expression, path.endsWith("/") ? path + child : path + "/" + child, depth + 1)) {
                        return true;
                    }
                }
            } catch (FileError denied) {
                expression.fail(task.fail(1, path + ": " + denied.words()));
            }
        }
        if (shown && expression.depthFirst() && !expression.quits()) {
            var unused = expression.visit(path, node, (command, paths) -> execute(task, command, paths));
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
        return new Shell(task).external(words, Map.of(), false) == 0;
    }
}
