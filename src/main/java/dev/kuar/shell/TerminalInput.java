package dev.kuar.shell;

import dev.kuar.output.DisplayWidth;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.utils.NonBlockingReader;

/**
 * What programs read from a terminal: whole lines, edited with backspace and Ctrl-U, ended with Ctrl-D; in raw mode, keys.
 *
 * <p>It does the kernel's line editing itself, because a read in the kernel's can neither be interrupted by Ctrl-C nor tells JLine of
 * an end of input.
 */
final class TerminalInput extends InputStream {
    private static final int TICK_MILLIS = 20;
    private static final int END_OF_INPUT = 4;
    private static final int KILL_LINE = 21;
    private static final int BACKSPACE = 8;
    private static final int DELETE = 127;

    private final Terminal terminal;
    private final AtomicInteger epoch = new AtomicInteger();
    private final Object keys = new Object();
    private volatile boolean open = true;
    private volatile boolean raw;
    private byte[] line = {};
    private int at;
    private int readers;

    TerminalInput(Terminal terminal) {
        this.terminal = terminal;
    }

    /**
     * Hands keys through from now on, or lines again; who still reads the other way is at the end of its input.
     *
     * @param attributes sets the terminal so; runs while nobody reads, because a read that has begun without waiting would wait for the
     *     next key of a terminal whose attributes change beneath it
     */
    void raw(boolean on, Runnable attributes) {
        endReads(() -> {
            attributes.run();
            raw = on;
        });
    }

    /** Lets programs read from now on. */
    void start() {
        open = true;
    }

    /** Lets nobody read until {@link #start}, so that what is typed next goes to the prompt; returns when all have let go. */
    void stop() {
        open = false;
        endReads(() -> {});
    }

    /** Runs {@code action} once all who read have let go and put the terminal back. */
    private void endReads(Runnable action) {
        epoch.incrementAndGet();
        boolean interrupted = false;
        synchronized (keys) {
            while (readers > 0) {
                try {
                    keys.wait();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            line = new byte[0];
            at = 0;
            action.run();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (at == line.length && !refill()) {
            return -1;
        }
        int count = Math.min(length, line.length - at);
        System.arraycopy(line, at, target, offset, count);
        at += count;
        return count == 0 ? -1 : count;
    }

    @Override
    public int available() throws IOException {
        return line.length - at;
    }

    /** Reads on; whether anybody may. */
    private boolean refill() throws IOException {
        int mine;
        synchronized (keys) {
            if (!open) {
                return false;
            }
            mine = epoch.get();
            readers++;
        }
        byte[] next = {};
        try {
            next = raw ? readKey(mine) : readLine(mine);
        } finally {
            synchronized (keys) {
                line = next;
                at = 0;
                readers--;
                keys.notifyAll();
            }
        }
        return true;
    }

    private byte[] readLine(int mine) throws IOException {
        Attributes before = terminal.getAttributes();
        Attributes own = new Attributes(before);
        own.setLocalFlags(java.util.EnumSet.of(Attributes.LocalFlag.ICANON, Attributes.LocalFlag.ECHO), false);
        own.setControlChar(Attributes.ControlChar.VMIN, 0);
        own.setControlChar(Attributes.ControlChar.VTIME, 1);
        terminal.setAttributes(own);
        try {
            return edit(mine);
        } finally {
            terminal.setAttributes(before);
        }
    }

    /** The line with its newline; empty at the end of the input. */
    private byte[] edit(int mine) throws IOException {
        StringBuilder typed = new StringBuilder();
        while (true) {
            int key = key(mine);
            if (key < 0 || key == END_OF_INPUT) {
                return bytes(typed.toString());
            }
            if (key == '\r' || key == '\n') {
                echo("\n");
                return bytes(typed.append('\n').toString());
            }
            if (key == DELETE || key == BACKSPACE) {
                erase(typed, 1);
            } else if (key == KILL_LINE) {
                erase(typed, Integer.MAX_VALUE);
            } else {
                typed.append((char) key);
                echo(Character.isHighSurrogate((char) key) ? "" : lastCharacter(typed));
            }
        }
    }

    private static String lastCharacter(StringBuilder typed) {
        return Character.toString(typed.codePointBefore(typed.length()));
    }

    private void erase(StringBuilder typed, int characters) throws IOException {
        int count = Math.min(characters, typed.codePointCount(0, typed.length()));
        int keep = typed.offsetByCodePoints(typed.length(), -count);
        echo("\b \b".repeat(DisplayWidth.of(typed.substring(keep))));
        typed.setLength(keep);
    }

    private byte[] readKey(int mine) throws IOException {
        int key = key(mine);
        if (key >= 0 && Character.isHighSurrogate((char) key)) {
            return bytes(new String(new char[] {(char) key, (char) key(mine)}));
        }
        return key < 0 ? new byte[0] : bytes(String.valueOf((char) key));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void echo(String text) throws IOException {
        terminal.output().write(bytes(text));
        terminal.output().flush();
    }

    /** The next character, -1 at the end or in another epoch; waits for it, and an interruption ends the wait. */
    private int key(int mine) throws IOException {
        while (true) {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("interrupted");
            }
            synchronized (keys) {
                int key = open && mine == epoch.get() ? terminal.reader().read(TICK_MILLIS) : -1;
                if (key != NonBlockingReader.READ_EXPIRED) {
                    return key;
                }
            }
        }
    }
}
