package dev.kuar.practice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.object.JsonReader;
import dev.kuar.practice.object.KubeObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A served cluster that is killed at random moments of a write load: what was acknowledged is there, revisions go on, and a
 * watcher that comes back with its last revision misses nothing and sees nothing twice.
 *
 * <p>{@code -Dkuar.seed=N} replays the moments, {@code -Dkuar.kills=N} changes how many the slow test has.
 */
final class KillsIT {
    private static final int SAMPLE = 3;
    private static final int ALL = 100;
    private static final int WRITERS = 4;
    private static final int MOST_WRITES = 400;
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";

    @TempDir
    private Path home = Path.of("");

    private final long seed = Long.getLong("kuar.seed", 20261128L);
    private final Random random = new Random(seed);

    /** What was acknowledged: names with the revision of the last write. */
    private final Map<String, Long> kept = new ConcurrentHashMap<>();

    /** Keys whose last write got no answer: either outcome is right. */
    private final Map<String, Boolean> unknown = new ConcurrentHashMap<>();

    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong written = new AtomicLong();
    private final Watcher watcher = new Watcher();
    private ServedProcess server;

    @AfterEach
    void end() throws InterruptedException {
        if (server != null) {
            server.kill();
        }
    }

    @Test
    void nothing_acknowledged_is_lost_when_the_server_is_killed() throws Exception {
        run(SAMPLE);
    }

    @Test
    @Tag("slow")
    void nothing_acknowledged_is_lost_when_the_server_is_killed_100_times() throws Exception {
        run(Integer.getInteger("kuar.kills", ALL));
    }

    private void run(int kills) throws Exception {
        long newest = 0;
        for (int kill = 1; kill <= kills; kill++) {
            WireClient client = serve();
            newest = check(client, newest, "after kill " + (kill - 1) + " of seed " + seed);
            watcher.follow(client);
            newest = Math.max(newest, writeUntilKilled(client, kill));
            watcher.await();
        }
        WireClient client = serve();
        check(client, newest, "after the last kill of seed " + seed);
        long end = client.send("POST", MAPS, WireClient.configMap("end", "x")).resourceVersion();
        watcher.follow(client);
        watcher.awaitRevision(end);
        server.kill();
        watcher.await();
        kept.put("end", end);
        watcher.check(kept);
        System.getLogger("KillsIT")
                .log(
                        System.Logger.Level.INFO,
                        "seed " + seed + ": " + kills + " kills, " + acknowledged
                                + " acknowledged writes, watch resumed " + watcher.resumed + " times");
    }

    private WireClient serve() throws Exception {
        server = ServedProcess.start(home, "killed");
        return server.client();
    }

    /** Compares what is there with what was acknowledged; the newest revision. */
    private long check(WireClient client, long before, String when) throws Exception {
        WireClient.Answer list = client.get(MAPS);
        assertThat(list.code()).as(when).isEqualTo(200);
        assertThat(list.resourceVersion()).as(when).isGreaterThanOrEqualTo(before);
        Map<String, Long> found = new TreeMap<>();
        list.object()
                .maps("items")
                .forEach(item -> found.put(
                        KubeObject.of(item).name(),
                        Long.valueOf(KubeObject.of(item).resourceVersion())));
        found.remove("kube-root-ca.crt");
        Map<String, Long> expected = new TreeMap<>(kept);
        unknown.keySet().forEach(key -> {
            Long now = found.get(key);
            if (now == null) {
                expected.remove(key);
                kept.remove(key);
            } else {
                assertThat(now).as(when + ", " + key).isGreaterThanOrEqualTo(expected.getOrDefault(key, 0L));
                expected.put(key, now);
                kept.put(key, now);
            }
        });
        unknown.clear();
        assertThat(found).as(when).isEqualTo(expected);
        return list.resourceVersion();
    }

    /** Lets several clients write until the server is dead; the newest acknowledged revision. */
    private long writeUntilKilled(WireClient client, int round) throws Exception {
        long killAt = acknowledged.get() + 1 + random.nextInt(MOST_WRITES);
        CountDownLatch due = new CountDownLatch(1);
        AtomicLong newest = new AtomicLong();
        List<Thread> writers = new ArrayList<>();
        List<Throwable> faults = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            String name = "w" + writer + "-" + round + "-";
            Random own = new Random(random.nextLong());
            Thread thread = new Thread(() -> {
                try {
                    for (int i = 0; ; i++) {
                        write(client, name + own.nextInt(1 + i / 2), own, newest);
                        if (acknowledged.get() >= killAt) {
                            due.countDown();
                        }
                    }
                } catch (IOException dead) {
                    due.countDown();
                } catch (InterruptedException | AssertionError wrong) {
                    synchronized (faults) {
                        faults.add(wrong);
                    }
                    due.countDown();
                }
            });
            writers.add(thread);
            thread.start();
        }
        assertThat(due.await(10, TimeUnit.MINUTES)).isTrue();
        server.kill();
        for (Thread writer : writers) {
            writer.join();
        }
        assertThat(faults).as("seed %d", seed).isEmpty();
        return newest.get();
    }

    private void write(WireClient client, String key, Random own, AtomicLong newest)
            throws IOException, InterruptedException {
        long before = newest.get();
        boolean there = kept.containsKey(key);
        boolean delete = there && own.nextInt(5) == 0;
        // Never twice the same: an update that changes nothing has no revision of its own.
        String body = WireClient.configMap(key, written.incrementAndGet() + "v".repeat(own.nextInt(3000)));
        unknown.put(key, true);
        WireClient.Answer answer = delete
                ? client.send("DELETE", MAPS + "/" + key, "")
                : there ? client.send("PUT", MAPS + "/" + key, body) : client.send("POST", MAPS, body);
        assertThat(answer.code()).as(answer.body()).isBetween(200, 201);
        if (delete) {
            kept.remove(key);
        } else {
            long revision = answer.resourceVersion();
            assertThat(revision).as(key).isGreaterThan(before);
            kept.put(key, revision);
            newest.accumulateAndGet(revision, Math::max);
        }
        unknown.remove(key);
        acknowledged.incrementAndGet();
    }

    /** A client that follows the ConfigMaps through all of the server's lives. */
    private static final class Watcher {
        private final Map<String, Long> objects = new TreeMap<>();
        private final List<String> faults = new ArrayList<>();
        private long last;
        private int resumed;
        private Thread thread;

        void follow(WireClient client) throws Exception {
            if (last == 0) {
                WireClient.Answer list = client.get(MAPS);
                last = list.resourceVersion();
                list.object()
                        .maps("items")
                        .forEach(item -> objects.put(
                                KubeObject.of(item).name(),
                                Long.valueOf(KubeObject.of(item).resourceVersion())));
            } else {
                resumed++;
            }
            thread = new Thread(() -> {
                try (Stream<String> lines = client.lines(MAPS + "?watch=true&resourceVersion=" + last)) {
                    lines.forEach(this::see);
                } catch (IOException | UncheckedIOException | InterruptedException dead) {
                    return;
                }
            });
            thread.start();
        }

        private synchronized void see(String line) {
            KubeObject event = KubeObject.of(JsonReader.readMap(line.getBytes(StandardCharsets.UTF_8)));
            KubeObject object = KubeObject.of(event.map("object"));
            String type = event.text("type");
            if (type.equals("ERROR")) {
                faults.add(line);
                return;
            }
            long revision = Long.parseLong(object.resourceVersion());
            if (revision <= last) {
                faults.add(revision + " after " + last);
            }
            last = revision;
            boolean known = objects.containsKey(object.name());
            if (known == type.equals("ADDED")) {
                faults.add(type + " of " + object.name() + ", known: " + known);
            }
            if (type.equals("DELETED")) {
                objects.remove(object.name());
            } else {
                objects.put(object.name(), revision);
            }
            notifyAll();
        }

        synchronized void awaitRevision(long revision) throws InterruptedException {
            long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
            while (last < revision && faults.isEmpty() && System.nanoTime() < end) {
                wait(1000);
            }
        }

        void await() throws InterruptedException {
            thread.join();
        }

        synchronized void check(Map<String, Long> expected) {
            assertThat(faults).isEmpty();
            objects.remove("kube-root-ca.crt");
            assertThat(objects).isEqualTo(expected);
        }
    }
}
