package dev.kuar.practice.container;

import dev.kuar.practice.container.Inode.DirectoryNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What {@code find} is asked about each path: tests and actions joined by and, or, not and parentheses. */
final class FindExpression {
    private static final long MINUTE = 60_000;

    private final Task task;
    private final List<String> words;
    private final boolean gnu;
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

    interface Node {
        boolean test(FindPlace found, Inode node, Runner runner) throws IOException, InterruptedException;
    }

    /** What {@code -exec … +} gathers. */
    private record Batch(List<String> command, List<String> paths) {}

    private FindExpression(Task task, List<String> words) {
        this.task = task;
        this.words = words;
        this.gnu = Options.gnu(task);
        Node parsed = words.isEmpty() ? (found, node, runner) -> true : list();
        if (at < words.size()) {
            throw gnu && words.get(at).equals(")") ? new FindWrong("you have too many ')'") : unknown(words.get(at));
        }
        Node print = (found, node, runner) -> {
            task.println(found.path());
            return true;
        };
        root = acts ? parsed : and(parsed, print);
    }

    private FindWrong unknown(String word) {
        if (!gnu) {
            return new FindWrong("unrecognized: " + word, true);
        }
        return word.startsWith("-")
                ? new FindWrong("unknown predicate `" + word + "'", true)
                : new FindWrong("paths must precede expression: `" + word + "'", true);
    }

    private Node list() {
        Node left = or();
        while (gnu && at < words.size() && words.get(at).equals(",")) {
            at++;
            Node first = left;
            Node second = or();
            left = (found, node, runner) -> {
                var unused = first.test(found, node, runner);
                return second.test(found, node, runner);
            };
        }
        return left;
    }

    /** @throws FindWrong where a word is not understood or lacks its argument */
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

    private boolean failed() {
        fail(1);
        return false;
    }

    /** Tests and acts; whether what is below is to be left out. */
    boolean visit(FindPlace found, Inode node, Runner runner) throws IOException, InterruptedException {
        pruned = false;
        var unused = root.test(found, node, runner);
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
        return (found, node, runner) -> left.test(found, node, runner) && right.test(found, node, runner);
    }

    private Node or() {
        Node left = conjunction();
        while (at < words.size() && words.get(at).matches("-o|-or")) {
            at++;
            Node first = left;
            Node second = conjunction();
            left = (found, node, runner) -> first.test(found, node, runner) || second.test(found, node, runner);
        }
        return left;
    }

    private Node conjunction() {
        Node left = negation();
        while (at < words.size() && !words.get(at).matches("-o|-or|\\)|,")) {
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
            return (found, node, runner) -> !inner.test(found, node, runner);
        }
        return primary();
    }

    private String argument(String of) {
        if (at >= words.size()) {
            throw new FindWrong(gnu ? "missing argument to `" + of + "'" : of + " requires an argument");
        }
        return words.get(at++);
    }

    private int number(String of) {
        String text = argument(of);
        if (!text.matches("\\d{1,9}")) {
            throw new FindWrong(
                    gnu
                            ? "Expected a positive decimal integer argument to " + of + ", but got '" + text + "'"
                            : "invalid number '" + text + "'");
        }
        return Integer.parseInt(text);
    }

    private Node primary() {
        if (at >= words.size()) {
            throw new FindWrong(
                    gnu ? "expected an expression after `" + words.get(words.size() - 1) + "'" : "bad arg ''");
        }
        String word = words.get(at++);
        switch (word) {
            case "(" -> {
                Node inner = list();
                if (at >= words.size() || !words.get(at).equals(")")) {
                    throw new FindWrong(
                            gnu
                                    ? "invalid expression; I was expecting to find a ')' somewhere but did not see one."
                                    : "unpaired '('");
                }
                at++;
                return inner;
            }
            case "-maxdepth" -> {
                deepest = number(word);
                return (found, node, runner) -> true;
            }
            case "-mindepth" -> {
                shallowest = number(word);
                return (found, node, runner) -> true;
            }
            case "-depth" -> {
                depthFirst = true;
                return (found, node, runner) -> true;
            }
            case "-xdev", "-mount", "-follow" -> {
                return (found, node, runner) -> true;
            }
            case "-name", "-iname", "-path", "-ipath", "-wholename" -> {
                return FindTests.named(word, argument(word));
            }
            case "-regex" -> {
                return FindTests.regex(argument(word), false);
            }
            case "-type" -> {
                return FindTests.type(word, argument(word), gnu);
            }
            case "-links" -> {
                String figure = argument(word);
                return (found, node, runner) -> FindTests.compares(figure, StatTool.links(node));
            }
            case "-samefile" -> {
                String of = argument(word);
                Inode same = task.files().peek(of, true);
                if (same == null) {
                    throw new FindWrong((gnu ? "'" + of + "'" : of) + ": No such file or directory");
                }
                return (found, node, runner) -> node == same;
            }
            case "-empty" -> {
                return (found, node, runner) -> node instanceof DirectoryNode directory
                        ? directory.names().isEmpty()
                        : node.type() == '-' && node.size() == 0;
            }
            case "-size" -> {
                return FindTests.size(argument(word), gnu);
            }
            case "-mtime", "-mmin", "-atime", "-amin", "-ctime", "-cmin" -> {
                return age(word, argument(word));
            }
            case "-newer" -> {
                String than = argument(word);
                Inode other = task.files().peek(than, true);
                if (other == null) {
                    throw new FindWrong((gnu ? "'" : "can't stat '") + than + "': No such file or directory");
                }
                long when = other.modified();
                return (found, node, runner) -> node.modified() > when;
            }
            case "-perm" -> {
                return FindTests.permissions(argument(word));
            }
            case "-user", "-uid" -> {
                String user = argument(word);
                return FindTests.owner(
                        task,
                        "/etc/passwd",
                        user,
                        gnu ? "'" + user + "' is not the name of a known user" : "unknown user " + user);
            }
            case "-group", "-gid" -> {
                String group = argument(word);
                return FindTests.owner(
                        task,
                        "/etc/group",
                        group,
                        gnu ? "'" + group + "' is not the name of an existing group" : "unknown group " + group);
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
                return (found, node, runner) -> {
                    task.println(found.path());
                    return true;
                };
            }
            case "-print0" -> {
                return (found, node, runner) -> {
                    task.print(found.path() + "\0");
                    return true;
                };
            }
            case "-prune" -> {
                return (found, node, runner) -> {
                    pruned = true;
                    return true;
                };
            }
            case "-quit" -> {
                return (found, node, runner) -> {
                    quits = true;
                    return true;
                };
            }
            case "-delete" -> {
                depthFirst = true;
                return (found, node, runner) -> FindTests.delete(task, found.path(), node) || failed();
            }
            case "-exec", "-ok" -> {
                return exec(word, false);
            }
            default -> {
                return gnu ? more(word) : unknownNode(word);
            }
        }
    }

    private Node unknownNode(String word) {
        throw unknown(word);
    }

    /** What GNU's has and busybox's has not. */
    private Node more(String word) {
        switch (word) {
            case "-printf" -> {
                String format = argument(word);
                return (found, node, runner) -> {
                    task.print(FindFormat.of(task, format, found, node));
                    return true;
                };
            }
            case "-ls" -> {
                return (found, node, runner) -> {
                    task.print(FindFormat.of(task, "%9i %6k %M %3n %-8u %-8g %8s %Tb %Te %TH:%TM %p\\n", found, node));
                    return true;
                };
            }
            case "-execdir" -> {
                return exec(word, true);
            }
            default -> {
                acts = acts
                        && words.stream()
                                .anyMatch(each -> each.matches("-(print0?|exec|delete|ok|quit|ls|printf|execdir)"));
                return switch (word) {
                    case "-iregex" -> FindTests.regex(argument(word), true);
                    case "-true", "-noleaf", "-daystart", "-ignore_readdir_race" -> (found, node, runner) -> true;
                    case "-false" -> (found, node, runner) -> false;
                    case "-readable" -> (found, node, runner) -> task.who().may(node, 4);
                    case "-writable" -> (found, node, runner) -> task.who().may(node, 2);
                    case "-executable" -> (found, node, runner) -> task.who().may(node, 1);
                    case "-newermt" -> FindTests.newer(task, argument(word));
                    case "-regextype" -> {
                        String unused = argument(word);
                        yield (found, node, runner) -> true;
                    }
                    default -> unknownNode(word);
                };
            }
        }
    }

    private Node exec(String word, boolean beside) {
        List<String> command = new ArrayList<>();
        while (at < words.size()
                && !words.get(at).equals(";")
                && !(words.get(at).equals("+") && words.get(at - 1).equals("{}"))) {
            command.add(words.get(at++));
        }
        if (at >= words.size() || command.isEmpty()) {
            throw new FindWrong(gnu ? "missing argument to `" + word + "'" : word + " requires an argument");
        }
        if (words.get(at++).equals("+")) {
            Batch batch = new Batch(command, new ArrayList<>());
            batches.add(batch);
            return (found, node, runner) -> batch.paths().add(found.path());
        }
        return (found, node, runner) -> {
            String before = task.files().directory();
            if (beside && found.path().contains("/")) {
                task.files().changeDirectory(NameTools.directory(found.path()));
            }
            try {
                return runner.run(command, List.of(beside ? "./" + found.name() : found.path()));
            } finally {
                task.files().changeDirectory(before);
            }
        };
    }

    private Node age(String word, String figure) {
        if (!figure.matches("[-+]?\\d{1,9}")) {
            throw new FindWrong(
                    gnu ? "invalid argument `" + figure + "' to `" + word + "'" : "invalid number '" + figure + "'");
        }
        long unit = word.endsWith("min") ? MINUTE : 24 * 60 * MINUTE;
        return (found, node, runner) ->
                FindTests.compares(figure, (task.container().clock().now().toEpochMilli() - node.modified()) / unit);
    }
}
