package dev.kuar.practice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Many watchers, some of which never read: the others get everything, and those are ended once they are too far behind. */
final class WatchersTest {
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final Pattern COUNT = Pattern.compile("\"n\":\"(\\d+)\"");

    @Test
    void watchers_that_never_read_cost_others_nothing() throws Exception {
        run(4, 1, 1_400, 16_000);
    }

    @Test
    @Tag("slow")
    void of_500_watchers_50_never_read() throws Exception {
        run(450, 50, 3_000, 4_000);
    }

    private static void run(int reading, int silent, int changes, int length) throws Exception {
        try (PracticeCluster cluster = PracticeCluster.start(new ClusterSpec(
                "watched", "kind", 1, ClusterSpec.DEFAULT_VERSION, Optional.empty(), 0, Optional.empty()))) {
            assertThat(cluster.waitReady(Duration.ofMinutes(5)).missing()).isEmpty();
            WireClient client = WireClient.of(cluster.kubeconfig());
            long revision = client.send("POST", MAPS, map(0, length)).resourceVersion();
            String watch = MAPS + "?watch=true&resourceVersion=" + revision;
            List<SSLSocket> mute = new ArrayList<>();
            long open = open(client);
            for (int i = 0; i < silent; i++) {
                mute.add(neverRead(client, watch));
            }
            ExecutorService readers = Executors.newFixedThreadPool(reading);
            CountDownLatch connected = new CountDownLatch(reading);
            List<Future<Integer>> seen = new ArrayList<>();
            for (int i = 0; i < reading; i++) {
                seen.add(readers.submit(() -> read(client, watch, connected, changes)));
            }
            assertThat(connected.await(5, TimeUnit.MINUTES)).isTrue();
            long before = live();
            for (int change = 1; change <= changes; change++) {
                assertThat(client.send("PUT", MAPS + "/counted", map(change, length))
                                .code())
                        .isEqualTo(200);
            }
            for (Future<Integer> each : seen) {
                assertThat(each.get(10, TimeUnit.MINUTES)).isEqualTo(changes);
            }
            long grown = (live() - before) >> 20;
            System.getLogger("WatchersTest")
                    .log(
                            System.Logger.Level.INFO,
                            reading + " reading, " + silent + " silent: grown by " + grown + " MiB");
            // Each change is kept once, however many wait for it.
            assertThat(grown).isLessThan(100);
            await(client, open);
            for (SSLSocket each : mute) {
                assertThat(rest(each)).isBetween(1, changes - 1);
            }
            readers.shutdownNow();
        }
    }

    /** How many watches the server has open. */
    private static long open(WireClient client) throws Exception {
        Matcher gauge = Pattern.compile("(?m)^apiserver_longrunning_requests (\\d+)$")
                .matcher(client.get("/metrics").body());
        assertThat(gauge.find()).isTrue();
        return Long.parseLong(gauge.group(1));
    }

    /** Waits until those that read have left and those that never do have been cut off. */
    private static void await(WireClient client, long wanted) throws Exception {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
        while (open(client) > wanted && System.nanoTime() < end) {
            new CountDownLatch(1).await(200, TimeUnit.MILLISECONDS);
        }
        assertThat(open(client)).isLessThanOrEqualTo(wanted);
    }

    private static String map(int number, int length) {
        return "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"counted\"},\"data\":{\"n\":\""
                + number + "\",\"fill\":\"" + "v".repeat(length) + "\"}}";
    }

    private static SSLSocket neverRead(WireClient client, String path) throws Exception {
        SSLSocket socket = (SSLSocket) client.tls().getSocketFactory().createSocket();
        socket.setReceiveBufferSize(16 * 1024);
        socket.connect(new java.net.InetSocketAddress("127.0.0.1", client.port()));
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** Reads until the last change came, each in its order; how many there were. */
    private static int read(WireClient client, String path, CountDownLatch connected, int changes) throws Exception {
        try (Stream<String> lines = client.lines(path)) {
            connected.countDown();
            int expected = 1;
            for (String line : (Iterable<String>) lines::iterator) {
                Matcher count = COUNT.matcher(line);
                assertThat(count.find()).as(line).isTrue();
                assertThat(Integer.parseInt(count.group(1))).isEqualTo(expected);
                if (expected == changes) {
                    return expected;
                }
                expected++;
            }
            return expected - 1;
        }
    }

    /** Reads a silent watch to where it was cut off; how many changes had been sent to it. */
    private static int rest(SSLSocket socket) throws Exception {
        socket.setSoTimeout((int) Duration.ofMinutes(2).toMillis());
        StringBuilder text = new StringBuilder();
        try (socket) {
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[64 * 1024];
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                text.append(new String(buffer, 0, length, StandardCharsets.ISO_8859_1));
            }
        } catch (SSLException | SocketException cut) {
            assertThat(text).doesNotContain("\r\n0\r\n");
        }
        return (int) COUNT.matcher(text).results().count();
    }

    private static long live() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
