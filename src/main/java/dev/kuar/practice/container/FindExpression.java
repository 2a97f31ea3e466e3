package dev.kuar.practice.container;

import dev.kuar.practice.container.Inode.DirectoryNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What {@code find} is asked about each path: tests and actions joined by and, or, not and parentheses. */
final class FindExpression {
    private static final long MINUTE = 60_000;

    private final Task task;
    private final List<String> words;
    private final Node root;
    private final List<Batch> batches = new ArrayList<>();
    private int at;
    private int deepest = Integer.MAX_VALUE;
    private int shallowest;
    private boolean depthFirst;
    private boolean acts;
    private boolean pruned;
    private boolean quits;
    private int code;

    /** Runs a command; whether it went well. */
    interface Runner {
        boolean run(List<String> command, List<String> paths) throws IOException, InterruptedException;
    }

    private interface Node {
        boolean test(String path, Inode node, Runner runner) throws IOException, InterruptedException;
    }

    /** What {@code -exec … +} gathers. */
    private record Batch(List<String> command, List<String> paths) {}

    /** A word that is not understood; the message is find's. */
    static final class Wrong extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Wrong(String message) {
            super(message);
        }
    }

    private FindExpression(Task task, List<String> words) {
        this.task = task;
        this.words = words;
        Node parsed = words.isEmpty() ? (path, node, runner) -> true : or();
        if (at < words.size()) {
            throw new Wrong("unrecognized: " + words.get(at));
        }
        Node print = (path, node, runner) -> {
            task.println(path);
            return true;
        };
        root = acts ? parsed : and(parsed, print);
    }

    /** @throws Wrong where a word is not understood or lacks its argument */
    static FindExpression parse(Task task, List<String> words) {
        return new FindExpression(task, words);
    }

    int deepest() {
        return deepest;
    }

    int shallowest() {
        return shallowest;
    }

    boolean depthFirst() {
        return depthFirst;
    }

    boolean quits() {
        return quits;
    }

    int code() {
        return code;
    }

    void fail(int with) {
        code = Math.max(code, with);
    }

    /** Tests and acts; whether what is below is to be left out. */
    boolean visit(String path, Inode node, Runner runner) throws IOException, InterruptedException {
        pruned = false;
        var unused = root.test(path, node, runner);
        return pruned;
    }

    /** Runs what was gathered. */
    void finish(Runner runner) throws IOException, InterruptedException {
        for (Batch batch : batches) {
            if (!batch.paths().isEmpty() && !runner.run(batch.command(), batch.paths())) {
                fail(1);
            }
        }
    }

    private static Node and(Node left, Node right) {
        return (path, node, runner) -> left.test(path, node, runner) && right.test(path, node, runner);
    }

    private Node or() {
        Node left = conjunction();
        while (at < words.size() && words.get(at).matches("-o|-or")) {
            at++;
            Node first = left;
            Node second = conjunction();
            left = (path, node, runner) -> first.test(path, node, runner) || second.test(path, node, runner);
        }
        return left;
    }

    private Node conjunction() {
        Node left = negation();
        while (at < words.size() && !words.get(at).matches("-o|-or|\\)")) {
            if (words.get(at).matches("-a|-and")) {
                at++;
            }
            left = and(left, negation());
        }
        return left;
    }

    private Node negation() {
        if (at < words.size() && words.get(at).matches("!|-not")) {
            at++;
            Node inner = negation();
            return (path, node, runner) -> !inner.test(path, node, runner);
        }
        return primary();
    }

    private String argument(String of) {
        if (at >= words.size()) {
            throw new Wrong("missing argument to '" + of + "'");
        }
        return words.get(at++);
    }

    private int number(String of) {
        String text = argument(of);
        if (!text.matches("\\d{1,9}")) {
            throw new Wrong("invalid number '" + text + "'");
        }
        return Integer.parseInt(text);
    }

    private Node primary() {
        if (at >= words.size()) {
            throw new Wrong("bad arg ''");
        }
        String word = words.get(at++);
        switch (word) {
            case "(" -> {
                Node inner = or();
                if (at >= words.size() || !words.get(at).equals(")")) {
                    throw new Wrong("unmatched '('");
                }
                at++;
                return inner;
            }
            case "-maxdepth" -> {
                deepest = number(word);
                return (path, node, runner) -> true;
            }
            case "-mindepth" -> {
                shallowest = number(word);
                return (path, node, runner) -> true;
            }
            case "-depth" -> {
                depthFirst = true;
                return (path, node, runner) -> true;
            }
            case "-xdev", "-mount", "-follow", "-true" -> {
                return (path, node, runner) -> true;
            }
            case "-false" -> {
                return (path, node, runner) -> false;
            }
            case "-name", "-iname", "-path", "-ipath", "-wholename" -> {
                return named(word, argument(word));
            }
            case "-type" -> {
                List<String> types = List.of(argument(word).split(","));
                return (path, node, runner) -> types.contains(node.type() == '-' ? "f" : String.valueOf(node.type()));
            }
            case "-empty" -> {
                return (path, node, runner) -> node instanceof DirectoryNode directory
                        ? directory.names().isEmpty()
                        : node.type() == '-' && node.size() == 0;
            }
            case "-size" -> {
                return size(argument(word));
            }
            case "-mtime", "-mmin", "-atime", "-amin", "-ctime", "-cmin" -> {
                return age(word.endsWith("min") ? MINUTE : 24 * 60 * MINUTE, argument(word));
            }
            case "-newer" -> {
                String than = argument(word);
                long when = task.files().stat(than).modified();
                return (path, node, runner) -> node.modified() > when;
            }
            case "-perm" -> {
                return permissions(argument(word));
            }
            case "-user", "-uid" -> {
                String user = argument(word);
                return (path, node, runner) -> user.equals(Integer.toString(node.uid()))
                        || user.equals(ContainerFiles.nameOf(task.files().tree(), "/etc/passwd", node.uid()));
            }
            case "-group", "-gid" -> {
                String group = argument(word);
                return (path, node, runner) -> group.equals(Integer.toString(node.gid()))
                        || group.equals(ContainerFiles.nameOf(task.files().tree(), "/etc/group", node.gid()));
            }
            default -> {
                return action(word);
            }
        }
    }

    private Node action(String word) {
        acts |= !word.equals("-prune");
        switch (word) {
            case "-print" -> {
                return (path, node, runner) -> {
                    task.println(path);
                    return true;
                };
            }
            case "-print0" -> {
                return (path, node, runner) -> {
                    task.print(path + "\0");
                    return true;
                };
            }
            case "-prune" -> {
                return (path, node, runner) -> {
                    pruned = true;
                    return true;
                };
            }
            case "-quit" -> {
                return (path, node, runner) -> {
                    quits = true;
                    return true;
                };
            }
            case "-delete" -> {
                depthFirst = true;
                return (path, node, runner) -> delete(path, node);
            }
            case "-exec", "-ok" -> {
                return exec();
            }
            default -> throw new Wrong("unrecognized: " + word);
        }
    }

    private boolean delete(String path, Inode node) throws IOException {
        if (path.equals(".")) {
            return true;
        }
        try {
            if (node instanceof DirectoryNode directory && !directory.names().isEmpty()) {
                throw new FileError(FileError.Kind.NOT_EMPTY, path);
            }
            task.files().remove(path);
            return true;
        } catch (FileError e) {
            fail(task.fail(1, path + ": " + e.words()));
            return false;
        }
    }

    private Node exec() {
        List<String> command = new ArrayList<>();
        while (at < words.size() && !words.get(at).matches("[;+]")) {
            command.add(words.get(at++));
        }
        if (at >= words.size() || command.isEmpty()) {
            throw new Wrong("missing argument to '-exec'");
        }
        if (words.get(at++).equals("+")) {
            Batch batch = new Batch(command, new ArrayList<>());
            batches.add(batch);
            return (path, node, runner) -> batch.paths().add(path);
        }
        return (path, node, runner) -> runner.run(command, List.of(path));
    }

    private static Node named(String word, String pattern) {
        boolean ignoring = word.startsWith("-i");
        boolean whole = !word.endsWith("name") || word.equals("-wholename");
        String wanted = ignoring ? pattern.toLowerCase(Locale.ROOT) : pattern;
        return (path, node, runner) -> {
            String subject = whole ? path : path.replaceFirst(".*/(?=.)", "");
            return ShellPattern.matches(wanted, ignoring ? subject.toLowerCase(Locale.ROOT) : subject);
        };
    }

    private static Node size(String text) {
        String figure = text.replaceFirst("[cwbkMG]$", "");
        if (!figure.matches("[-+]?\\d{1,15}")) {
            throw new Wrong("invalid number '" + text + "'");
        }
        long unit =
                switch (text.charAt(text.length() - 1)) {
                    case 'c' -> 1;
                    case 'w' -> 2;
                    case 'k' -> 1 << 10;
                    case 'M' -> 1 << 20;
                    case 'G' -> 1 << 30;
                    default -> 512;
                };
        return (path, node, runner) -> compares(figure, (node.size() + unit - 1) / unit);
    }

    private Node age(long unit, String figure) {
        if (!figure.matches("[-+]?\\d{1,9}")) {
            throw new Wrong("invalid number '" + figure + "'");
        }
        return (path, node, runner) ->
                compares(figure, (task.container().clock().now().toEpochMilli() - node.modified()) / unit);
    }

    /** As {@code +n}, {@code -n} and {@code n} compare. */
    private static boolean compares(String figure, long value) {
        long number = Long.parseLong(figure.replaceFirst("^[-+]", ""));
        return figure.startsWith("+") ? value > number : figure.startsWith("-") ? value < number : value == number;
    }

    private static Node permissions(String text) {
        String bits = text.replaceFirst("^[-/+]", "");
        if (!bits.matches("[0-7]{1,5}")) {
            throw new Wrong("invalid mode '" + text + "'");
        }
        int wanted = Integer.parseInt(bits, 8);
        return (path, node, runner) -> text.startsWith("-")
                ? (node.mode() & wanted) == wanted
                : text.startsWith("/") || text.startsWith("+")
                        ? wanted == 0 || (node.mode() & wanted) != 0
                        : node.mode() == wanted;
    }
}
