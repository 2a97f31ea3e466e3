package dev.kuar.output;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Shows control characters of untrusted text as {@code ^[}-like pairs, so that a terminal doesn't obey them. */
public final class SafeOutput extends FilterOutputStream {
    private int previous;

    private SafeOutput(OutputStream out) {
        super(out);
    }

    /** A stream to {@code out} that neutralises what is written. */
    public static PrintStream around(PrintStream out) {
        return new PrintStream(new SafeOutput(out), true, StandardCharsets.UTF_8);
    }

    @Override
    public void write(int b) throws IOException {
        int c = b & 0xff;
        if ((c < 0x20 && c != '\n' && c != '\t' && c != '\r') || c == 0x7f) {
            out.write('^');
            out.write(c ^ 0x40);
        } else if (previous == 0xc2 && c < 0xa0) {
            // U+0080 to U+009F, of which U+009B begins a sequence as ESC [ does: only the lead byte has gone out.
            out.write(0xb7);
        } else {
            out.write(c);
        }
        previous = c;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int plain = offset;
        for (int i = offset; i < offset + length; i++) {
            int c = bytes[i] & 0xff;
            boolean special = (c < 0x20 && c != '\n' && c != '\t') || c == 0x7f || (previous == 0xc2 && c < 0xa0);
            if (special) {
                out.write(bytes, plain, i - plain);
                write(c);
                plain = i + 1;
            }
            previous = c;
        }
        out.write(bytes, plain, offset + length - plain);
    }
}
