package dev.kuar.practice;

import dev.kuar.practice.etcdctl.Host;
import dev.kuar.practice.time.ManualClock;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** The surroundings of one run of our etcdctl: an etcd process with the flags of the recordings, and its keys. */
final class EtcdctlHost implements Host {
    private static final String PKI = "/etc/kubernetes/pki/etcd/";
    /** What leads to etcd. */
    static final List<String> KEYS =
            List.of("--cacert=" + PKI + "ca.crt", "--cert=" + PKI + "server.crt", "--key=" + PKI + "server.key");

    private final String version;
    private final ManualClock clock;
    private final byte[] input;
    private final CompletableFuture<Void> stays;
    private final CompletableFuture<Void> told;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream() {
        @Override
        public synchronized void write(byte[] bytes, int from, int length) {
            super.write(bytes, from, length);
            notifyAll();
        }
    };
    private final StringBuilder errors = new StringBuilder();

    /**
     * @param stays is completed when the command waits
     * @param told ends the waiting
     */
    EtcdctlHost(
            String version,
            ManualClock clock,
            byte[] input,
            CompletableFuture<Void> stays,
            CompletableFuture<Void> told) {
        this.version = version;
        this.clock = clock;
        this.input = input;
        this.stays = stays;
        this.told = told;
    }

    byte[] printed() {
        return out.toByteArray();
    }

    /** Waits for so many lines, a minute at the most. */
    void await(int lines) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        synchronized (out) {
            while (out.toString(StandardCharsets.UTF_8).lines().count() < lines && System.nanoTime() < end) {
                out.wait(1000);
            }
        }
    }

    String errors() {
        return errors.toString();
    }

    @Override
    public OutputStream out() {
        return out;
    }

    @Override
    public void error(String text) {
        errors.append(text);
    }

    @Override
    public byte[] input() {
        return input;
    }

    @Override
    public Map<String, String> env() {
        return Map.of();
    }

    @Override
    public Optional<String> file(String path) {
        String name = path.replaceFirst("^/etc/kubernetes/pki/", "").replaceFirst("\\.[a-z]+$", "");
        String kind = path.endsWith(".key") ? "RSA PRIVATE KEY" : "CERTIFICATE";
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(("practice " + kind + " of " + name + ". . .").getBytes(StandardCharsets.UTF_8));
        return path.startsWith(PKI)
                ? Optional.of("-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n")
                : Optional.empty();
    }

    @Override
    public String refusal(String path) {
        return path.startsWith(PKI) ? "" : "no such file or directory";
    }

    @Override
    public byte[] bytes(String path) {
        return file(path).orElse("").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String save(String path, byte[] data) {
        return "permission denied";
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public List<String> server() {
        return List.of(
                "etcd",
                "--name=cp",
                "--initial-advertise-peer-urls=http://127.0.0.1:12380",
                "--initial-cluster=cp=http://127.0.0.1:12380",
                "--advertise-client-urls=http://127.0.0.1:2379");
    }

    @Override
    public String ip() {
        return "172.18.0.2";
    }

    @Override
    public Instant now() {
        return clock.now();
    }

    @Override
    public void pause(Duration time) {
        clock.advance(time);
    }

    @Override
    public int stay() throws InterruptedException {
        stays.complete(null);
        try {
            told.get();
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed);
        }
        return 130;
    }

    @Override
    public boolean interactive() {
        return false;
    }
}
