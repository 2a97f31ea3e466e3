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

    TerminalInput(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Hands keys through from now on, or lines again; who still reads the other way is at the end of its input. */
    void raw(boolean on) {
        endReads();
        raw = on;
    }

    /** Lets programs read from now on. */
    void start() {
        open = true;
    }

    /** Lets nobody read until {@link #start}, so that what is typed next goes to the prompt; returns when all have let go. */
    void stop() {
        open = false;
        endReads();
    }

    private void endReads() {
        epoch.incrementAndGet();
        synchronized (keys) {
            line = new byte[0];
            at = 0;
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
        if (at == line.length) {
            line = raw ? readKey() : readLine();
            at = 0;
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

    private byte[] readLine() throws IOException {
        Attributes before = terminal.getAttributes();
        Attributes own = new Attributes(before);
        own.setLocalFlags(java.util.EnumSet.of(Attributes.LocalFlag.ICANON, Attributes.LocalFlag.ECHO), false);
        own.setControlChar(Attributes.ControlChar.VMIN, 0);
        own.setControlChar(Attributes.ControlChar.VTIME, 1);
        terminal.setAttributes(own);
        try {
            return edit();
        } finally {
            terminal.setAttributes(before);
        }
    }

    /** The line with its newline; empty at the end of the input. */
    private byte[] edit() throws IOException {
        StringBuilder typed = new StringBuilder();
        while (true) {
            int key = key();
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

    private byte[] readKey() throws IOException {
        int key = key();
        if (key >= 0 && Character.isHighSurrogate((char) key)) {
            return bytes(new String(new char[] {(char) key, (char) key()}));
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

    /** The next character, -1 at the end; waits for it, and an interruption ends the wait. */
    private int key() throws IOException {
        int mine = epoch.get();
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
