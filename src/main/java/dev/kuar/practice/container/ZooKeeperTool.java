package dev.kuar.practice.container;

import dev.kuar.practice.network.PortService;
import dev.kuar.practice.zookeeper.ZooKeeperHost;
import dev.kuar.practice.zookeeper.ZooKeeperServer;
import java.io.IOException;
import java.util.List;

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
    private static final class TaskHost extends ServerProcess implements ZooKeeperHost {
        private final Task task;

        TaskHost(Task task) {
            super(task);
            this.task = task;
        }

        @Override
        String words(String path, FileError error) {
            return path + " (" + error.words() + ")";
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
        public String hostname() {
            return task.container().spec().hostname();
        }

        @Override
        public String version() {
            return task.env("ZOOKEEPER_VERSION").isEmpty() ? "3.4.10" : task.env("ZOOKEEPER_VERSION");
        }
    }
}
