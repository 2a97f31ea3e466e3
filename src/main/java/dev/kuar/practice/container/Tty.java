package dev.kuar.practice.container;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A terminal in cooked mode: echo, line editing, Ctrl-C, Ctrl-D, history at a shell's prompt; {@code \n} goes out as
 * {@code \r\n}.
 */
final class Tty {
    private static final int END_OF_FILE = 4;

    private final BytePipe keys = new BytePipe();
    private final OutputStream keyed = keys.out();
    private final InputStream in = new Lines(keys.in());
    private final Consumer<byte[]> screen;
    private final OutputStream out = new Screen();
    private final List<String> history = new ArrayList<>();
    private final StringBuilder escape = new StringBuilder();
    private ByteArrayOutputStream line = new ByteArrayOutputStream();
    private int recalled;
    private boolean prompting;
    private boolean struck;
    private volatile boolean raw;
    private volatile boolean echo = true;
    private volatile int columns = 80;
    private volatile int rows = 24;
    private volatile @Nullable Runnable onInterrupt;

    /** @param screen takes what is to be shown */
    Tty(Consumer<byte[]> screen) {
        this.screen = screen;
    }

    InputStream in() {
        return in;
    }

    OutputStream out() {
        return out;
    }

    int columns() {
        return columns;
    }

    int rows() {
        return rows;
    }

    void resize(int newColumns, int newRows) {
        columns = newColumns;
        rows = newRows;
    }

    void setRaw(boolean on) {
        raw = on;
    }

    void setEcho(boolean on) {
        echo = on;
    }

    /** What Ctrl-C does from now on; returns what it did before. */
    synchronized @Nullable Runnable onInterrupt(@Nullable Runnable action) {
        Runnable before = onInterrupt;
        onInterrupt = action;
        return before;
    }

    /** Whether a shell waits at its prompt, so that arrow keys recall earlier lines. */
    synchronized void setPrompting(boolean on) {
        prompting = on;
    }

    /** Whether Ctrl-C was typed since this was last asked: the cursor stands behind its echo then. */
    synchronized boolean takeStruck() {
        boolean was = struck;
        struck = false;
        return was;
    }

    /** Keys from the client. Never blocks. */
    synchronized void type(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (raw) {
                // At once: an arrow is several bytes, which no pause may part.
                keys.offer(bytes, i, bytes.length - i);
                return;
            }
            cooked(bytes[i] & 0xff);
        }
    }

    /** The client has gone. */
    void hangUp() {
        try {
            keyed.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void cooked(int key) {
        if (escape.length() > 0) {
            escape.append((char) key);
            if (escape.length() > 2 && Character.isLetter(key) || escape.length() > 6) {
                arrow(escape.toString());
                escape.setLength(0);
            }
            return;
        }
        switch (key) {
            case 3 -> {
                echo("^C");
                struck = true;
                line.reset();
                Runnable action = onInterrupt;
                if (action != null) {
                    action.run();
                }
            }
            case 4 -> {
                if (line.size() == 0) {
                    line.write(END_OF_FILE);
                }
                submit();
            }
            case '\r', '\n' -> {
                echo("\r\n");
                String typed = line.toString(StandardCharsets.UTF_8);
                if (prompting && !typed.isBlank()) {
                    history.add(typed);
                }
                recalled = history.size();
                line.write('\n');
                submit();
            }
            case 8, 127 -> erase(1);
            case 21 -> erase(Integer.MAX_VALUE);
            case 23 -> eraseWord();
            case 12 -> {
                if (prompting) {
                    echo("\u001b[H\u001b[J");
                }
            }
            case 27 -> escape.append((char) key);
            default -> {
                if (key >= 32 || key == 9) {
                    line.write(key);
                    if (echo) {
                        screen.accept(new byte[] {(byte) key});
                    }
                }
            }
        }
    }

    private void arrow(String sequence) {
        if (!prompting || history.isEmpty()) {
            return;
        }
        if (sequence.endsWith("A")) {
            recalled = Math.max(0, recalled - 1);
        } else if (sequence.endsWith("B")) {
            recalled = Math.min(history.size(), recalled + 1);
        } else {
            return;
        }
        erase(Integer.MAX_VALUE);
        String text = recalled < history.size() ? history.get(recalled) : "";
        line.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        echo(text);
    }

    private void erase(int characters) {
        String text = line.toString(StandardCharsets.UTF_8);
        int count = Math.min(characters, text.codePointCount(0, text.length()));
        int keep = text.offsetByCodePoints(text.length(), -count);
        line = new ByteArrayOutputStream();
        line.writeBytes(text.substring(0, keep).getBytes(StandardCharsets.UTF_8));
        echo("\b \b".repeat(count));
    }

    private void eraseWord() {
        String text = line.toString(StandardCharsets.UTF_8);
        String kept = text.stripTrailing().replaceAll("\\S+$", "");
        erase(text.codePointCount(kept.length(), text.length()));
    }

    private void submit() {
        byte[] bytes = line.toByteArray();
        line = new ByteArrayOutputStream();
        keys.offer(bytes, 0, bytes.length);
    }

    private void echo(String text) {
        if (echo) {
            screen.accept(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private final class Screen extends OutputStream {
        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int count) {
            ByteArrayOutputStream cooked = new ByteArrayOutputStream(count + 16);
            for (int i = offset; i < offset + count; i++) {
                if (bytes[i] == '\n' && !raw) {
                    cooked.write('\r');
                }
                cooked.write(bytes[i]);
            }
            screen.accept(cooked.toByteArray());
        }
    }

    /** Turns Ctrl-D into one end of file, after which reading can go on. */
    private final class Lines extends InputStream {
        private final InputStream keys;
        private byte[] chunk = new byte[0];
        private int at;

        Lines(InputStream keys) {
            this.keys = keys;
        }

        @Override
        public synchronized int read() throws IOException {
            if (at == chunk.length) {
                byte[] fresh = new byte[1024];
                int got = keys.read(fresh, 0, fresh.length);
                if (got < 0) {
                    return -1;
                }
                chunk = java.util.Arrays.copyOf(fresh, got);
                at = 0;
            }
            int key = chunk[at++] & 0xff;
            return key == END_OF_FILE && !raw ? -1 : key;
        }

        @Override
        public synchronized int read(byte[] bytes, int offset, int count) throws IOException {
            int done = 0;
            while (done < count && (done == 0 || at < chunk.length)) {
                if (done > 0 && chunk[at] == END_OF_FILE && !raw) {
                    break;
                }
                int key = read();
                if (key < 0) {
                    return done == 0 ? -1 : done;
                }
                bytes[offset + done++] = (byte) key;
                if (key == '\n') {
                    break;
                }
            }
            return done;
        }

        @Override
        public int available() throws IOException {
            return chunk.length - at + keys.available();
        }
    }
}
