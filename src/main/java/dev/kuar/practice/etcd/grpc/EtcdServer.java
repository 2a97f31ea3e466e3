package dev.kuar.practice.etcd.grpc;

import dev.kuar.practice.etcd.Etcd;
import dev.kuar.practice.etcd.Member;
import dev.kuar.practice.time.ClusterClock;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.xnio.Options;
import org.xnio.SslClientAuthMode;

/** etcd's API for clients outside of the cluster, on loopback. Closing it cuts open calls off. */
public final class EtcdServer implements AutoCloseable {
    private static final int SLOW_MILLIS = 60_000;

    private final Undertow server;
    private final int port;

    private EtcdServer(Undertow server, int port) {
        this.server = server;
        this.port = port;
    }

    /**
     * What is served.
     *
     * @param tls that asks for the client's certificate and refuses what its authority has not signed
     * @param flags of the etcd process, which say who the member is
     * @param version of etcd, {@code 3.6.5}
     */
    public record Served(Etcd etcd, ClusterClock clock, SSLContext tls, List<String> flags, String version) {}

    /**
     * Listens from when it returns.
     *
     * @param asked 0 for any free port
     * @throws BindException when the port is taken
     */
    public static EtcdServer start(Served served, int asked) throws BindException {
        int port = asked == 0 ? free() : asked;
        Heads heads = heads(served, port);
        Map<String, Map<String, Method>> services = Map.of(
                "etcdserverpb.KV", KvService.of(heads),
                "etcdserverpb.Watch", WatchService.of(heads, served.clock()),
                "etcdserverpb.Lease", LeaseService.of(heads),
                "etcdserverpb.Cluster", ClusterService.of(heads),
                "etcdserverpb.Maintenance", MaintenanceService.of(heads),
                "etcdserverpb.Auth", AuthService.of(heads),
                "grpc.health.v1.Health", HealthService.methods());
        Undertow server = Undertow.builder()
                .setIoThreads(1)
                .setWorkerThreads(8)
                .setServerOption(UndertowOptions.ENABLE_HTTP2, true)
                .setServerOption(UndertowOptions.DECODE_URL, false)
                .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, -1L)
                .setServerOption(UndertowOptions.REQUEST_PARSE_TIMEOUT, SLOW_MILLIS)
                .setServerOption(UndertowOptions.HTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, 1000)
                .setServerOption(UndertowOptions.SHUTDOWN_TIMEOUT, 200)
                .setSocketOption(Options.SSL_CLIENT_AUTH_MODE, SslClientAuthMode.REQUIRED)
                .setSocketOption(Options.TCP_NODELAY, true)
                .addHttpsListener(port, "127.0.0.1", served.tls())
                .setHandler(new GrpcRoot(services, new PlainPages(heads)))
                .build();
        try {
            server.start();
        } catch (RuntimeException failed) {
            if (failed.getCause() instanceof BindException taken) {
                throw taken;
            }
            throw failed;
        }
        return new EtcdServer(server, port);
    }

    private static int free() throws BindException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException none) {
            BindException taken = new BindException("no port of 127.0.0.1 is free");
            taken.initCause(none);
            throw taken;
        }
    }

    private static Heads heads(Served served, int port) {
        List<Member> members = Member.all(served.flags(), "127.0.0.1").stream()
                .map(each -> new Member(each.id(), each.name(), each.peers(), List.of("https://127.0.0.1:" + port)))
                .toList();
        long self = Member.self(served.flags(), "127.0.0.1").id();
        Member own =
                members.stream().filter(each -> each.id() == self).findFirst().orElseThrow();
        return new Heads(served.etcd(), own, members, served.version());
    }

    /** The port that it listens on. */
    public int port() {
        return port;
    }

    @Override
    public void close() {
        server.stop();
    }
}
