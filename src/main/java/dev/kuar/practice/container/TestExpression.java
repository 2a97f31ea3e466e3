package dev.kuar.practice.container;

import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The expression of {@code test}: by the number of its words where there are few, else from left to right. */
final class TestExpression {
    private static final Set<String> UNARY = Set.of(
            "-b", "-c", "-d", "-e", "-f", "-g", "-G", "-h", "-k", "-L", "-n", "-O", "-p", "-r", "-s", "-S", "-t", "-u",
            "-w", "-x", "-z");
    private static final Set<String> BINARY =
            Set.of("=", "!=", "-eq", "-ne", "-lt", "-le", "-gt", "-ge", "-nt", "-ot", "-ef", "<", ">");

    private final Task task;
    private final @Nullable Shell shell;
    private final TestWords words;
    private final String bracket;
    private final List<String> args;
    private int at;

    TestExpression(Task task, @Nullable Shell shell, TestWords words, String bracket, List<String> args) {
        this.task = task;
        this.shell = shell;
        this.words = words;
        this.bracket = bracket;
        this.args = args;
    }

    /** An expression that is none; the message is the complaint. */
    static final class Wrong extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Wrong(String message) {
            super(message, null, false, false);
        }
    }

    boolean holds() {
        if (args.isEmpty()) {
            return false;
        }
        if ((words == TestWords.BASH || words == TestWords.GNU) && args.size() <= 4) {
            return counted(args);
        }
        boolean value = either();
        if (at < args.size()) {
            throw new Wrong(words.leftOver(args.get(Math.max(0, at - 1)), args.get(at)));
        }
        return value;
    }

    private boolean counted(List<String> some) {
        switch (some.size()) {
            case 1:
                return !some.get(0).isEmpty();
            case 2:
                if (some.get(0).equals("!")) {
                    return some.get(1).isEmpty();
                }
                if (!isUnary(some.get(0))) {
                    throw new Wrong(words.unary(some.get(0)));
                }
                return one(some.get(0), some.get(1));
            case 3:
                if (isBinary(some.get(1))) {
                    return two(some.get(0), some.get(1), some.get(2));
                }
                if (some.get(1).equals("-a") || some.get(1).equals("-o")) {
                    boolean left = !some.get(0).isEmpty();
                    boolean right = !some.get(2).isEmpty();
                    return some.get(1).equals("-a") ? left && right : left || right;
                }
                if (some.get(0).equals("!")) {
                    return !counted(some.subList(1, 3));
                }
                if (some.get(0).equals("(") && some.get(2).equals(")")) {
                    return counted(some.subList(1, 2));
                }
                throw new Wrong(words.binary(some.get(1)));
            default:
                if (some.get(0).equals("!")) {
                    return !counted(some.subList(1, 4));
                }
                if (some.get(0).equals("(") && some.get(3).equals(")")) {
                    return counted(some.subList(1, 3));
                }
                boolean value = either();
                if (at < args.size()) {
                    throw new Wrong(words.leftOver(args.get(Math.max(0, at - 1)), args.get(at)));
                }
                return value;
        }
    }

    private boolean isNext(String word) {
        return at < args.size() && args.get(at).equals(word);
    }

    private boolean either() {
        boolean value = both();
        while (isNext("-o")) {
            at++;
            value |= both();
        }
        return value;
    }

    private boolean both() {
        boolean value = not();
        while (isNext("-a")) {
            at++;
            value &= not();
        }
        return value;
    }

    private boolean not() {
        if (isNext("!") && !(at + 2 < args.size() && isBinary(args.get(at + 1))) && at + 1 < args.size()) {
            at++;
            return !not();
        }
        return primary();
    }

    private boolean primary() {
        if (at >= args.size()) {
            if (words == TestWords.DASH) {
                return false;
            }
            throw new Wrong(words.argument(words == TestWords.GNU ? args.get(args.size() - 1) : ""));
        }
        String word = args.get(at);
        boolean binary = at + 1 < args.size() && isBinary(args.get(at + 1));
        if (binary && (at + 2 < args.size() || !isUnary(word))) {
            if (at + 2 >= args.size()) {
                throw new Wrong(words.argument(args.get(at + 1)));
            }
            at += 3;
            return two(word, args.get(at - 2), args.get(at - 1));
        }
        if (word.equals("(") && at + 1 < args.size()) {
            at++;
            boolean value = either();
            if (!isNext(")")) {
                throw new Wrong(words.parenthesis(!bracket.isEmpty()));
            }
            at++;
            return value;
        }
        if (isUnary(word) && at + 1 < args.size()) {
            at += 2;
            return one(word, args.get(at - 1));
        }
        at++;
        return !word.isEmpty();
    }

    private boolean isUnary(String operator) {
        return UNARY.contains(operator)
                || words == TestWords.BASH
                        && Set.of("-v", "-o", "-a", "-N", "-R").contains(operator)
                || words == TestWords.GNU && operator.equals("-N");
    }

    private boolean isBinary(String operator) {
        return BINARY.contains(operator)
                || operator.equals("==") && words != TestWords.DASH
                || operator.equals("=~") && bracket.equals("]]");
    }

    boolean one(String operator, String value) {
        boolean link = operator.equals("-L") || operator.equals("-h");
        Inode node = Set.of("-z", "-n", "-t", "-v", "-o").contains(operator)
                ? null
                : task.files().peek(value, !link);
        return switch (operator) {
            case "-z" -> value.isEmpty();
            case "-n" -> !value.isEmpty();
            case "-t" -> isTerminal(value);
            case "-v" -> shell != null && isSet(shell, value);
            case "-o" -> shell != null && isOn(shell, value);
            case "-e", "-a" -> node != null;
            case "-f" -> node instanceof Inode.FileNode;
            case "-d" -> node instanceof Inode.DirectoryNode;
            case "-L", "-h" -> node instanceof Inode.LinkNode;
            case "-c" -> node instanceof Inode.DeviceNode;
            case "-s" -> node != null && node.size() > 0;
            case "-r" -> node != null && task.who().may(node, 4);
            case "-w" -> node != null && task.who().may(node, 2);
            case "-x" -> node != null && (node.mode() & 0111) != 0 && task.who().may(node, 1);
            case "-u" -> node != null && (node.mode() & 04000) != 0;
            case "-g" -> node != null && (node.mode() & 02000) != 0;
            case "-k" -> node != null && (node.mode() & 01000) != 0;
            case "-O" -> node != null && node.uid() == task.who().uid();
            case "-G" -> node != null && node.gid() == task.who().gid();
            default -> false;
        };
    }

    private static boolean isSet(Shell shell, String name) {
        int open = name.indexOf('[');
        if (open < 0 || !name.endsWith("]")) {
            return shell.isSet(name);
        }
        try {
            return shell.arrays.element(name.substring(0, open), name.substring(open + 1, name.length() - 1)) != null;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isOn(Shell shell, String option) {
        return shell.options().is(option);
    }

    private boolean isTerminal(String value) {
        if (!value.strip().matches("[-+]?\\d+")) {
            if (words == TestWords.BASH) {
                return false;
            }
            throw new Wrong(words.number(value, false));
        }
        int fd = Integer.parseInt(value.strip());
        return shell != null ? shell.fds.getOrDefault(fd, Fd.NULL).tty() != null : task.tty(fd) != null;
    }

    boolean two(String left, String operator, String right) {
        return switch (operator) {
            case "=", "==" -> bracket.equals("]]") ? ShellPattern.matches(right, left) : left.equals(right);
            case "!=" -> bracket.equals("]]") ? !ShellPattern.matches(right, left) : !left.equals(right);
            case "=~" -> left.matches("(?s).*(?:" + right + ").*");
            case "<" -> left.compareTo(right) < 0;
            case ">" -> left.compareTo(right) > 0;
            case "-nt" -> bothCount(left, right) && modified(left) > modified(right);
            case "-ot" -> bothCount(left, right) && modified(left) < modified(right);
            case "-ef" -> same(task.files().peek(left, true), task.files().peek(right, true));
            default -> compares(operator, number(left).compareTo(number(right)));
        };
    }

    private static boolean compares(String operator, int order) {
        return switch (operator) {
            case "-eq" -> order == 0;
            case "-ne" -> order != 0;
            case "-lt" -> order < 0;
            case "-le" -> order <= 0;
            case "-gt" -> order > 0;
            default -> order >= 0;
        };
    }

    @SuppressWarnings("ReferenceEquality") // a file is itself, however it is named
    private static boolean same(@Nullable Inode one, @Nullable Inode other) {
        return one != null && one == other;
    }

    /** Whether files can be compared by their age: in dash and ash both must be there. */
    private boolean bothCount(String left, String right) {
        return words == TestWords.BASH
                || words == TestWords.GNU
                || task.files().peek(left, true) != null && task.files().peek(right, true) != null;
    }

    private long modified(String path) {
        Inode node = task.files().peek(path, true);
        long unit = words == TestWords.ASH ? 1000 : 1;
        return node == null ? Long.MIN_VALUE : node.modified() / unit;
    }

    private BigInteger number(String text) {
        if (!text.strip().matches("[-+]?\\d+")) {
            throw new Wrong(words.number(text, false));
        }
        BigInteger value = new BigInteger(text.strip().replaceFirst("^\\+", ""));
        if (value.bitLength() > 63 && words != TestWords.GNU) {
            throw new Wrong(words.number(text, true));
        }
        return value;
    }
}
