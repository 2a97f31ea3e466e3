package dev.kuar.practice.container;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** uuencode and uudecode: bytes as lines of text, in the old way or with {@code -m} as base64. */
final class UuTools {
    private static final int ROW = 45;

    private UuTools() {}

    static void addTo(Map<String, Tool> tools) {
        tools.put("uuencode", Options.tool("m", UuTools::encode));
        tools.put("uudecode", Options.tool("o:", UuTools::decode));
    }

    private static int encode(Task task, Options options) throws IOException {
        List<String> words = options.operands();
        if (words.isEmpty()) {
            return Options.tooFew(
                    task, 1, "missing operand", "[-m] [FILE] STORED_FILENAME\n\nUuencode FILE (or stdin) to stdout");
        }
        String file = words.size() > 1 ? words.get(0) : "-";
        byte[] all;
        String mode = "644";
        try {
            all = Inputs.bytes(task, file);
            if (!file.equals("-")) {
                mode = Integer.toOctalString(task.files().stat(file).mode() & 0777);
            }
        } catch (FileError e) {
            return task.fail(1, "can't open '" + e.path() + "': " + e.words());
        }
        boolean base64 = options.has('m');
        StringBuilder out = new StringBuilder(base64 ? "begin-base64 " : "begin ")
                .append(mode)
                .append(' ')
                .append(words.get(words.size() - 1))
                .append('\n');
        for (int at = 0; at < all.length; at += ROW) {
            byte[] row = Arrays.copyOfRange(all, at, Math.min(all.length, at + ROW));
            out.append(base64 ? Base64.getEncoder().encodeToString(row) : row(row))
                    .append('\n');
        }
        task.print(out.append(base64 ? "====\n" : "`\nend\n").toString());
        return 0;
    }

    private static char mark(int six) {
        return six == 0 ? '`' : (char) (six + 32);
    }

    private static String row(byte[] bytes) {
        StringBuilder row = new StringBuilder().append(mark(bytes.length));
        for (int at = 0; at < bytes.length; at += 3) {
            int three = 0;
            for (int i = 0; i < 3; i++) {
                three = three << 8 | (at + i < bytes.length ? bytes[at + i] & 0xff : 0);
            }
            for (int shift = 18; shift >= 0; shift -= 6) {
                row.append(mark(three >> shift & 63));
            }
        }
        return row.toString();
    }

    private static int decode(Task task, Options options) throws IOException {
        List<String> lines;
        try {
            lines = Inputs.lines(task, options.files().get(0));
        } catch (FileError e) {
            return Inputs.failed(task, e);
        }
        Iterator<String> rest = lines.iterator();
        while (rest.hasNext()) {
            String line = rest.next();
            if (line.matches("begin(-base64)? [0-7]{3,4} .+")) {
                String[] words = line.split(" ", 3);
                byte[] all = body(rest, words[0].equals("begin-base64"));
                if (all == null) {
                    return task.fail(1, "short file");
                }
                String file = options.value('o', words[2]);
                if (file.equals("-")) {
                    task.out().write(all);
                } else {
                    task.save(file, all);
                    if (task.files().stat(file) instanceof Inode.FileNode) {
                        task.files().change(file).setMode(Integer.parseInt(words[1], 8));
                    }
                }
                return 0;
            }
        }
        return task.fail(1, "no 'begin' line");
    }

    private static byte @Nullable [] body(Iterator<String> lines, boolean base64) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        while (lines.hasNext()) {
            String line = lines.next();
            if (base64 && line.equals("====") || line.equals("end")) {
                return all.toByteArray();
            }
            if (base64) {
                all.writeBytes(Base64.getMimeDecoder().decode(line));
                continue;
            }
            int count = line.isEmpty() ? 0 : line.charAt(0) - 32 & 63;
            ByteArrayOutputStream row = new ByteArrayOutputStream();
            for (int at = 1; at + 3 < line.length(); at += 4) {
                int three = 0;
                for (int i = 0; i < 4; i++) {
                    three = three << 6 | line.charAt(at + i) - 32 & 63;
                }
                row.write(three >> 16);
                row.write(three >> 8);
                row.write(three);
            }
            all.write(row.toByteArray(), 0, Math.min(count, row.size()));
        }
        return null;
    }
}
