package dev.kuar.practice.container;

import dev.kuar.practice.container.Inode.LinkNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Locale;

/** What {@code find -printf} prints. */
final class FindFormat {
    private FindFormat() {}

    static String of(Task task, String format, FindPlace found, Inode node) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c == '\\' && i + 1 < format.length()) {
                char next = format.charAt(++i);
                int known = "nt0\\rabfv".indexOf(next);
                out.append(known < 0 ? "\\" + next : String.valueOf("\n\t\0\\\r\u0007\b\f\u000b".charAt(known)));
                continue;
            }
            if (c != '%' || i + 1 == format.length()) {
                out.append(c);
                continue;
            }
            int from = ++i;
            while (i + 1 < format.length() && "-0123456789.".indexOf(format.charAt(i)) >= 0) {
                i++;
            }
            String width = format.substring(from, i);
            char field = format.charAt(i);
            boolean time = (field == 'T' || field == 'A' || field == 'C') && i + 1 < format.length();
            String value = time ? time(node, format.charAt(++i)) : field(task, field, found, node);
            out.append(width.matches("-?[1-9]\\d{0,3}") ? String.format(Locale.ROOT, "%" + width + "s", value) : value);
        }
        return out.toString();
    }

    private static String time(Inode node, char field) {
        ZonedDateTime when = Instant.ofEpochMilli(node.modified()).atZone(ZoneOffset.UTC);
        return switch (field) {
            case '@' -> DateFormat.of("%s.%N0", when, true);
            case '+' -> DateFormat.of("%Y-%m-%d+%H:%M:%S.%N0", when, true);
            case 'S' -> DateFormat.of("%S.%N0", when, true);
            case 'T', 'X' -> DateFormat.of("%H:%M:%S.%N0", when, true);
            default -> DateFormat.of("%" + field, when, true);
        };
    }

    private static String field(Task task, char field, FindPlace found, Inode node) {
        String path = found.path();
        ZonedDateTime when = Instant.ofEpochMilli(node.modified()).atZone(ZoneOffset.UTC);
        return switch (field) {
            case 'p' -> path;
            case 'f' -> found.name();
            case 'h' -> path.contains("/") ? path.substring(0, path.lastIndexOf('/')) : ".";
            case 'P' ->
                path.equals(found.root())
                        ? ""
                        : path.substring(found.root().length()).replaceFirst("^/", "");
            case 'H' -> found.root();
            case 'd' -> Integer.toString(found.depth());
            case 's' -> Long.toString(node.size());
            case 'b' -> Long.toString(DuTool.kilobytes(node) * 2);
            case 'k' -> Long.toString(DuTool.kilobytes(node));
            case 'm' -> Integer.toOctalString(node.mode());
            case 'M' -> node.type() + ListTool.bits(node.mode());
            case 'y' -> node.type() == '-' ? "f" : String.valueOf(node.type());
            case 'Y' -> {
                Inode target = task.files().peek(path, true);
                yield target == null ? "N" : target.type() == '-' ? "f" : String.valueOf(target.type());
            }
            case 'l' -> node instanceof LinkNode link ? link.target() : "";
            case 'n' -> Integer.toString(StatTool.links(node));
            case 'i' -> Integer.toString(System.identityHashCode(node));
            case 'u' -> name(task, "/etc/passwd", node.uid());
            case 'g' -> name(task, "/etc/group", node.gid());
            case 'U' -> Integer.toString(node.uid());
            case 'G' -> Integer.toString(node.gid());
            case 't', 'a', 'c' -> DateFormat.of("%a %b %e %H:%M:%S.%N0 %Y", when, true);
            case '%' -> "%";
            default -> "%" + field;
        };
    }

    private static String name(Task task, String file, int number) {
        String name = ContainerFiles.nameOf(task.files().tree(), file, number);
        return name.isEmpty() ? Integer.toString(number) : name;
    }
}
