package dev.kuar.practice.container;

import dev.kuar.practice.container.Inode.DirectoryNode;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Tests of {@code find}: names, expressions, sizes, modes, users and groups. */
final class FindTests {
    private FindTests() {}

    static FindExpression.Node regex(String text, boolean ignoring) {
        try {
            PosixRegex regex = PosixRegex.of(text, new PosixRegex.Style(false, ignoring, false, false));
            PosixRegex whole = PosixRegex.any(List.of(regex), "^", "\\z");
            return (found, node, runner) -> whole.search(found.path()).find(0);
        } catch (PosixRegex.Wrong e) {
            throw new FindWrong(e.words());
        }
    }

    /** @param unknown what is said of a name that nobody has */
    static FindExpression.Node owner(Task task, String file, String name, String unknown) {
        boolean users = file.equals("/etc/passwd");
        if (!name.matches("\\d{1,9}") && !isKnown(task, file, name)) {
            throw new FindWrong(unknown);
        }
        return (found, node, runner) -> {
            int owner = users ? node.uid() : node.gid();
            return name.equals(Integer.toString(owner))
                    || name.equals(ContainerFiles.nameOf(task.files().tree(), file, owner));
        };
    }

    private static boolean isKnown(Task task, String file, String name) {
        try {
            return Inputs.lines(task, file).stream().anyMatch(line -> line.startsWith(name + ":"));
        } catch (FileError | IOException e) {
            return false;
        }
    }

    static FindExpression.Node named(String word, String pattern) {
        boolean ignoring = word.startsWith("-i");
        boolean whole = !word.endsWith("name") || word.equals("-wholename");
        String wanted = ignoring ? pattern.toLowerCase(Locale.ROOT) : pattern;
        return (found, node, runner) -> {
            String subject = whole ? found.path() : found.name();
            return ShellPattern.matches(wanted, ignoring ? subject.toLowerCase(Locale.ROOT) : subject);
        };
    }

    static FindExpression.Node size(String text, boolean gnu) {
        String figure = text.replaceFirst("[cwbkMG]$", "");
        if (!figure.matches("[-+]?\\d{1,15}")) {
            throw new FindWrong(
                    gnu
                            ? "invalid -size type `" + text.substring(Math.max(0, text.length() - 1)) + "'"
                            : "invalid number '" + text + "'");
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
        // GNU's counts whole units, the last one begun; busybox compares bytes.
        return gnu
                ? (found, node, runner) -> compares(figure, (node.size() + unit - 1) / unit)
                : (found, node, runner) -> {
                    long bytes = Long.parseLong(figure.replaceFirst("^[-+]", "")) * unit;
                    return figure.startsWith("+")
                            ? node.size() > bytes
                            : figure.startsWith("-") ? node.size() < bytes : node.size() == bytes;
                };
    }

    /** As {@code +n}, {@code -n} and {@code n} compare. */
    static boolean compares(String figure, long value) {
        long number = Long.parseLong(figure.replaceFirst("^[-+]", ""));
        return figure.startsWith("+") ? value > number : figure.startsWith("-") ? value < number : value == number;
    }

    static FindExpression.Node permissions(String text) {
        String bits = text.replaceFirst("^[-/+]", "");
        if (!ModeTools.isMode(bits)) {
            throw new FindWrong("invalid mode '" + text + "'");
        }
        int wanted = ModeTools.changed(0, false, bits, 0);
        return (found, node, runner) -> text.startsWith("-")
                ? (node.mode() & wanted) == wanted
                : text.startsWith("/") || text.startsWith("+")
                        ? wanted == 0 || (node.mode() & wanted) != 0
                        : node.mode() == wanted;
    }

    static boolean delete(Task task, String path, Inode node) throws IOException {
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
            int unused = task.fail(1, path + ": " + e.words());
            return false;
        }
    }

    static FindExpression.Node newer(Task task, String text) {
        long when = DateWords.parse(text, task.container().clock().now().atZone(java.time.ZoneOffset.UTC), true)
                .orElseThrow(
                        () -> new FindWrong("I cannot figure out how to interpret '" + text + "' as a date or time"))
                .toEpochMilli();
        return (found, node, runner) -> node.modified() > when;
    }

    static FindExpression.Node type(String word, String text, boolean gnu) {
        List<String> types = gnu ? List.of(text.split(",")) : List.of(text);
        for (String each : types) {
            if (!each.matches("[bcdpfls]")) {
                throw new FindWrong(
                        gnu
                                ? "Unknown argument to -type: " + each
                                : "invalid argument '" + text + "' to '" + word + "'");
            }
        }
        return (found, node, runner) -> types.contains(node.type() == '-' ? "f" : String.valueOf(node.type()));
    }
}
