package dev.kuar.practice;

import dev.kuar.practice.EtcdctlSession.Ran;
import dev.kuar.practice.EtcdctlSession.Running;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The etcd that is installed, running on loopback in a folder of its own, and the etcdctl beside it. */
final class RealEtcd implements EtcdctlSession.Runner, AutoCloseable {
    private final Path folder;
    private final Process server;
    private final int port;
    private final InstalledEtcdctl client;

    private RealEtcd(Path folder, Process server, int port) {
        this.folder = folder;
        this.server = server;
        this.port = port;
        this.client = new InstalledEtcdctl("etcdctl", Map.of("ETCDCTL_ENDPOINTS", "127.0.0.1:" + port));
    }

    static boolean isInstalled() {
        return Stream.of("etcd", "etcdctl").allMatch(InstalledEtcdctl::isInstalled);
    }

    static RealEtcd start() throws Exception {
        Path folder = Files.createTempDirectory("etcd");
        int port = free();
        String client = "http://127.0.0.1:" + port;
        String peer = "http://127.0.0.1:" + free();
        ProcessBuilder line = new ProcessBuilder(
                "etcd",
                "--name=cp",
                "--data-dir=" + folder.resolve("data"),
                "--listen-client-urls=" + client,
                "--advertise-client-urls=" + client,
                "--listen-peer-urls=" + peer,
                "--initial-advertise-peer-urls=" + peer,
                "--initial-cluster=cp=" + peer);
        line.redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile());
        RealEtcd etcd = new RealEtcd(folder, line.start(), port);
        etcd.awaitLeader();
        return etcd;
    }

    private static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress("127.0.0.1", 0));
            return socket.getLocalPort();
        }
    }

    /** Its {@code /health} answers once there is a leader, without an entry of the log. */
    private void awaitLeader() throws Exception {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
        while (System.nanoTime() < end && server.isAlive()) {
            try (Socket socket = new Socket("127.0.0.1", port)) {
                socket.setSoTimeout(60_000);
                socket.getOutputStream().write("GET /version HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                if (answer.matches("(?s).*\"etcdcluster\":\"[1-9].*")) {
                    return;
                }
            } catch (IOException notYet) {
                server.waitFor(50, TimeUnit.MILLISECONDS);
            }
        }
        throw new IllegalStateException("etcd does not start: " + Files.readString(folder.resolve("log")));
    }

    String version() throws Exception {
        return client.version();
    }

    @Override
    public Ran run(List<String> words, byte[] input) throws Exception {
        return client.run(words, input);
    }

    @Override
    public Running begin(List<String> words) throws Exception {
        return client.begin(words);
    }

    @Override
    public void close() throws IOException {
        server.destroy();
        server.onExit().join();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
