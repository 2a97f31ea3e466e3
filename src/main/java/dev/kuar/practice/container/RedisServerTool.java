package dev.kuar.practice.container;

import dev.kuar.practice.redis.RedisHost;
import dev.kuar.practice.redis.RedisServer;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** redis-server. */
final class RedisServerTool implements Tool.Waiting {
    @Override
    public void begin(Task task) throws IOException {
        TaskHost host = new TaskHost(task);
        List<String> args = task.args().subList(1, task.args().size());
        if (args.contains("--version") || args.contains("-v")) {
            task.println("Redis server v=" + host.version() + " sha=00000000:0 malloc=jemalloc-5.3.0 bits=64");
            task.end(0);
            return;
        }
        RedisServer server;
        try {
            server = RedisServer.of(host, task.container().clock(), args);
        } catch (RedisServer.NotStarted failed) {
            task.printError(failed.words());
            task.end(1);
            return;
        }
        task.handle(Signal.TERM, signal -> server.stop("SIGTERM"));
        task.handle(Signal.INT, signal -> server.stop("SIGINT"));
        if (!task.container().network().listen(server.port(), server)) {
            host.log("Warning: Could not create server TCP listening socket *:" + server.port()
                    + ": bind: Address already in use");
            host.log("Failed listening on port " + server.port() + " (tcp), aborting.");
            task.end(1);
            return;
        }
        task.listensOn("tcp", server.port());
        task.atEnd(() -> {
            task.container().network().release(server.port(), server);
            server.ended();
            task.container().allocate(-host.held.get());
        });
        server.begin();
    }

    /** The process as the server sees it. */
    private static final class TaskHost extends ServerProcess implements RedisHost {
        private final Task task;
        private final AtomicLong held = new AtomicLong();

        TaskHost(Task task) {
            super(task);
            this.task = task;
        }

        @Override
        String words(String path, FileError error) {
            return error.words();
        }

        @Override
        public void grow(long bytes) {
            if (bytes != 0) {
                held.addAndGet(bytes);
                task.container().allocate(bytes);
            }
        }

        @Override
        public void log(String line) {
            print(line);
        }

        @Override
        public void directory(String path) throws IOException {
            try {
                make(path);
            } catch (FileError e) {
                throw new IOException(e.words(), e);
            }
        }

        @Override
        public String directory() {
            return task.files().directory();
        }

        @Override
        public int pid() {
            return task.pid();
        }

        @Override
        public String version() {
            return Versions.of(task);
        }
    }
}
