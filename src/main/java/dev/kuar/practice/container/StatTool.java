package dev.kuar.practice.container;

import dev.kuar.practice.container.Inode.DeviceNode;
import dev.kuar.practice.container.Inode.DirectoryNode;
import dev.kuar.practice.container.Inode.LinkNode;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/** {@code stat}, in busybox's and GNU's forms: the long one, and what {@code -c} asks for. */
final class StatTool {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd HH:mm:ss.nnnnnnnnn '+0000'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final int BLOCK = 512;
    private static final int IO_BLOCK = 4096;
    private static final int DEVICE = 59;

    static void addTo(Map<String, Tool> tools) {
        tools.put(
                "stat",
                Options.tool(
                        "Lftc:",
                        "Lftc:p:",
                        Map.of("dereference", 'L', "file-system", 'f', "terse", 't', "format", 'c', "printf", 'p'),
                        1,
                        StatTool::run));
    }

    private static int run(Task task, Options options) throws IOException {
        boolean gnu = Options.gnu(task);
        if (options.operands().isEmpty()) {
            return Options.tooFew(task, 1, "missing operand", "[-ltf] [-c FMT] FILE...");
        }
        boolean printf = options.has('p');
        String format = printf ? Echo.unescape(options.value('p', "")) : options.value('c', "");
        if (options.has('t') && format.isEmpty()) {
            format = "%n %s %b %f %u %g %D %i %h %t %T %X %Y %Z " + (gnu ? "%W " : "") + "%o";
        }
        int code = 0;
        for (String path : options.operands()) {
            try {
                Inode node = options.has('L')
                        ? task.files().stat(path)
                        : task.files().lstat(path);
                if (options.has('f')) {
                    task.println(
                            format.isEmpty()
                                    ? "  File: \"" + path + "\"\n    Type: overlayfs"
                                    : format.replace("%T", "overlayfs").replace("%n", path));
                } else if (format.isEmpty()) {
                    task.print(whole(task, path, node, gnu));
                } else {
                    task.print(asked(task, path, node, format) + (printf ? "" : "\n"));
                }
            } catch (FileError e) {
                code = task.fail(1, (gnu ? "cannot statx '" : "can't stat '") + path + "': " + e.words());
            }
        }
        return code;
    }

    private static String whole(Task task, String path, Inode node, boolean gnu) {
        String size = Long.toString(node.size());
        String time = TIME.format(Instant.ofEpochMilli(node.modified()));
        return "  File: " + path
                + (node instanceof LinkNode link ? " -> " + link.target() : "")
                + String.format(
                        Locale.ROOT,
                        "\n  Size: %-10s\tBlocks: %-10d IO Block: %-6d %s\n",
                        size,
                        blocks(node),
                        IO_BLOCK,
                        type(node))
                + (gnu
                        ? String.format(
                                Locale.ROOT,
                                "Device: 0,%d\tInode: %-11d Links: %d\n",
                                DEVICE,
                                number(node),
                                links(node))
                        : String.format(
                                Locale.ROOT,
                                "Device: %xh/%dd\tInode: %-11d Links: %d\n",
                                DEVICE,
                                DEVICE,
                                number(node),
                                links(node)))
                + String.format(
                        Locale.ROOT,
                        "Access: (%04o/%s)  Uid: (%5d/%8s)   Gid: (%5d/%8s)\n",
                        node.mode(),
                        letters(node),
                        node.uid(),
                        user(task, node),
                        node.gid(),
                        group(task, node))
                + "Access: " + time + "\nModify: " + time + "\nChange: " + time + "\n" + (gnu ? " Birth: -\n" : "");
    }

    private static String asked(Task task, String path, Inode node, String format) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c != '%' || i + 1 == format.length()) {
                out.append(c);
                continue;
            }
            int from = ++i;
            while (i + 1 < format.length() && "-+ #0123456789.".indexOf(format.charAt(i)) >= 0) {
                i++;
            }
            String width = format.substring(from, i).replaceAll("[^-0-9]|^0+|(?<=-)0+", "");
            char what = format.charAt(i);
            String value =
                    switch (what) {
                        case 'a' -> Integer.toOctalString(node.mode());
                        case 'A' -> letters(node);
                        case 'b' -> Long.toString(blocks(node));
                        case 'B' -> Integer.toString(BLOCK);
                        case 'd' -> Integer.toString(DEVICE);
                        case 'D' -> Integer.toHexString(DEVICE);
                        case 'f' -> Integer.toHexString(typeBits(node) | node.mode());
                        case 'F' -> type(node);
                        case 'g' -> Integer.toString(node.gid());
                        case 'G' -> group(task, node);
                        case 'h' -> Integer.toString(links(node));
                        case 'i' -> Integer.toString(number(node));
                        case 'n' -> path;
                        case 'N' ->
                            "'" + path + "'" + (node instanceof LinkNode link ? " -> '" + link.target() + "'" : "");
                        case 'o' -> Integer.toString(IO_BLOCK);
                        case 's' -> Long.toString(node.size());
                        case 'u' -> Integer.toString(node.uid());
                        case 'U' -> user(task, node);
                        case 'x', 'y', 'z' -> TIME.format(Instant.ofEpochMilli(node.modified()));
                        case 'X', 'Y', 'Z' -> Long.toString(node.modified() / 1000);
                        case '%' -> "%";
                        case 't', 'T' -> "0";
                        case 'w' -> "-";
                        case 'W' -> "0";
                        case 'm' -> "/";
                        default -> "?";
                    };
            out.append(width.matches("-?[1-9]\\d{0,4}") ? String.format(Locale.ROOT, "%" + width + "s", value) : value);
        }
        return out.toString();
    }

    private static String user(Task task, Inode node) {
        String name = ContainerFiles.nameOf(task.files().tree(), "/etc/passwd", node.uid());
        return name.isEmpty() ? "UNKNOWN" : name;
    }

    private static String group(Task task, Inode node) {
        String name = ContainerFiles.nameOf(task.files().tree(), "/etc/group", node.gid());
        return name.isEmpty() ? "UNKNOWN" : name;
    }

    private static String letters(Inode node) {
        return node.type() + ListTool.bits(node.mode());
    }

    private static String type(Inode node) {
        if (node instanceof DirectoryNode) {
            return "directory";
        }
        if (node instanceof LinkNode) {
            return "symbolic link";
        }
        return node instanceof DeviceNode
                ? "character special file"
                : node.size() == 0 ? "regular empty file" : "regular file";
    }

    private static int typeBits(Inode node) {
        return switch (node.type()) {
            case 'd' -> 0x4000;
            case 'l' -> 0xa000;
            case 'c' -> 0x2000;
            default -> 0x8000;
        };
    }

    private static long blocks(Inode node) {
        return node instanceof LinkNode || node instanceof DeviceNode
                ? 0
                : (node.size() + IO_BLOCK - 1) / IO_BLOCK * (IO_BLOCK / BLOCK);
    }

    /** The same for the same inode, as long as it is there. */
    private static int number(Inode node) {
        return System.identityHashCode(node);
    }

    static int links(Inode node) {
        if (!(node instanceof DirectoryNode directory)) {
            return node.links();
        }
        int links = 2;
        for (String name : directory.names().toArray(new String[0])) {
            links += directory.get(name) instanceof DirectoryNode ? 1 : 0;
        }
        return links;
    }
}
