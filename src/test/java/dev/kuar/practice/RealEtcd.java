package dev.kuar.practice;

import dev.kuar.practice.EtcdctlSession.Ran;
import dev.kuar.practice.EtcdctlSession.Running;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The etcd that is installed, running on loopback in a folder of its own, and the etcdctl beside it. */
final class RealEtcd implements EtcdctlSession.Runner, AutoCloseable {
    /** A thread for each: one that follows holds its thread for as long as it runs. */
    private static final Executor BESIDE = task -> {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
    };

    private final Path folder;
    private final Process server;
    private final int port;

    private RealEtcd(Path folder, Process server, int port) {
        this.folder = folder;
        this.server = server;
        this.port = port;
    }

    static boolean isInstalled() {
        return Stream.of("etcd", "etcdctl").allMatch(program -> Stream.of(
                        System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(place -> Files.isExecutable(Path.of(place, program))));
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
        String said = new String(run(List.of("version"), new byte[0]).out(), StandardCharsets.UTF_8);
        return said.replaceFirst("(?s)etcdctl version: (\\S+).*", "$1");
    }

    private Process begun(List<String> words) throws IOException {
        List<String> line = new ArrayList<>(List.of("etcdctl"));
        line.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(line);
        builder.environment().keySet().removeIf(name -> name.startsWith("ETCDCTL_"));
        builder.environment().put("ETCDCTL_ENDPOINTS", "127.0.0.1:" + port);
        return builder.start();
    }

    @Override
    public Ran run(List<String> words, byte[] input) throws Exception {
        Process process = begun(words);
        CompletableFuture<byte[]> errors = CompletableFuture.supplyAsync(() -> all(process.getErrorStream()), BESIDE);
        try (var in = process.getOutputStream()) {
            in.write(input);
        } catch (IOException doesNotRead) {
            // It ended without reading: its exit code says why.
        }
        byte[] out = process.getInputStream().readAllBytes();
        return new Ran(out, new String(errors.get(), StandardCharsets.UTF_8), process.waitFor());
    }

    private static byte[] all(InputStream in) {
        try (in) {
            return in.readAllBytes();
        } catch (IOException cut) {
            return new byte[0];
        }
    }

    @Override
    public Running begin(List<String> words) throws Exception {
        Process process = begun(words);
        CompletableFuture<byte[]> errors = CompletableFuture.supplyAsync(() -> all(process.getErrorStream()), BESIDE);
        // A watch is known to the server before the next write, which takes a process of its own, has reached it.
        process.waitFor(500, TimeUnit.MILLISECONDS);
        return lines -> {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            InputStream in = process.getInputStream();
            for (int got = 0; got < lines || lines == 0; ) {
                int next = in.read();
                if (next < 0) {
                    break;
                }
                out.write(next);
                got += next == '\n' ? 1 : 0;
            }
            boolean ended = process.waitFor(lines == 0 ? 60_000 : 100, TimeUnit.MILLISECONDS);
            process.destroy();
            int code = process.waitFor();
            return new Ran(out.toByteArray(), new String(errors.get(), StandardCharsets.UTF_8), ended ? code : 130);
        };
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
