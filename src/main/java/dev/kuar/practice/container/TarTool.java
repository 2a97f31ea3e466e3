package dev.kuar.practice.container;

import dev.kuar.practice.container.Inode.DirectoryNode;
import dev.kuar.practice.container.Inode.LinkNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** {@code tar} in the ustar form: enough of it for people and for {@code kubectl cp}. */
final class TarTool implements Tool {
    private static final int BLOCK = 512;

    @Override
    public int run(Task task) throws IOException {
        List<String> args = new ArrayList<>(SystemTools.arguments(task));
        StringBuilder options = new StringBuilder();
        String file = "-";
        String directory = ".";
        List<String> paths = new ArrayList<>();
        for (int i = 0; i < args.size(); i++) {
            String arg = args.get(i);
            if (i == 0 && !arg.startsWith("-") || arg.startsWith("-") && !arg.startsWith("--") && arg.length() > 1) {
                options.append(arg.replace("-", ""));
                if (arg.contains("f")) {
                    file = args.get(++i);
                } else if (arg.endsWith("C")) {
                    directory = args.get(++i);
                }
            } else if (!arg.startsWith("--")) {
                paths.add(arg);
            }
        }
        String mode = options.toString();
        if (mode.contains("c")) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            int code = 0;
            boolean told = false;
            boolean gnu = task.container().spec().image().flavour().equals("gnu");
            for (String path : paths) {
                try {
                    if (path.startsWith("/") && !told) {
                        task.printError(
                                gnu
                                        ? "tar: Removing leading `/' from member names\n"
                                        : "tar: removing leading '/' from member names\n");
                        told = true;
                    }
                    String from = path.startsWith("/") ? path : directory + "/" + path;
                    add(task, out, from, path.replaceFirst("^/+", ""));
                } catch (FileError e) {
                    code = gnu
                            ? task.fail(2, path + ": Cannot stat: " + e.words())
                            : task.fail(1, path + ": " + e.words());
                }
            }
            if (code != 0) {
                task.printError(
                        gnu
                                ? "tar: Exiting with failure status due to previous errors\n"
                                : "tar: error exit delayed from previous errors\n");
            }
            out.writeBytes(new byte[2 * BLOCK]);
            if (file.equals("-")) {
                task.out().write(out.toByteArray());
            } else {
                task.save(file, out.toByteArray());
            }
            return code;
        }
        byte[] all = file.equals("-") ? task.readAllInput() : task.files().read(file);
        return unpack(task, all, directory, mode.contains("t"));
    }

    private static void add(Task task, ByteArrayOutputStream out, String path, String name) {
        Inode node = task.files().lstat(path);
        if (node instanceof DirectoryNode) {
            String own = name.endsWith("/") ? name : name + "/";
            out.writeBytes(header(own, node, '5', 0, ""));
            for (String child : task.files().list(path)) {
                add(task, out, path + "/" + child, own + child);
            }
        } else if (node instanceof LinkNode link) {
            out.writeBytes(header(name, node, '2', 0, link.target()));
        } else {
            byte[] data = task.files().read(path);
            out.writeBytes(header(name, node, '0', data.length, ""));
            out.writeBytes(Arrays.copyOf(data, (data.length + BLOCK - 1) / BLOCK * BLOCK));
        }
    }

    private static byte[] header(String name, Inode node, char type, long size, String link) {
        byte[] block = new byte[BLOCK];
        put(block, 0, name);
        put(block, 100, String.format(Locale.ROOT, "%07o", node.mode()));
        put(block, 108, String.format(Locale.ROOT, "%07o", node.uid()));
        put(block, 116, String.format(Locale.ROOT, "%07o", node.gid()));
        put(block, 124, String.format(Locale.ROOT, "%011o", size));
        put(block, 136, String.format(Locale.ROOT, "%011o", node.modified() / 1000));
        put(block, 148, "        ");
        block[156] = (byte) type;
        put(block, 157, link);
        put(block, 257, "ustar  ");
        int sum = 0;
        for (byte b : block) {
            sum += b & 0xff;
        }
        put(block, 148, String.format(Locale.ROOT, "%06o\0 ", sum));
        return block;
    }

    private static void put(byte[] block, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, block, at, Math.min(bytes.length, 100));
    }

    private static String text(byte[] all, int at, int length) {
        int end = at;
        while (end < at + length && all[end] != 0) {
            end++;
        }
        return new String(all, at, end - at, StandardCharsets.UTF_8).strip();
    }

    private static int unpack(Task task, byte[] all, String directory, boolean list) throws IOException {
        String longName = "";
        for (int at = 0; at + BLOCK <= all.length && all[at] != 0; ) {
            String prefix = text(all, at + 257, 6).equals("ustar") ? text(all, at + 345, 155) : "";
            String name = longName.isEmpty() ? (prefix.isEmpty() ? "" : prefix + "/") + text(all, at, 100) : longName;
            String octal = text(all, at + 124, 12);
            int size = octal.isEmpty() ? 0 : Integer.parseInt(octal, 8);
            char type = (char) all[at + 156];
            String mode = text(all, at + 100, 8);
            byte[] data =
                    Arrays.copyOfRange(all, Math.min(all.length, at + BLOCK), Math.min(all.length, at + BLOCK + size));
            longName = type == 'L' ? new String(data, StandardCharsets.UTF_8).replace("\0", "") : "";
            at += BLOCK + (size + BLOCK - 1) / BLOCK * BLOCK;
            if (type == 'L' || type == 'x' || type == 'g') {
                continue;
            }
            if (list) {
                task.println(name);
                continue;
            }
            String path = directory + "/" + name.replaceFirst("^/+", "");
            try {
                make(task, path, type == '5');
                if (type == '2') {
                    task.files().link(text(all, at, 0), path);
                } else if (type != '5') {
                    task.save(path, data);
                    task.files().change(path).setMode(Integer.parseInt(mode, 8) & 0777);
                }
            } catch (FileError e) {
                return task.fail(1, "can't open '" + name + "': " + e.words());
            }
        }
        return 0;
    }

    private static void make(Task task, String path, boolean whole) {
        String[] steps = path.split("/");
        StringBuilder so = new StringBuilder(path.startsWith("/") ? "" : ".");
        for (int i = 0; i < steps.length - (whole ? 0 : 1); i++) {
            if (steps[i].isEmpty()) {
                continue;
            }
            so.append('/').append(steps[i]);
            if (!task.files().exists(so.toString())) {
                task.files().makeDirectory(so.toString(), 0755);
            }
        }
    }
}
