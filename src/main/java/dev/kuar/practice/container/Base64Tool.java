package dev.kuar.practice.container;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.Map;

/** {@code base64}. */
final class Base64Tool {
    private static final String DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    private Base64Tool() {}

    static void addTo(Map<String, Tool> tools) {
        tools.put(
                "base64",
                Options.tool(
                        "dw:", "diw:", Map.of("decode", 'd', "ignore-garbage", 'i', "wrap", 'w'), 1, Base64Tool::run));
    }

    private static int run(Task task, Options options) throws IOException {
        boolean gnu = Options.gnu(task);
        String file = options.files().get(0);
        if (gnu && options.operands().size() > 1) {
            return Options.usage(task, 1, "extra operand '" + options.operands().get(1) + "'");
        }
        String wrap = options.value('w', "76");
        if (!wrap.matches("\\d{1,9}")) {
            return task.fail(1, gnu ? "invalid wrap size: '" + wrap + "'" : "invalid number '" + wrap + "'");
        }
        byte[] all;
        try {
            all = Inputs.bytes(task, file);
        } catch (FileError e) {
            boolean directory = e.kind() == FileError.Kind.IS_A_DIRECTORY;
            return task.fail(1, (directory ? "read error" : e.path()) + ": " + e.words());
        }
        if (options.has('d')) {
            return decode(task, options, all);
        }
        int width = Integer.parseInt(wrap);
        String text = Base64.getEncoder().encodeToString(all);
        StringBuilder out = new StringBuilder();
        for (int at = 0; width > 0 && at < text.length(); at += width) {
            out.append(text, at, Math.min(text.length(), at + width)).append('\n');
        }
        task.print(width > 0 ? out.toString() : text);
        return 0;
    }

    private static int decode(Task task, Options options, byte[] all) throws IOException {
        boolean gnu = Options.gnu(task);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int bits = 0;
        int count = 0;
        boolean wrong = false;
        boolean padded = false;
        for (byte b : all) {
            int digit = DIGITS.indexOf((char) (b & 0xff));
            if (b == '=') {
                padded = true;
            } else if (digit < 0 && (b == '\n' || options.has('i') || !gnu)) {
                continue;
            } else if (digit < 0 || padded) {
                wrong = true;
                break;
            } else {
                bits = bits << 6 | digit;
                count++;
            }
            if (count == 4) {
                out.write(bits >> 16);
                out.write(bits >> 8);
                out.write(bits);
                count = 0;
            }
        }
        boolean cut = count == 1 || count > 1 && !padded;
        if (count > 1 && (gnu || padded)) {
            out.write(bits << 6 * (4 - count) >> 16);
            if (count == 3) {
                out.write(bits << 6 >> 8);
            }
        }
        task.out().write(out.toByteArray());
        return wrong || cut ? task.fail(1, gnu ? "invalid input" : "truncated input") : 0;
    }
}
