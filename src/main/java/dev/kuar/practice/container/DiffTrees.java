package dev.kuar.practice.container;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Two directories as diff compares them: name by name, with {@code -r} all that lies below. */
final class DiffTrees {
    private final DiffTool diff;
    private final Task task;
    private final String head;

    /** @param operands the words of the command line that are no options */
    DiffTrees(DiffTool diff, List<String> operands) {
        this.diff = diff;
        this.task = diff.task();
        List<String> words = new ArrayList<>(SystemTools.arguments(task));
        operands.forEach(words::remove);
        words.add(0, "diff");
        this.head = diff.gnu() ? String.join(" ", words) + " " : "";
    }

    int compare(String one, String other) throws IOException {
        return diff.is('r') && !diff.gnu() ? flat(one, other) : level(one, other);
    }

    /** busybox names all files below by their paths. */
    private int flat(String one, String other) throws IOException {
        TreeSet<String> names = new TreeSet<>();
        collect(one, "", names);
        collect(other, "", names);
        int code = 0;
        for (String name : names) {
            code = Math.max(code, entry(one, other, name));
        }
        return code;
    }

    private void collect(String root, String below, TreeSet<String> names) {
        for (String name : task.files().list(below.isEmpty() ? root : under(root, below))) {
            String path = below.isEmpty() ? name : below + "/" + name;
            if (task.files().isDirectory(under(root, path))) {
                collect(root, path, names);
            } else {
                names.add(path);
            }
        }
    }

    private int level(String one, String other) throws IOException {
        TreeSet<String> names = new TreeSet<>(names(one));
        names.addAll(names(other));
        names.removeIf(name -> diff.excluded().stream().anyMatch(pattern -> ShellPattern.matches(pattern, name)));
        int code = 0;
        for (String name : names) {
            code = Math.max(code, entry(one, other, name));
        }
        return code;
    }

    /** Of a directory that need not be there. */
    private List<String> names(String directory) {
        return diff.is('N') && !task.files().exists(directory)
                ? List.of()
                : task.files().list(directory);
    }

    private static String under(String directory, String name) {
        return directory.endsWith("/") ? directory + name : directory + "/" + name;
    }

    private int entry(String one, String other, String name) throws IOException {
        String left = under(one, name);
        String right = under(other, name);
        boolean isLeft = task.files().exists(left);
        boolean isRight = task.files().exists(right);
        boolean leftIsTree = task.files().isDirectory(left);
        boolean rightIsTree = task.files().isDirectory(right);
        boolean deep = diff.is('r') && diff.is('N');
        if (deep && (leftIsTree && !isRight || rightIsTree && !isLeft)) {
            return level(left, right);
        }
        if (!(isLeft && isRight) && !(diff.is('N') && !leftIsTree && !rightIsTree)) {
            task.println("Only in " + (isLeft ? one : other) + ": " + name);
            return 1;
        }
        if (leftIsTree && rightIsTree) {
            if (diff.is('r')) {
                return level(left, right);
            }
            task.println("Common subdirectories: " + left + " and " + right);
            return 0;
        }
        if (leftIsTree || rightIsTree) {
            task.println("File " + left + " is a " + kind(left) + " while file " + right + " is a " + kind(right));
            return 1;
        }
        return diff.files(left, right, head.isEmpty() ? "" : head + left + " " + right + "\n");
    }

    private String kind(String path) {
        Inode node = task.files().stat(path);
        return List.of("directory", "regular empty file", "regular file")
                .get(task.files().isDirectory(path) ? 0 : node.size() == 0 ? 1 : 2);
    }
}
