package dev.kuar;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;

/** Starts {@code scripts/kuar}, or another program, as a learner does: a process with a HOME and KUAR_HOME of its own. */
public final class Launcher {
    static final Path TREE = Path.of("").toAbsolutePath();
    static final Path SCRIPT = TREE.resolve("scripts/kuar");

    private static final long PATIENCE_SECONDS = 1800;

    private final Path program;
    private final Map<String, String> environment = new HashMap<>();
    private Path directory;
    private byte[] input = new byte[0];

    /** {@code folder} takes HOME and KUAR_HOME, and is the current directory. */
    Launcher(Path program, Path folder) {
        this.program = program;
        this.directory = folder;
        environment.put("PATH", System.getenv("PATH"));
        environment.put("HOME", folder.toString());
        environment.put("KUAR_HOME", folder.resolve("kuar-home").toString());
        environment.put("LANG", "C.UTF-8");
        environment.put("JAVA_HOME", System.getProperty("java.home"));
    }

    /** The launcher of this tree. */
    Launcher(Path folder) {
        this(SCRIPT, folder);
    }

    /** What a process printed, and its exit code. */
    record Result(int exit, String out, String err) {
        /** The last line of standard output. */
        String last() {
            return out.stripTrailing().substring(out.stripTrailing().lastIndexOf('\n') + 1);
        }
    }

    Launcher with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Launcher without(String name) {
        environment.remove(name);
        return this;
    }

    Launcher in(Path folder) {
        directory = folder;
        return this;
    }

    Launcher typing(String text) {
        input = text.getBytes(StandardCharsets.UTF_8);
        return this;
    }

    Path home() {
        return Path.of(environment.getOrDefault("KUAR_HOME", ""));
    }

    /** Starts it; its standard input stays open. */
    Running start(String... words) throws IOException {
        List<String> line = new ArrayList<>(List.of(program.toString()));
        line.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(line).directory(directory.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return new Running(builder.start());
    }

    Result run(String... words) throws IOException, InterruptedException {
        try (Running running = start(words)) {
            running.type(input);
            return running.await();
        }
    }

    /** A process on its way; closing kills it. */
    static final class Running implements AutoCloseable {
        private final Process process;
        private final Reader out;
        private final Reader err;

        private Running(Process process) {
            this.process = process;
            this.out = new Reader(process.getInputStream());
            this.err = new Reader(process.getErrorStream());
        }

        Process process() {
            return process;
        }

        /** Writes all of standard input and closes it. */
        void type(byte[] bytes) throws IOException {
            try (OutputStream stdin = process.getOutputStream()) {
                stdin.write(bytes);
            } catch (IOException left) {
                // The process ended without reading all of it, which is its right.
                Assertions.assertThat(left).hasMessageContaining("roken pipe");
            }
        }

        Result await() throws InterruptedException {
            boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            Assertions.assertThat(ended)
                    .as("ended by itself; so far it printed:%n%s%n%s", out.text(), err.text())
                    .isTrue();
            out.thread.join();
            err.thread.join();
            return new Result(process.exitValue(), out.text(), err.text());
        }

        /** Waits until standard output holds {@code text}, and returns what there is by then. */
        String awaitOutput(String text) throws InterruptedException {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            synchronized (out) {
                while (!out.text().contains(text)) {
                    long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                    Assertions.assertThat(left > 0 && !out.ended)
                            .as("standard output holds '%s':%n%s%n%s", text, out.text(), err.text())
                            .isTrue();
                    out.wait(left);
                }
                return out.text();
            }
        }

        @Override
        public void close() {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** All that a stream gives, as it comes. */
    private static final class Reader {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final Thread thread;
        private boolean ended;

        Reader(InputStream stream) {
            thread = new Thread(() -> read(stream), "reader");
            thread.setDaemon(true);
            thread.start();
        }

        synchronized String text() {
            return bytes.toString(StandardCharsets.UTF_8);
        }

        private void read(InputStream stream) {
            byte[] buffer = new byte[8192];
            try {
                for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
                    keep(buffer, n);
                }
            } catch (IOException gone) {
                keep(new byte[0], 0);
            }
            synchronized (this) {
                ended = true;
                notifyAll();
            }
        }

        private synchronized void keep(byte[] buffer, int length) {
            bytes.write(buffer, 0, length);
            notifyAll();
        }
    }

    /** A program of the system; the Google Cloud SDK has one kubectl a version beside its gcloud. */
    public static java.util.Optional<Path> installed(String name) {
        List<Path> folders = new ArrayList<>();
        for (String folder : System.getenv("PATH").split(java.io.File.pathSeparator)) {
            Path at = Path.of(folder);
            folders.add(at);
            for (String sibling : List.of("gcloud", "kubectl")) {
                if (Files.isExecutable(at.resolve(sibling))) {
                    try {
                        folders.add(at.resolve(sibling).toRealPath().getParent());
                    } catch (IOException unreadable) {
                        continue;
                    }
                }
            }
        }
        return folders.stream()
                .map(folder -> folder.resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
