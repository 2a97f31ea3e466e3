package dev.kuar.practice.http;

import java.io.ByteArrayOutputStream;

/** Indents compact JSON by two spaces, as Go's {@code json.Indent}: empty objects and lists stay on one line. */
final class PrettyJson {
    private PrettyJson() {}

    static byte[] indent(byte[] compact) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(compact.length * 3 / 2 + 16);
        int depth = 0;
        boolean inText = false;
        for (int i = 0; i < compact.length; i++) {
            byte b = compact[i];
            if (inText) {
                out.write(b);
                if (b == '\\') {
                    out.write(compact[++i]);
                } else if (b == '"') {
                    inText = false;
                }
                continue;
            }
            switch (b) {
                case '"' -> {
                    inText = true;
                    out.write(b);
                }
                case '{', '[' -> {
                    out.write(b);
                    if (i + 1 < compact.length && compact[i + 1] == b + 2) {
                        out.write(compact[++i]);
                    } else {
                        newline(out, ++depth);
                    }
                }
                case '}', ']' -> {
                    newline(out, --depth);
                    out.write(b);
                }
                case ',' -> {
                    out.write(b);
                    newline(out, depth);
                }
                case ':' -> {
                    out.write(b);
                    out.write(' ');
                }
                default -> out.write(b);
            }
        }
        return out.toByteArray();
    }

    private static void newline(ByteArrayOutputStream out, int depth) {
        out.write('\n');
        for (int i = 0; i < depth; i++) {
            out.write(' ');
            out.write(' ');
        }
    }
}
