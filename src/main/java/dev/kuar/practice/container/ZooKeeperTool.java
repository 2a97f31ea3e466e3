package dev.kuar.practice.container;

import dev.kuar.practice.network.ClusterNetwork;
import dev.kuar.practice.network.PortService;
import dev.kuar.practice.network.Unreachable;
import dev.kuar.practice.zookeeper.ZooKeeperHost;
import dev.kuar.practice.zookeeper.ZooKeeperServer;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A ZooKeeper server, started with the file of its configuration. */
final class ZooKeeperTool implements Tool {
    @Override
    public int run(Task task) throws IOException, InterruptedException {
        List<String> args = JavaTool.arguments(task);
        if (args.isEmpty()) {
            task.printError("Usage: QuorumPeerMain configfile\n");
            return 2;
        }
        task.handle(Signal.TERM, signal -> task.end(128 + Signal.TERM));
        task.handle(Signal.INT, signal -> task.end(128 + Signal.INT));
        ZooKeeperServer.start(
                new TaskHost(task), task.container().clock(), args.get(0), server -> task.atEnd(server::ended));
        return task.await();
    }

    /** The process as the server sees it. */
    private record TaskHost(Task task) implements ZooKeeperHost {
        @Override
        public void print(String line) {
            try {
                task.println(line);
            } catch (IOException gone) {
                return;
            }
        }

        @Override
        public Optional<byte[]> read(String path) {
            try {
                return Optional.of(task.files().read(path));
            } catch (FileError e) {
                return Optional.empty();
            }
        }

        @Override
        public void write(String path, byte[] data) throws IOException {
            try {
                task.files().write(path, data);
            } catch (FileError e) {
                throw new IOException(path + " (" + e.words() + ")", e);
            }
        }

        @Override
        public void append(String path, byte[] data) throws IOException {
            try {
                if (task.files().open(path, false) instanceof Inode.FileNode file) {
                    file.append(data, 0, data.length);
                }
            } catch (FileError e) {
                throw new IOException(path + " (" + e.words() + ")", e);
            }
        }

        @Override
        public void directory(String path) throws IOException {
            try {
                for (int i = path.indexOf('/', 1); i > 0; i = path.indexOf('/', i + 1)) {
                    make(path.substring(0, i));
                }
                make(path);
            } catch (FileError e) {
                throw new IOException("Unable to create data directory " + path, e);
            }
        }

        private void make(String path) {
            if (!task.files().isDirectory(path)) {
                task.files().makeDirectory(path, 0755);
            }
        }

        @Override
        public List<String> list(String path) {
            try {
                return task.files().list(path);
            } catch (FileError e) {
                return List.of();
            }
        }

        @Override
        public void remove(String path) {
            try {
                task.files().remove(path);
            } catch (FileError e) {
                print("Failed to remove " + path + ": " + e.words());
            }
        }

        @Override
        public boolean listen(int port, PortService service) {
            return task.container().network().listen(port, service);
        }

        @Override
        public void release(int port, PortService service) {
            task.container().network().release(port, service);
        }

        @Override
        public @Nullable PortService dial(String host, int port) throws Unreachable {
            ClusterNetwork network = task.container().runtime().network();
            String ip = host.equals("localhost") ? "127.0.0.1" : new Resolver(task).address(host);
            return ip.isEmpty() || network == null
                    ? null
                    : network.dial(task.container().network(), ip, port);
        }

        @Override
        public String ip() {
            return task.container().network().ip();
        }

        @Override
        public String hostname() {
            return task.container().spec().hostname();
        }

        @Override
        public String version() {
            return task.env("ZOOKEEPER_VERSION").isEmpty() ? "3.4.10" : task.env("ZOOKEEPER_VERSION");
        }

        @Override
        public void end(int code) {
            task.end(code);
        }
    }
}
