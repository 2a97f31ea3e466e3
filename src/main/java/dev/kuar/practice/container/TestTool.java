package dev.kuar.practice.container;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** {@code test} and {@code [}. */
final class TestTool implements Tool {
    @Override
    public int run(Task task) throws IOException {
        List<String> args = new ArrayList<>(SystemTools.arguments(task));
        if (task.name().startsWith("[")
                && !args.isEmpty()
                && args.get(args.size() - 1).startsWith("]")) {
            args.remove(args.size() - 1);
        }
        try {
            return any(task, args) ? 0 : 1;
        } catch (NumberFormatException e) {
            return task.fail(2, String.valueOf(e.getMessage()).replaceFirst(".*\"(.*)\".*", "$1") + ": bad number");
        }
    }

    /** Whether a test holds that is not split at {@code -a} and {@code -o}. */
    static boolean holds(Task task, List<String> args) {
        return args.size() == 2
                ? one(task, args.get(0), args.get(1))
                : two(task, args.get(0), args.get(1), args.get(2));
    }

    private static boolean any(Task task, List<String> args) {
        int or = args.lastIndexOf("-o");
        if (or > 0) {
            return any(task, args.subList(0, or)) || any(task, args.subList(or + 1, args.size()));
        }
        int and = args.lastIndexOf("-a");
        if (and > 0) {
            return any(task, args.subList(0, and)) && any(task, args.subList(and + 1, args.size()));
        }
        if (!args.isEmpty() && args.get(0).equals("!")) {
            return !any(task, args.subList(1, args.size()));
        }
        return switch (args.size()) {
            case 0 -> false;
            case 1 -> !args.get(0).isEmpty();
            case 2 -> one(task, args.get(0), args.get(1));
            default -> two(task, args.get(0), args.get(1), args.get(2));
        };
    }

    private static boolean one(Task task, String operator, String value) {
        Inode node = task.files().peek(value, !operator.equals("-L") && !operator.equals("-h"));
        return switch (operator) {
            case "-z" -> value.isEmpty();
            case "-n" -> !value.isEmpty();
            case "-e" -> node != null;
            case "-f" -> node instanceof Inode.FileNode;
            case "-d" -> node instanceof Inode.DirectoryNode;
            case "-L", "-h" -> node instanceof Inode.LinkNode;
            case "-s" -> node != null && node.size() > 0;
            case "-r" -> node != null && task.who().may(node, 4);
            case "-w" -> node != null && task.who().may(node, 2);
            case "-x" -> node != null && (node.mode() & 0111) != 0 && task.who().may(node, 1);
            case "-t" -> task.tty(Integer.parseInt(value)) != null;
            default -> false;
        };
    }

    private static boolean two(Task task, String left, String operator, String right) {
        return switch (operator) {
            case "=" -> left.equals(right);
            case "==" -> task.name().equals("[[") ? ShellPattern.matches(right, left) : left.equals(right);
            case "!=" -> !left.equals(right);
            case "-eq" -> Long.parseLong(left.strip()) == Long.parseLong(right.strip());
            case "-ne" -> Long.parseLong(left.strip()) != Long.parseLong(right.strip());
            case "-lt" -> Long.parseLong(left.strip()) < Long.parseLong(right.strip());
            case "-le" -> Long.parseLong(left.strip()) <= Long.parseLong(right.strip());
            case "-gt" -> Long.parseLong(left.strip()) > Long.parseLong(right.strip());
            case "-ge" -> Long.parseLong(left.strip()) >= Long.parseLong(right.strip());
            default -> false;
        };
    }
}
