package dev.kuar.awk;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Files in memory, and a shell that knows {@code echo}, {@code cat}, {@code sort} and {@code exit}. */
final class FakeHost implements AwkHost {
    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Map<String, ByteArrayOutputStream> files = new TreeMap<>();
    private InputStream input;
    private boolean watched;

    FakeHost(String input) {
        this.input = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
        file("f", input);
        file("g", "one two\nthree four\n");
    }

    /** Reads from elsewhere, and may have somebody who watches. */
    void read(InputStream from, boolean isWatched) {
        input = from;
        watched = isWatched;
    }

    void file(String name, String text) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        files.put(name, file);
    }

    @Override
    public InputStream input() {
        return input;
    }

    @Override
    public OutputStream output() {
        return out;
    }

    @Override
    public OutputStream error() {
        return err;
    }

    @Override
    public boolean isWatched() {
        return watched;
    }

    @Override
    public InputStream open(String path) throws Refused {
        ByteArrayOutputStream file = files.get(path);
        if (file == null) {
            throw new Refused("No such file or directory");
        }
        return new ByteArrayInputStream(file.toByteArray());
    }

    @Override
    public OutputStream create(String path, boolean append) throws Refused {
        if (path.contains("/")) {
            throw new Refused("No such file or directory");
        }
        if (!append || !files.containsKey(path)) {
            files.put(path, new ByteArrayOutputStream());
        }
        return files.get(path);
    }

    @Override
    public int run(String command, InputStream in, OutputStream to) throws IOException {
        if (command.startsWith("exit ")) {
            in.readAllBytes();
            return Integer.parseInt(command.substring(5));
        }
        if (command.startsWith("echo ")) {
            to.write((command.substring(5) + "\n").getBytes(StandardCharsets.UTF_8));
            return 0;
        }
        if (command.equals("yes")) {
            while (true) {
                to.write("y\n".getBytes(StandardCharsets.UTF_8));
            }
        }
        List<String> lines =
                new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        for (String line : command.equals("sort") ? lines.stream().sorted().toList() : lines) {
            to.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return 0;
    }

    @Override
    public Map<String, String> environment() {
        return Map.of("WHO", "me", "SIZE", "10");
    }

    @Override
    public long seconds() {
        return 1_800_000_000;
    }

    @Override
    public void turn() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }
}
