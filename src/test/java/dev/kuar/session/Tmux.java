package dev.kuar.session;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A terminal that a test types into: a tmux server of its own, with one window. */
final class Tmux implements AutoCloseable {
    private static final String WINDOW = "session";
    private static final int PAUSE_MILLIS = 25;
    private static final int PATIENCE_SECONDS = 600;

    private final Path socket;

    private Tmux(Path socket) {
        this.socket = socket;
    }

    /** Whether there is a tmux on PATH. */
    static boolean isInstalled() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "tmux")));
    }

    /**
     * Opens a window in which a command runs.
     *
     * @param socket where the server listens; its folder must exist
     * @param variables the whole environment of the command, beside what tmux sets
     */
    static Tmux open(Path socket, int columns, int rows, Map<String, String> variables, List<String> command) {
        Tmux tmux = new Tmux(socket);
        List<String> words = new ArrayList<>(List.of("-f", "/dev/null"));
        words.addAll(List.of("start-server", ";", "set-option", "-g", "history-limit", "50000"));
        words.addAll(
                List.of(";", "set-option", "-g", "status", "off", ";", "set-option", "-g", "remain-on-exit", "on"));
        words.addAll(List.of(";", "set-option", "-g", "exit-empty", "off"));
        words.addAll(List.of(";", "new-session", "-d", "-s", WINDOW, "-x", "" + columns, "-y", "" + rows));
        words.addAll(List.of("env", "-i"));
        variables.forEach((name, value) -> words.add(name + "=" + value));
        words.addAll(command);
        tmux.run(words.toArray(String[]::new));
        return tmux;
    }

    /** Types text as it is, without Enter. */
    void type(String text) {
        run("send-keys", "-t", WINDOW, "-l", "--", text);
    }

    /** Presses a key by tmux's name: {@code Enter}, {@code C-c}. */
    void press(String key) {
        run("send-keys", "-t", WINDOW, key);
    }

    void resize(int columns, int rows) {
        run("resize-window", "-t", WINDOW, "-x", "" + columns, "-y", "" + rows);
    }

    /** Whether the command has ended. */
    boolean isOver() {
        return run("display-message", "-p", "-t", WINDOW, "#{pane_dead}")
                .strip()
                .equals("1");
    }

    /** All that was shown, from the beginning; lines that the terminal broke are whole again. */
    List<String> all() {
        return lines(run("capture-pane", "-p", "-J", "-S", "-", "-t", WINDOW));
    }

    /** What is on the screen, as it looks. */
    List<String> screen() {
        return lines(run("capture-pane", "-p", "-t", WINDOW));
    }

    /** Waits until what was shown is as wanted, and returns it. */
    List<String> await(String wanted, Predicate<List<String>> reached) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        List<String> shown = all();
        while (!reached.test(shown)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("never came: " + wanted + "; what is there:\n"
                        + String.join("\n", shown.subList(Math.max(0, shown.size() - 40), shown.size())));
            }
            boolean woken = new CountDownLatch(1).await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
            shown = woken ? shown : all();
        }
        return shown;
    }

    @Override
    public void close() {
        run("kill-server");
    }

    /** Without empty lines and blanks at the end. */
    private static List<String> lines(String text) {
        List<String> lines =
                new ArrayList<>(text.lines().map(String::stripTrailing).toList());
        while (!lines.isEmpty() && lines.get(lines.size() - 1).isEmpty()) {
            lines.remove(lines.size() - 1);
        }
        return lines;
    }

    private String run(String... words) {
        List<String> command = new ArrayList<>(List.of("tmux", "-u", "-S", socket.toString()));
        command.addAll(List.of(words));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + ": " + said);
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
