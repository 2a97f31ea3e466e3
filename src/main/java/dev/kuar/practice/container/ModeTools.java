package dev.kuar.practice.container;

import dev.kuar.practice.container.Inode.DirectoryNode;
import dev.kuar.practice.container.Inode.LinkNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** chmod, chown, chgrp. */
final class ModeTools {
    private static final Pattern CLAUSE = Pattern.compile("([ugoa]*)((?:[-+=][rwxXst]*)+|[-+=][ugo])");
    private static final Pattern CHANGE = Pattern.compile("([-+=])([ugo]|[rwxXst]*)");
    private static final int UMASK = 022;

    private ModeTools() {}

    static void addTo(Map<String, Tool> tools) {
        tools.put("chmod", tool("Rvcf", ModeTools::chmod));
        tools.put("chown", tool("RvcfhLHP", (task, options) -> chown(task, options, false)));
        tools.put("chgrp", tool("RvcfhLHP", (task, options) -> chown(task, options, true)));
    }

    /** The words that are not options; a mode such as {@code -w} is none. */
    private static List<String> words(Task task) {
        boolean mode = task.name().equals("chmod");
        List<String> words = new ArrayList<>();
        for (String arg : SystemTools.arguments(task)) {
            words.add(mode && arg.matches("-([rwxXst]+|[0-7]+)") ? "\0" + arg : arg);
        }
        return words;
    }

    private static Tool tool(String letters, Options.Body body) {
        Map<String, Character> names = Map.of(
                "recursive",
                'R',
                "verbose",
                'v',
                "changes",
                'c',
                "quiet",
                'f',
                "silent",
                'f',
                "reference",
                '2',
                "no-dereference",
                'h');
        return task -> Options.gnu(task)
                ? Options.run(task, letters + "2:", names, 1, words(task), body)
                : Options.run(task, letters, words(task), body);
    }

    private interface Change {
        void on(Inode node);
    }

    /** What is said of a path that was changed, or was not. */
    private interface Report {
        String of(String path, Inode node, boolean changed);
    }

    /** The operands; a mode that looked like an option is one of them. */
    private static List<String> operands(Options options) {
        return options.operands().stream()
                .map(word -> word.replaceFirst("^\0", ""))
                .toList();
    }

    private static int apply(
            Task task, Options options, String path, boolean follow, Change change, Function<Inode, Report> report)
            throws IOException {
        boolean gnu = Options.gnu(task);
        int code = 0;
        try {
            Inode link = task.files().lstat(path);
            if (link instanceof LinkNode && !follow) {
                return 0;
            }
            Inode node = task.files().change(path);
            String before = node.mode() + ":" + node.uid() + ":" + node.gid();
            Report said = report.apply(node);
            change.on(node);
            boolean changed = !before.equals(node.mode() + ":" + node.uid() + ":" + node.gid());
            if (options.has('v') || options.has('c') && changed) {
                task.println(said.of(path, node, changed));
            }
            if (node instanceof DirectoryNode && options.has('R')) {
                for (String name : task.files().list(path)) {
                    code = Math.max(code, apply(task, options, path + "/" + name, false, change, report));
                }
            }
        } catch (FileError e) {
            String what = task.name().equals("chmod") ? "changing permissions of '" : "changing ownership of '";
            boolean missing = e.kind() == FileError.Kind.MISSING;
            code = options.has('f')
                    ? 1
                    : task.fail(
                            1,
                            gnu
                                    ? (missing ? "cannot access '" : what) + path + "': " + e.words()
                                    : path + ": " + e.words());
        }
        return code;
    }

    private static String words(int mode) {
        return String.format(Locale.ROOT, "%04o (%s)", mode, ListTool.bits(mode));
    }

    private static int chmod(Task task, Options options) throws IOException {
        boolean gnu = Options.gnu(task);
        List<String> words = operands(options);
        if (words.size() < (options.has('2') ? 1 : 2)) {
            return Options.tooFew(
                    task,
                    1,
                    words.isEmpty() ? "missing operand" : "missing operand after '" + words.get(0) + "'",
                    "[-Rcvf] MODE[,MODE]... FILE...");
        }
        String mode = words.get(0);
        if (options.has('2')) {
            try {
                mode = Integer.toOctalString(
                        task.files().stat(options.value('2', "")).mode());
            } catch (FileError e) {
                return task.fail(1, "failed to get attributes of '" + e.path() + "': " + e.words());
            }
        } else if (!isMode(mode)) {
            return gnu
                    ? Options.usage(task, 1, "invalid mode: '" + mode + "'")
                    : task.fail(1, "invalid mode '" + mode + "'");
        }
        String wanted = mode;
        int umask = task.files().umask();
        int code = 0;
        for (String path : words.subList(options.has('2') ? 0 : 1, words.size())) {
            Change change = node -> node.setMode(changed(node.mode(), node instanceof DirectoryNode, wanted, umask));
            code = Math.max(code, apply(task, options, path, true, change, node -> {
                String before = words(node.mode());
                return (name, now, changed) -> !gnu
                        ? "mode of '" + name + "' changed to " + words(now.mode())
                        : changed
                                ? "mode of '" + name + "' changed from " + before + " to " + words(now.mode())
                                : "mode of '" + name + "' retained as " + words(now.mode());
            }));
        }
        return code;
    }

    static boolean isMode(String text) {
        return text.matches("[0-7]{1,5}") || isSymbolic(text);
    }

    private static boolean isSymbolic(String mode) {
        return List.of(mode.split(",", -1)).stream()
                .allMatch(clause -> CLAUSE.matcher(clause).matches());
    }

    static int changed(Inode node, String mode) {
        return changed(node.mode(), node instanceof DirectoryNode, mode, UMASK);
    }

    /** {@code mode} applied to permissions; what is for nobody in particular spares what {@code umask} holds back. */
    static int changed(int now, boolean directory, String mode, int umask) {
        if (mode.matches("[0-7]+")) {
            return Integer.parseInt(mode, 8) & 07777;
        }
        int bits = now;
        for (String clause : mode.split(",")) {
            Matcher parts = CLAUSE.matcher(clause);
            if (!parts.matches()) {
                continue;
            }
            String who = parts.group(1);
            int mask = mask(who);
            Matcher changes = CHANGE.matcher(parts.group(2));
            while (changes.find()) {
                int wanted = bits(changes.group(2), bits, directory) & mask;
                wanted &= who.isEmpty() ? ~umask : ~0;
                bits = switch (changes.group(1)) {
                    case "+" -> bits | wanted;
                    case "-" -> bits & ~wanted;
                    default -> bits & ~(mask & 0777) | wanted;
                };
            }
        }
        return bits;
    }

    private static int mask(String who) {
        if (who.isEmpty() || who.contains("a")) {
            return 07777;
        }
        return (who.contains("u") ? 04700 : 0) | (who.contains("g") ? 02070 : 0) | (who.contains("o") ? 01007 : 0);
    }

    private static int bits(String letters, int now, boolean directory) {
        if (letters.matches("[ugo]")) {
            int of = now >> (letters.equals("u") ? 6 : letters.equals("g") ? 3 : 0) & 7;
            return of * 0111;
        }
        int bits = 0;
        for (int i = 0; i < letters.length(); i++) {
            bits |= switch (letters.charAt(i)) {
                case 'r' -> 0444;
                case 'w' -> 0222;
                case 'x' -> 0111;
                case 'X' -> directory || (now & 0111) != 0 ? 0111 : 0;
                case 's' -> 06000;
                default -> 01000;
            };
        }
        return bits;
    }

    private static int chown(Task task, Options options, boolean groupOnly) throws IOException {
        boolean gnu = Options.gnu(task);
        List<String> words = operands(options);
        if (words.size() < 2) {
            return Options.tooFew(
                    task,
                    1,
                    words.isEmpty() ? "missing operand" : "missing operand after '" + words.get(0) + "'",
                    "[-Rhvf] OWNER FILE...");
        }
        String[] owner = (groupOnly ? ":" + words.get(0) : words.get(0)).split("[:.]", 2);
        OptionalInt user = owner[0].isEmpty() ? OptionalInt.empty() : id(task, "/etc/passwd", owner[0]);
        if (!owner[0].isEmpty() && user.isEmpty()) {
            return task.fail(1, gnu ? "invalid user: '" + words.get(0) + "'" : "unknown user " + owner[0]);
        }
        String group = owner.length > 1 ? owner[1] : "";
        OptionalInt number = group.isEmpty() ? OptionalInt.empty() : id(task, "/etc/group", group);
        if (!group.isEmpty() && number.isEmpty()) {
            String what = groupOnly ? "unknown group " : "unknown user/group ";
            return task.fail(1, gnu ? "invalid group: '" + words.get(0) + "'" : what + words.get(0));
        }
        int code = 0;
        for (String path : words.subList(1, words.size())) {
            Change change = node -> {
                if (!task.container().spec().confinement().may(task.who(), "CHOWN")) {
                    throw new FileError(FileError.Kind.NOT_PERMITTED, path);
                }
                node.setOwner(user.orElse(node.uid()), number.orElse(node.gid()));
            };
            code = Math.max(code, apply(task, options, path, true, change, node -> {
                String before = owner(task, node, user.isPresent(), number.isPresent());
                String what = groupOnly ? "group" : "ownership";
                return (name, now, changed) -> !gnu
                        ? "changed ownership of '" + name + "' to " + now.uid() + ":" + now.gid()
                        : changed
                                ? "changed " + what + " of '" + name + "' from " + before + " to "
                                        + owner(task, now, user.isPresent(), number.isPresent())
                                : what + " of '" + name + "' retained as " + before;
            }));
        }
        return code;
    }

    private static String owner(Task task, Inode node, boolean user, boolean group) {
        String name = ContainerFiles.nameOf(task.files().tree(), "/etc/passwd", node.uid());
        String other = ContainerFiles.nameOf(task.files().tree(), "/etc/group", node.gid());
        name = name.isEmpty() ? Integer.toString(node.uid()) : name;
        other = other.isEmpty() ? Integer.toString(node.gid()) : other;
        return user && group ? name + ":" + other : user ? name : other;
    }

    private static OptionalInt id(Task task, String file, String name) {
        if (name.matches("\\d{1,9}")) {
            return OptionalInt.of(Integer.parseInt(name));
        }
        return task.files().exists(file)
                ? task.files()
                        .readText(file)
                        .lines()
                        .map(line -> line.split(":"))
                        .filter(row -> row.length > 2 && row[0].equals(name) && row[2].matches("\\d{1,9}"))
                        .mapToInt(row -> Integer.parseInt(row[2]))
                        .findFirst()
                : OptionalInt.empty();
    }
}
