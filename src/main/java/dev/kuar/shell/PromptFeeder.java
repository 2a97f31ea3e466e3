package dev.kuar.shell;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Types the next line whenever a prompt has been printed: somebody who waits for the prompt. */
final class PromptFeeder extends OutputStream {
    /** Types bytes into a terminal. */
    interface Keyboard {
        void type(byte[] bytes) throws IOException;
    }

    private final Deque<String> lines;
    private final OutputStream printed;
    private final StringBuilder seen = new StringBuilder();
    private Keyboard keyboard = bytes -> {};

    /** {@code printed} gets all that the shell prints, as it comes. */
    PromptFeeder(List<String> lines, OutputStream printed) {
        this.lines = new ArrayDeque<>(lines);
        this.printed = printed;
    }

    void keyboard(Keyboard keys) {
        keyboard = keys;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] source, int offset, int length) throws IOException {
        printed.write(source, offset, length);
        String text = new String(source, offset, length, StandardCharsets.UTF_8);
        seen.append(text.replaceAll("\u001b\\[[0-9;?]*[a-zA-Z]", ""));
        if (seen.toString().endsWith("$ ") && !lines.isEmpty()) {
            seen.setLength(0);
            String line = lines.remove();
            Thread typist = new Thread(() -> type(line), "typist");
            typist.setDaemon(true);
            typist.start();
        }
    }

    private void type(String line) {
        try {
            keyboard.type((line + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
