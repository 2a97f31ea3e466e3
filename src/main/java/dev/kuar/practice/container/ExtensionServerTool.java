package dev.kuar.practice.container;

import dev.kuar.practice.etcd.OwnEtcd;
import dev.kuar.practice.extension.ExtensionHost;
import dev.kuar.practice.extension.ExtensionOptions;
import dev.kuar.practice.extension.ExtensionServer;
import dev.kuar.practice.network.HttpRequest;
import dev.kuar.practice.network.HttpResponse;
import dev.kuar.practice.network.PortService;
import dev.kuar.practice.network.Unreachable;
import dev.kuar.practice.time.ClusterClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** The sample API server, started with the flags of its program. */
final class ExtensionServerTool implements Tool.Waiting {
    private static final String FLAGS = "/practice/extensions/wardle/flags";

    @Override
    public void begin(Task task) throws IOException {
        GoFlags flags;
        int port;
        try {
            flags = GoFlags.parse(task.args().subList(1, task.args().size()), known());
            port = flags.number("secure-port");
        } catch (GoFlags.Wrong wrong) {
            task.printError("Usage:\n   [flags]\n\nError: " + wrong.getMessage() + "\n");
            task.end(1);
            return;
        }
        if (flags.on("help") || flags.on("h")) {
            task.println("Launch a wardle API server\n\nUsage:\n   [flags]\n\nFlags:");
            for (Map.Entry<String, String> flag : known().entrySet()) {
                task.println("      --" + flag.getKey()
                        + (flag.getValue().isEmpty() ? "" : "   (default " + flag.getValue() + ")"));
            }
            task.end(0);
            return;
        }
        List<String> etcd = new ArrayList<>(List.of(flags.text("etcd-servers").split(",")));
        etcd.removeIf(String::isBlank);
        if (etcd.isEmpty()) {
            new GoLog(task).klog('E', "run.go:74", "\"command failed\" err=\"--etcd-servers must be specified\"");
            task.end(1);
            return;
        }
        task.handle(Signal.TERM, signal -> task.end(0));
        task.handle(Signal.INT, signal -> task.end(0));
        String version = "v" + new Template(task).fill("${tag-version}");
        ExtensionOptions options = new ExtensionOptions(
                port, flags.text("tls-cert-file"), flags.text("tls-private-key-file"), etcd, version);
        task.container().runtime().execute(() -> ExtensionServer.start(new TaskHost(task), options));
    }

    /** Names with their defaults. */
    private static Map<String, String> known() {
        Map<String, String> known = new LinkedHashMap<>();
        for (String line : ImageCatalogue.data(FLAGS).split("\n")) {
            int space = line.indexOf(' ');
            known.put(space < 0 ? line : line.substring(0, space), space < 0 ? "" : line.substring(space + 1));
        }
        return known;
    }

    /** The process as the server sees it. */
    private static final class TaskHost extends ServerProcess implements ExtensionHost {
        private final Task task;

        TaskHost(Task task) {
            super(task);
            this.task = task;
        }

        @Override
        String words(String path, FileError error) {
            return "open " + path + ": " + error.goWords();
        }

        @Override
        public ClusterClock clock() {
            return task.container().clock();
        }

        @Override
        public HttpResponse api(HttpRequest request) {
            return new ApiFromContainer(task).handle(request);
        }

        @Override
        public Optional<String> file(String path) {
            return read(path).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
        }

        @Override
        public Optional<OwnEtcd> etcd(String url) {
            WebClient.Target target = new WebClient(task).target(url);
            try {
                return !task.isOver() && dial(target.host(), target.port()) instanceof EtcdPort port
                        ? Optional.of(port.etcd())
                        : Optional.empty();
            } catch (Unreachable gone) {
                return Optional.empty();
            }
        }

        @Override
        public SSLContext selfSigned() {
            return task.container().runtime().services().certificates().apply("localhost");
        }

        @Override
        public boolean listen(int port, PortService service) {
            try {
                return new Sockets(task).tcp(port, service);
            } catch (IOException gone) {
                return false;
            }
        }

        @Override
        public void execute(Runnable work) {
            task.container().runtime().execute(work);
        }

        @Override
        public void atEnd(Runnable action) {
            task.atEnd(action);
        }

        @Override
        public void log(char level, String from, String text) {
            new GoLog(task).klog(level, from, text);
        }
    }
}
