package dev.kuar.shell;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Turns what a job in the background prints into notices, line by line. */
final class NoticeStream extends OutputStream {
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final Notices notices;

    private NoticeStream(Notices notices) {
        this.notices = notices;
    }

    static PrintStream to(Notices notices) {
        return new PrintStream(new NoticeStream(notices), true, StandardCharsets.UTF_8);
    }

    @Override
    public synchronized void write(int b) {
        if (b == '\n') {
            notices.show(line.toString(StandardCharsets.UTF_8));
            line.reset();
        } else {
            line.write(b);
        }
    }
}
