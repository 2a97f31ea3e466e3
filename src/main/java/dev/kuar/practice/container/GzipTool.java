package dev.kuar.practice.container;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** gzip, gunzip and zcat: streams, or files that are replaced by what becomes of them. */
final class GzipTool {
    private static final Map<String, Character> NAMES = Map.ofEntries(
            Map.entry("stdout", 'c'),
            Map.entry("to-stdout", 'c'),
            Map.entry("decompress", 'd'),
            Map.entry("uncompress", 'd'),
            Map.entry("force", 'f'),
            Map.entry("keep", 'k'),
            Map.entry("list", 'l'),
            Map.entry("test", 't'),
            Map.entry("verbose", 'v'),
            Map.entry("quiet", 'q'),
            Map.entry("no-name", 'n'),
            Map.entry("fast", '1'),
            Map.entry("best", '9'));

    private final Task task;
    private final Options options;
    private final boolean gnu;
    private final boolean opens;

    private GzipTool(Task task, Options options) {
        this.task = task;
        this.options = options;
        this.gnu = Options.gnu(task);
        this.opens = options.has('d')
                || options.has('t')
                || options.has('l')
                || !task.name().equals("gzip");
    }

    static void addTo(Map<String, Tool> tools) {
        Tool tool = Options.tool("cdfkltvqn123456789", NAMES, 1, (task, options) -> new GzipTool(task, options).run());
        for (String name : new String[] {"gzip", "gunzip", "zcat"}) {
            tools.put(name, tool);
        }
    }

    /** A stream that can't be opened: what it is not, in GNU's and in busybox's words. */
    private static final class Broken extends IOException {
        private static final long serialVersionUID = 1L;

        private final String shortly;

        Broken(String words, String shortly) {
            super(words);
            this.shortly = shortly;
        }
    }

    private int run() throws IOException {
        if (options.has('l')) {
            task.println("         compressed        uncompressed  ratio uncompressed_name");
        }
        int worst = 0;
        for (String file : options.files()) {
            int code = file.equals("-") ? stream() : file(file);
            worst = worst == 1 ? 1 : Math.max(worst, code);
        }
        return worst;
    }

    /** GNU's three programs call themselves gzip. */
    private int fail(int code, String message) throws IOException {
        if (!gnu) {
            return task.fail(1, message);
        }
        task.printError("gzip: " + message + "\n");
        return code;
    }

    private int broken(String file, Broken e) throws IOException {
        if (gnu) {
            task.printError("\n");
            return fail(1, file + ": " + e.getMessage());
        }
        return fail(1, e.shortly);
    }

    private int stream() throws IOException {
        int end = opens ? 0 : 1;
        if (task.tty(end) != null && !options.has('f') && !options.has('t')) {
            if (!gnu) {
                return fail(
                        1,
                        opens
                                ? "compressed data not read from terminal, use -f to force it"
                                : "compressed data not written to terminal, use -f to force it");
            }
            task.printError("gzip: compressed data not " + (opens ? "read from" : "written to")
                    + " a terminal. Use -f to force " + (opens ? "de" : "") + "compression.\n"
                    + "For help, type: gzip -h\n");
            return 1;
        }
        try {
            byte[] all = task.readAllInput();
            byte[] made = opens ? opened(all) : packed(all);
            if (options.has('l')) {
                list("stdout", all.length, made.length);
            } else if (!options.has('t')) {
                task.out().write(made);
            }
            return 0;
        } catch (Broken e) {
            return broken("stdin", e);
        }
    }

    private int file(String named) throws IOException {
        String file = named;
        if (gnu && opens && !task.files().exists(file) && !file.endsWith(".gz")) {
            file += ".gz";
        }
        boolean shown = options.has('c') || task.name().equals("zcat");
        boolean replaces = !shown && !options.has('t') && !options.has('l');
        try {
            if (task.files().isDirectory(file)) {
                return gnu
                        ? fail(2, file + " is a directory -- ignored")
                        : fail(1, opens ? "short read" : "can't remove file '" + file + "': Is a directory");
            }
            byte[] before = Inputs.bytes(task, file);
            String target = opens ? bare(file) : file + ".gz";
            if (!opens && gnu && file.endsWith(".gz") && replaces && !options.has('f')) {
                return fail(2, file + " already has .gz suffix -- unchanged");
            }
            if (replaces && target.isEmpty()) {
                return fail(2, file + ": unknown suffix -" + (gnu ? "-" : "") + " ignored");
            }
            if (replaces && task.files().exists(target) && !options.has('f')) {
                return fail(
                        2,
                        gnu
                                ? target + " already exists;\tnot overwritten"
                                : "can't open '" + target + "': File exists");
            }
            byte[] after = opens ? opened(before) : packed(before);
            if (shown) {
                task.out().write(after);
            } else if (replaces) {
                replace(file, target, after);
            } else if (options.has('l')) {
                list(target.isEmpty() ? file : target, before.length, after.length);
            }
            tell(file, target, before.length, after.length, replaces);
            return 0;
        } catch (Broken e) {
            return broken(file, e);
        } catch (FileError e) {
            return fail(1, e.path() + ": " + e.words());
        }
    }

    private void replace(String file, String target, byte[] data) {
        Inode before = task.files().stat(file);
        task.files().write(target, data);
        Inode after = task.files().change(target);
        after.setMode(before.mode());
        after.touch(before.modified());
        if (!options.has('k')) {
            task.files().remove(file);
        }
    }

    private void tell(String file, String target, long before, long after, boolean replaces) throws IOException {
        if (!gnu || !options.has('v') || options.has('l')) {
            return;
        }
        String ratio = ratio(opens ? before : after, opens ? after : before);
        task.printError(
                options.has('t')
                        ? file + ":\t OK\n"
                        : file + ":\t" + ratio
                                + (replaces
                                        ? options.has('k') ? " -- created " + target : " -- replaced with " + target
                                        : "")
                                + "\n");
    }

    private void list(String name, long packed, long open) throws IOException {
        task.println(String.format(java.util.Locale.ROOT, "%19d %19d %s %s", packed, open, ratio(packed, open), name));
    }

    private static String ratio(long packed, long open) {
        // Of what is compressed the 18 bytes of head and tail are left out, as gzip does.
        double saved = open == 0 ? 0 : 100.0 * (open - (packed - 18)) / open;
        return String.format(java.util.Locale.ROOT, "%5.1f%%", saved);
    }

    private static String bare(String file) {
        return file.endsWith(".tgz")
                ? file.substring(0, file.length() - 3) + "tar"
                : file.endsWith(".gz") ? file.substring(0, file.length() - 3) : "";
    }

    private byte[] packed(byte[] data) throws IOException {
        int level = options.letters().stream()
                .filter(Character::isDigit)
                .mapToInt(letter -> letter - '0')
                .findFirst()
                .orElse(6);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new Levelled(out, level)) {
            gzip.write(data);
        }
        return out.toByteArray();
    }

    private byte[] opened(byte[] data) throws IOException {
        boolean packed = data.length > 1 && (data[0] & 0xff) == 0x1f && (data[1] & 0xff) == 0x8b;
        if (!packed) {
            boolean through = options.has('f')
                    && (options.has('c')
                            || task.name().equals("zcat")
                            || options.operands().isEmpty());
            if (gnu && through) {
                return data;
            }
            String plain = task.name().equals("zcat") ? "no gzip/bzip2/xz magic" : "invalid magic";
            throw data.length < 2
                    ? new Broken("unexpected end of file", plain)
                    : new Broken("not in gzip format", plain);
        }
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(data))) {
            return in.readAllBytes();
        } catch (EOFException e) {
            throw new Broken("unexpected end of file", "short read");
        } catch (IOException e) {
            boolean sum = String.valueOf(e.getMessage()).contains("CRC");
            throw new Broken(
                    "invalid compressed data--" + (sum ? "crc" : "format") + " error",
                    sum ? "crc error" : "corrupted data");
        }
    }

    /** With a level of compression. */
    private static final class Levelled extends GZIPOutputStream {
        Levelled(ByteArrayOutputStream out, int level) throws IOException {
            super(out);
            def.setLevel(level == 0 ? Deflater.DEFAULT_COMPRESSION : level);
            crc = new CRC32();
        }
    }
}
