package dev.kuar.shell.shim;

import dev.kuar.process.Invocation;
import dev.kuar.process.ProgramRegistry;
import java.io.BufferedReader;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The tools of one session as programs that any child process finds on its PATH.
 *
 * <p>Made when the first child asks, in a folder of its own under {@code KUAR_HOME/shims} that only its owner can enter, and
 * removed when closed; what a killed session left there the next one removes. Where it can't be made, children find what
 * their PATH has.
 */
public final class Shims implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Shims.class.getName());
    private static final List<String> PROGRAMS = List.of("stty", "rm", "mkfifo", "env", "cat");
    private static final String WHERE = "/usr/bin" + File.pathSeparator + "/bin";

    private final Path parent;
    private final Supplier<Set<String>> tools;
    private final Runner runner;
    private final Map<String, ShimCall> calls = new ConcurrentHashMap<>();
    private @Nullable Path folder;
    private @Nullable RandomAccessFile door;
    private boolean failed = File.separatorChar != '/';

    /** Runs a tool of the session. */
    @FunctionalInterface
    public interface Runner {
        /** {@code invocation} has the request's words, streams and variables, these a private copy. */
        int run(ShimRequest request, Invocation invocation) throws InterruptedException;
    }

    /**
     * @param parent the folder for the folders of all sessions; made when needed
     * @param tools the names that children find; asked once
     */
    public Shims(Path parent, Supplier<Set<String>> tools, Runner runner) {
        this.parent = parent;
        this.tools = tools;
        this.runner = runner;
    }

    /** The variables for a child: those given, with the tools first on PATH. */
    public synchronized Map<String, String> around(Map<String, String> variables) {
        Path bin = bin();
        Map<String, String> changed = new HashMap<>(variables);
        if (bin != null) {
            changed.put("PATH", bin + File.pathSeparator + variables.getOrDefault("PATH", WHERE));
        }
        return changed;
    }

    /** The variables without what {@link #around} added: for what is looked for on PATH itself. */
    public synchronized Map<String, String> without(Map<String, String> variables) {
        Map<String, String> changed = new HashMap<>(variables);
        if (folder != null) {
            String first = folder.resolve("bin") + File.pathSeparator;
            changed.computeIfPresent("PATH", (name, path) -> path.replace(first, ""));
        }
        return changed;
    }

    private @Nullable Path bin() {
        if (folder == null && !failed) {
            try {
                folder = make();
            } catch (IOException e) {
                LOG.log(Level.WARNING, "no shims", e);
                failed = true;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return folder == null ? null : folder.resolve("bin");
    }

    private Path make() throws IOException, InterruptedException {
        Files.createDirectories(parent);
        removeOrphans();
        var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        Path made = Files.createTempDirectory(parent, ProcessHandle.current().pid() + "-", owner);
        try {
            Path bin = Files.createDirectory(made.resolve("bin"), owner);
            String script = script(made);
            for (String tool : tools.get()) {
                Path file = Files.createFile(bin.resolve(tool), owner);
                Files.writeString(file, script);
            }
            Path fifo = made.resolve("door");
            Process maker = new ProcessBuilder(program("mkfifo"), "-m", "600", fifo.toString())
                    .redirectErrorStream(true)
                    .start();
            if (maker.waitFor() != 0) {
                throw new IOException("mkfifo " + fifo);
            }
            RandomAccessFile opened = new RandomAccessFile(fifo.toFile(), "rw");
            door = opened;
            Thread porter = new Thread(() -> attend(made, opened), "shims");
            porter.setDaemon(true);
            porter.start();
            return made;
        } catch (IOException e) {
            erase(made);
            throw e;
        }
    }

    private static String script(Path made) throws IOException {
        String text;
        try (InputStream source = Shims.class.getResourceAsStream("/shell/shim.sh")) {
            if (source == null) {
                throw new IOException("shim.sh is missing");
            }
            text = new String(source.readAllBytes(), StandardCharsets.UTF_8);
        }
        for (String name : PROGRAMS) {
            text = text.replace("@" + name.toUpperCase(java.util.Locale.ROOT) + "@", program(name));
        }
        return text.replace("@FOLDER@", "'" + made.toString().replace("'", "'\\''") + "'")
                .replace("@PID@", String.valueOf(ProcessHandle.current().pid()));
    }

    private static String program(String name) throws IOException {
        return ProgramRegistry.onPath(name, Map.of("PATH", WHERE), Path.of("/"))
                .orElseThrow(() -> new IOException(name + " is not installed"))
                .toString();
    }

    /** Hears of calls until it is told to close. */
    private void attend(Path made, RandomAccessFile opened) {
        try (InputStream bytes = new FileInputStream(opened.getFD());
                BufferedReader lines = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null && !line.equals("close"); line = lines.readLine()) {
                String[] words = line.split(" ", 3);
                if (words.length >= 2 && words[1].matches("\\d+")) {
                    heard(made, words[0], words[1], words.length > 2 ? words[2] : "");
                }
            }
        } catch (IOException e) {
            LOG.log(Level.WARNING, "shims", e);
        }
    }

    private void heard(Path made, String word, String process, String rest) {
        if (word.equals("call")) {
            ShimCall call = new ShimCall(made, process, runner);
            calls.put(process, call);
            Thread thread = new Thread(
                    () -> {
                        try {
                            call.run();
                        } finally {
                            calls.remove(process, call);
                        }
                    },
                    "shim-" + process);
            thread.setDaemon(true);
            thread.start();
            return;
        }
        Optional.ofNullable(calls.get(process)).ifPresent(call -> {
            switch (word) {
                case "interrupt", "gone" -> call.interrupt();
                case "size" -> call.resized(rest);
                case "ended" -> call.ended(rest);
                default -> LOG.warning("shims: " + word);
            }
        });
    }

    /** Removes the folders of sessions whose process is no more. */
    private void removeOrphans() throws IOException {
        try (Stream<Path> folders = Files.list(parent)) {
            folders.filter(Shims::isOrphan).forEach(Shims::erase);
        }
    }

    private static boolean isOrphan(Path folder) {
        String process = String.valueOf(folder.getFileName()).split("-")[0];
        return process.matches("\\d{1,18}")
                && ProcessHandle.of(Long.parseLong(process)).isEmpty();
    }

    private static void erase(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(java.util.Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException | java.io.UncheckedIOException busy) {
            LOG.log(Level.FINE, "left behind", busy);
        }
    }

    @Override
    public synchronized void close() {
        calls.values().forEach(ShimCall::interrupt);
        RandomAccessFile opened = door;
        if (opened != null) {
            try {
                opened.write("close\n".getBytes(StandardCharsets.UTF_8));
            } catch (IOException alreadyClosed) {
                LOG.log(Level.FINE, "door", alreadyClosed);
            }
        }
        if (folder != null) {
            erase(folder);
        }
        failed = true;
        folder = null;
        door = null;
    }
}
