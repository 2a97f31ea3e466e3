package dev.kuar.practice.container;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The lines of a stream as they come, a character a byte, and whether the last of them had an end. */
final class ByteLines {
    private final InputStream in;
    private final int mark;
    private final byte[] buffer = new byte[8192];
    private int at;
    private int end;
    private boolean ended = true;

    ByteLines(InputStream in) {
        this(in, '\n');
    }

    /** @param mark what ends a line */
    ByteLines(InputStream in, char mark) {
        this.in = in;
        this.mark = mark;
    }

    /** The next line without its end; null after the last. */
    @Nullable
    String next() throws IOException {
        if (at == end && !fill()) {
            return null;
        }
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        do {
            int from = at;
            while (at < end && buffer[at] != mark) {
                at++;
            }
            line.write(buffer, from, at - from);
            if (at < end) {
                at++;
                ended = true;
                return line.toString(StandardCharsets.ISO_8859_1);
            }
        } while (fill());
        ended = false;
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    /** Whether the line that came last had an end. */
    boolean ended() {
        return ended;
    }

    private boolean fill() throws IOException {
        at = 0;
        end = Math.max(0, in.read(buffer));
        return end > 0;
    }
}
