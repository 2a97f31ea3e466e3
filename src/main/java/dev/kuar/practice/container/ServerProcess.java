package dev.kuar.practice.container;

import dev.kuar.practice.network.ClusterNetwork;
import dev.kuar.practice.network.PortService;
import dev.kuar.practice.network.Unreachable;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a task gives the server that it runs: its files, its output, its network. */
abstract class ServerProcess {
    private final Task task;

    ServerProcess(Task task) {
        this.task = task;
    }

    /** How this server words that a file can't be written. */
    abstract String words(String path, FileError error);

    /** A line on standard output; nobody may be there to read it. */
    public void print(String line) {
        try {
            task.println(line);
        } catch (IOException gone) {
            return;
        }
    }

    public Optional<byte[]> read(String path) {
        try {
            return Optional.of(task.files().read(path));
        } catch (FileError e) {
            return Optional.empty();
        }
    }

    public void write(String path, byte[] data) throws IOException {
        try {
            task.files().write(path, data);
        } catch (FileError e) {
            throw new IOException(words(path, e), e);
        }
    }

    /** Adds to the end of a file, which is made where it is missing. */
    public void append(String path, byte[] data) throws IOException {
        try {
            if (task.files().open(path, false) instanceof Inode.FileNode file) {
                file.append(data, 0, data.length);
            }
        } catch (FileError e) {
            throw new IOException(words(path, e), e);
        }
    }

    /** Makes a directory that may be there. */
    final void make(String path) {
        if (!task.files().isDirectory(path)) {
            task.files().makeDirectory(path, 0755);
        }
    }

    /** Who answers at a name or address; null where nobody knows the name. */
    public @Nullable PortService dial(String host, int port) throws Unreachable {
        ClusterNetwork network = task.container().runtime().network();
        String ip = host.equals("localhost") ? "127.0.0.1" : new Resolver(task).address(host);
        return ip.isEmpty() || network == null
                ? null
                : network.dial(task.container().network(), ip, port);
    }

    public String ip() {
        return task.container().network().ip();
    }

    public void end(int code) {
        task.end(code);
    }
}
