package dev.kuar.practice.container;

import dev.kuar.practice.container.Inode.DirectoryNode;
import dev.kuar.practice.container.Inode.FileNode;
import dev.kuar.practice.network.ClusterNetwork;
import dev.kuar.practice.network.HttpHandler;
import dev.kuar.practice.network.HttpRequest;
import dev.kuar.practice.network.HttpResponse;
import dev.kuar.practice.network.PortService;
import dev.kuar.practice.network.Unreachable;
import dev.kuar.practice.nginx.NginxHost;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The container that an nginx runs in, as it sees it. */
final class NginxFiles implements NginxHost {
    private final Task task;

    NginxFiles(Task task) {
        this.task = task;
    }

    static String words(FileError error) {
        return "(" + error.kind().number() + ": " + error.words() + ")";
    }

    @Override
    public Stat stat(String path) {
        try {
            Inode node = task.files().stat(path);
            long size = node instanceof FileNode file ? file.data().length : 0;
            return new Stat(node instanceof DirectoryNode, size, Instant.ofEpochMilli(node.modified()), "");
        } catch (FileError e) {
            return new Stat(false, 0, Instant.EPOCH, words(e));
        }
    }

    @Override
    public byte @Nullable [] read(String path) {
        try {
            return task.files().read(path);
        } catch (FileError e) {
            return null;
        }
    }

    @Override
    public String whyUnreadable(String path) {
        try {
            task.files().read(path);
            return "";
        } catch (FileError e) {
            return words(e);
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
    public synchronized void append(String path, String line) {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            if (task.files().exists(path) && task.files().stat(path) instanceof Inode.DeviceNode device) {
                OutputStream out = device.name().startsWith("fd")
                        ? task.fd(Integer.parseInt(device.name().substring(2))).out()
                        : null;
                if (out != null) {
                    out.write(bytes);
                }
                return;
            }
            byte[] old = task.files().exists(path) ? task.files().read(path) : new byte[0];
            byte[] all = java.util.Arrays.copyOf(old, old.length + bytes.length);
            System.arraycopy(bytes, 0, all, old.length, bytes.length);
            task.files().write(path, all);
        } catch (FileError | IOException lost) {
            return;
        }
    }

    @Override
    public List<String> resolve(String name) {
        return new Resolver(task).addresses(name);
    }

    @Override
    public HttpResponse send(
            boolean tls,
            String host,
            String address,
            int port,
            String method,
            String target,
            Map<String, String> headers,
            byte[] body)
            throws Unreachable {
        ClusterNetwork network = task.container().runtime().network();
        if (network == null) {
            throw new Unreachable(Unreachable.Cause.NO_ROUTE, address);
        }
        PortService service = network.dial(task.container().network(), address, port);
        HttpHandler handler = service.http();
        if (handler == null || tls && !service.tls()) {
            return HttpResponse.text(0, "text/plain", "");
        }
        if (service.tls() && !tls) {
            return HttpResponse.text(400, "text/plain", "Client sent an HTTP request to an HTTPS server.\n");
        }
        return handler.handle(new HttpRequest(
                method,
                target,
                headers,
                body,
                address.startsWith("127.")
                        ? address
                        : task.container().network().ip()));
    }

    @Override
    public void sleep(Duration time) throws InterruptedException {
        task.container().clock().sleep(time);
    }

    @Override
    public Instant now() {
        return task.container().clock().now();
    }

    @Override
    public String hostname() {
        return task.container().spec().hostname();
    }

    @Override
    public String ip() {
        return task.container().network().ip();
    }

    @Override
    public String version() {
        return task.container().spec().image().env().getOrDefault("NGINX_VERSION", "1.29.3");
    }
}
