package dev.kuar.practice.container;

import dev.kuar.practice.network.ClusterNetwork;
import dev.kuar.practice.network.PortService;
import dev.kuar.practice.network.Unreachable;
import dev.kuar.practice.redis.RedisHost;
import dev.kuar.practice.redis.RedisServer;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** redis-server. */
final class RedisServerTool implements Tool.Waiting {
    @Override
    public void begin(Task task) throws IOException {
        TaskHost host = new TaskHost(task, new AtomicLong());
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
            task.container().allocate(-host.held().get());
        });
        task.handle(Signal.TERM, signal -> server.stop("SIGTERM"));
        task.handle(Signal.INT, signal -> server.stop("SIGINT"));
        server.begin();
    }

    /** The process as the server sees it. */
    private record TaskHost(Task task, AtomicLong held) implements RedisHost {
        @Override
        public void grow(long bytes) {
            if (bytes != 0) {
                held.addAndGet(bytes);
                task.container().allocate(bytes);
            }
        }

        @Override
        public void log(String line) {
            try {
                task.println(line);
            } catch (IOException e) {
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
                throw new IOException(e.words(), e);
            }
        }

        @Override
        public void append(String path, byte[] data) throws IOException {
            try {
                if (task.files().open(path, false) instanceof Inode.FileNode file) {
                    file.append(data, 0, data.length);
                }
            } catch (FileError e) {
                throw new IOException(e.words(), e);
            }
        }

        @Override
        public void directory(String path) throws IOException {
            try {
                if (!task.files().isDirectory(path)) {
                    task.files().makeDirectory(path, 0755);
                }
            } catch (FileError e) {
                throw new IOException(e.words(), e);
            }
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

        @Override
        public void end(int code) {
            task.end(code);
        }
    }
}
