package dev.kuar.practice.container;

import dev.kuar.practice.etcd.Etcd;
import dev.kuar.practice.etcdctl.Etcdctl;
import dev.kuar.practice.etcdctl.Etcdutl;
import dev.kuar.practice.etcdctl.Host;
import dev.kuar.practice.network.NetworkNamespace;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs etcdctl or etcdutl in a container of etcd. */
final class EtcdctlTool implements Tool {
    @Override
    public int run(Task task) throws IOException, InterruptedException {
        Host host = new TaskHost(task);
        List<String> arguments = SystemTools.arguments(task);
        if (task.name().equals("etcdutl")) {
            return Etcdutl.run(arguments, host);
        }
        Etcd etcd = etcd(task);
        if (etcd == null) {
            return task.fail(1, "there is no etcd here");
        }
        return Etcdctl.run(arguments, host, etcd);
    }

    /** The one that listens in the same pod; else the cluster's; null where there is none. */
    private static @Nullable Etcd etcd(Task task) {
        NetworkNamespace pod = task.container().network();
        for (int port : pod.ports()) {
            if (pod.listener(port) instanceof EtcdPort own) {
                return own.etcd().etcd();
            }
        }
        return task.container().runtime().services().etcd();
    }

    /** A process's surroundings. */
    private record TaskHost(Task task) implements Host {
        @Override
        public OutputStream out() {
            return task.out();
        }

        @Override
        public void error(String text) throws IOException {
            task.printError(text);
        }

        @Override
        public byte[] input() throws IOException {
            return task.readAllInput();
        }

        @Override
        public Map<String, String> env() {
            return task.env();
        }

        @Override
        public Optional<String> file(String path) {
            return refusal(path).isEmpty()
                    ? Optional.of(new String(bytes(path), StandardCharsets.ISO_8859_1))
                    : Optional.empty();
        }

        @Override
        public String refusal(String path) {
            try {
                task.files().read(path);
                return "";
            } catch (FileError refused) {
                return refused.goWords();
            }
        }

        @Override
        public byte[] bytes(String path) {
            return task.files().read(path);
        }

        @Override
        public String save(String path, byte[] data) {
            try {
                task.files().write(path, data);
                return "";
            } catch (FileError refused) {
                return refused.goWords();
            }
        }

        @Override
        public String version() {
            return new Template(task).fill("${tag-version}");
        }

        @Override
        public List<String> server() {
            Task main = task.container().main();
            return main == null ? List.of() : main.args();
        }

        @Override
        public String ip() {
            return task.container().network().ip();
        }

        @Override
        public Instant now() {
            return task.container().clock().now();
        }

        @Override
        public void pause(Duration time) throws InterruptedException {
            task.container().clock().sleep(time);
        }

        @Override
        public int stay() throws InterruptedException {
            return task.await();
        }

        @Override
        public boolean interactive() {
            return task.tty(0) != null;
        }
    }
}
