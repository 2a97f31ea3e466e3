package dev.kuar.practice.container;

import dev.kuar.practice.container.Inode.DirectoryNode;
import dev.kuar.practice.container.Inode.LinkNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** chmod, chown, chgrp. */
final class ModeTools {
    private static final Pattern CLAUSE = Pattern.compile("([ugoa]*)((?:[-+=][rwxXst]*)+|[-+=][ugo])");
    private static final Pattern CHANGE = Pattern.compile("([-+=])([ugo]|[rwxXst]*)");
    private static final int UMASK = 022;

    private ModeTools() {}

    static void addTo(Map<String, Tool> tools) {
        tools.put("chmod", ModeTools::chmod);
        tools.put("chown", task -> chown(task, false));
        tools.put("chgrp", task -> chown(task, true));
    }

    private static boolean gnu(Task task) {
        return task.container().spec().image().flavour().equals("gnu");
    }

    /** The words that are not options; a mode such as {@code -w} is none. */
    private static List<String> words(Task task) {
        List<String> words = new ArrayList<>();
        for (String arg : SystemTools.arguments(task)) {
            if (!arg.matches("-[RvcfhLHP]+|--[a-z-]*")) {
                words.add(arg);
            }
        }
        return words;
    }

    private interface Change {
        void on(Inode node);
    }

    private static int apply(Task task, String path, boolean follow, Change change) throws IOException {
        int code = 0;
        try {
            Inode link = task.files().lstat(path);
            if (link instanceof LinkNode && !follow) {
                return 0;
            }
            Inode node = task.files().change(path);
            change.on(node);
            if (node instanceof DirectoryNode && FileTools.has(task, 'R')) {
                for (String name : task.files().list(path)) {
                    code = Math.max(code, apply(task, path + "/" + name, false, change));
                }
            }
        } catch (FileError e) {
            String what = task.name().equals("chmod") ? "changing permissions of '" : "changing ownership of '";
            boolean missing = e.kind() == FileError.Kind.MISSING;
            code = task.fail(
                    1,
                    gnu(task)
                            ? (missing ? "cannot access '" : what) + path + "': " + e.words()
                            : path + ": " + e.words());
        }
        return code;
    }

    private static int chmod(Task task) throws IOException {
        List<String> words = words(task);
        if (words.size() < 2) {
            return task.fail(1, gnu(task) ? "missing operand" : "usage: chmod [-Rcvf] MODE[,MODE]... FILE...");
        }
        String mode = words.get(0);
        if (!mode.matches("[0-7]{1,5}") && !isSymbolic(mode)) {
            return task.fail(1, gnu(task) ? "invalid mode: ‘" + mode + "’" : "invalid mode '" + mode + "'");
        }
        int code = 0;
        for (String path : words.subList(1, words.size())) {
            code = Math.max(code, apply(task, path, true, node -> node.setMode(changed(node, mode))));
        }
        return code;
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

    private static int chown(Task task, boolean groupOnly) throws IOException {
        List<String> words = words(task);
        if (words.size() < 2) {
            return task.fail(1, gnu(task) ? "missing operand" : "usage: " + task.name() + " [-Rhvf] OWNER FILE...");
        }
        String[] owner = (groupOnly ? ":" + words.get(0) : words.get(0)).split("[:.]", 2);
        OptionalInt user = owner[0].isEmpty() ? OptionalInt.empty() : id(task, "/etc/passwd", owner[0]);
        if (!owner[0].isEmpty() && user.isEmpty()) {
            return task.fail(1, gnu(task) ? "invalid user: ‘" + words.get(0) + "’" : "unknown user " + owner[0]);
        }
        String group = owner.length > 1 ? owner[1] : "";
        OptionalInt number = group.isEmpty() ? OptionalInt.empty() : id(task, "/etc/group", group);
        if (!group.isEmpty() && number.isEmpty()) {
            return task.fail(1, gnu(task) ? "invalid group: ‘" + words.get(0) + "’" : "unknown group " + group);
        }
        int code = 0;
        for (String path : words.subList(1, words.size())) {
            code = Math.max(code, apply(task, path, true, node -> {
                if (!task.container().spec().confinement().may(task.who(), "CHOWN")) {
                    throw new FileError(FileError.Kind.NOT_PERMITTED, path);
                }
                node.setOwner(user.orElse(node.uid()), number.orElse(node.gid()));
            }));
        }
        return code;
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
