package dev.kuar.practice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.etcd.Proto;
import dev.kuar.practice.etcd.Request;
import dev.kuar.practice.etcd.StoredForm;
import dev.kuar.practice.time.ManualClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Watches over gRPC: from now, from the past and the future, filtered, cut in pieces, cancelled by either side, never read. */
final class EtcdWatchTest {
    private static final String WATCH = "/etcdserverpb.Watch/Watch";
    private static final int LARGE = 256 * 1024;

    private final ManualClock clock = new ManualClock();
    private ServedEtcd served;
    private GrpcWire wire;
    private GrpcWire.Call stream;

    @BeforeEach
    void start() throws Exception {
        served = new ServedEtcd(StoredForm.PLAIN, clock);
        wire = served.connect();
        stream = wire.open(WATCH);
    }

    @AfterEach
    void end() throws Exception {
        wire.close();
        served.close();
    }

    private void put(String key, byte[] value) {
        served.etcd.ask(new Request.Put(key, value, 0, false, false, false));
    }

    private void put(String key, String value) {
        put(key, value.getBytes(StandardCharsets.UTF_8));
    }

    private void delete(String key) {
        served.etcd.ask(new Request.Delete(key, key + "\0", false));
    }

    private static Proto all() {
        return new Proto().bytes(1, new byte[1]).bytes(2, new byte[1]);
    }

    /** Asks for a watch; its first answer. */
    private ProtoTree create(Proto request) throws Exception {
        stream.send(new Proto().message(1, request.toBytes()).toBytes());
        ProtoTree created = next();
        assertThat(created.number(3)).as("created").isEqualTo(1);
        return created;
    }

    private ProtoTree next() throws Exception {
        return ProtoTree.of(stream.next());
    }

    /** {@code key=value<before} of a put, {@code -key<before} of a removal. */
    private static List<String> events(ProtoTree answer) {
        return answer.all(11).stream()
                .map(each -> {
                    ProtoTree now = each.all(2).get(0);
                    String before = each.all(3).isEmpty()
                            ? ""
                            : "<" + each.all(3).get(0).text(5);
                    return (each.number(1) == 0 ? now.text(1) + "=" + now.text(5) : "-" + now.text(1)) + before;
                })
                .toList();
    }

    @Test
    void tells_what_happens_from_now_on_a_revision_at_a_time() throws Exception {
        put("a", "0");
        assertThat(create(all()).number(2)).isZero();
        put("a", "1");
        delete("a");
        ProtoTree first = next();
        assertThat(events(first)).containsExactly("a=1");
        assertThat(first.all(1).get(0).number(3)).isEqualTo(3);
        assertThat(events(next())).containsExactly("-a");
    }

    @Test
    void shows_what_was_before_where_it_is_asked_for() throws Exception {
        put("a", "0");
        create(all().number(6, 1).number(3, 2));
        assertThat(events(next())).containsExactly("a=0");
        put("a", "1");
        assertThat(events(next())).containsExactly("a=1<0");
        delete("a");
        assertThat(events(next())).containsExactly("-a<1");
    }

    @Test
    void the_past_comes_in_one_answer() throws Exception {
        for (int i = 0; i < 5; i++) {
            put("a", "" + i);
        }
        create(all().number(3, 3));
        ProtoTree past = next();
        assertThat(events(past)).containsExactly("a=1", "a=2", "a=3", "a=4");
        assertThat(past.all(1).get(0).number(3)).isEqualTo(6);
    }

    @Test
    void a_watch_of_the_future_waits_for_it() throws Exception {
        create(all().number(3, 4));
        for (int i = 2; i < 6; i++) {
            put("a", "at " + i);
        }
        assertThat(events(next())).containsExactly("a=at 4");
        assertThat(events(next())).containsExactly("a=at 5");
    }

    @Test
    void filters_leave_out_puts_or_removals() throws Exception {
        create(all().number(5, 0).message(5, new byte[] {0}));
        create(all().message(5, new byte[] {1}));
        put("a", "1");
        delete("a");
        ProtoTree one = next();
        ProtoTree two = next();
        assertThat(Map.of(one.number(2), events(one), two.number(2), events(two)))
                .isEqualTo(Map.of(1L, List.of("a=1"), 0L, List.of("-a")));
    }

    @Test
    void a_range_is_watched_and_nothing_else() throws Exception {
        create(new Proto().text(1, "b").text(2, "d"));
        List.of("a", "b", "c", "d", "e").forEach(key -> put(key, "1"));
        assertThat(events(next())).containsExactly("b=1");
        assertThat(events(next())).containsExactly("c=1");
        put("b", "2");
        assertThat(events(next())).containsExactly("b=2");
    }

    @Test
    void is_cancelled_by_its_id_and_the_others_go_on() throws Exception {
        create(all().number(7, 40));
        create(new Proto().text(1, "a"));
        stream.send(new Proto().message(2, new Proto().number(1, 40).toBytes()).toBytes());
        ProtoTree cancelled = next();
        assertThat(List.of(cancelled.number(2), cancelled.number(4), cancelled.number(5)))
                .containsExactly(40L, 1L, 0L);
        put("a", "1");
        assertThat(next().number(2)).isZero();
    }

    @Test
    void a_second_watch_of_one_id_is_refused() throws Exception {
        create(all().number(7, 3));
        ProtoTree refused = create(all().number(7, 3));
        assertThat(refused.number(2)).isEqualTo(-1);
        assertThat(refused.number(4)).isEqualTo(1);
        assertThat(refused.text(6)).isEqualTo("mvcc: duplicate watch ID provided on the WatchStream");
    }

    @Test
    void an_empty_range_is_refused() throws Exception {
        assertThat(create(new Proto().text(1, "b").text(2, "a")).text(6)).isEqualTo("mvcc: watcher range is empty");
    }

    @Test
    void a_watch_of_what_is_compacted_is_cancelled_with_the_revision() throws Exception {
        for (int i = 0; i < 5; i++) {
            put("a", "" + i);
        }
        served.etcd.compact(5);
        assertThat(create(all().number(3, 2)).number(4)).isZero();
        ProtoTree cancelled = next();
        assertThat(List.of(cancelled.number(4), cancelled.number(5))).containsExactly(1L, 5L);
    }

    @Test
    void a_watch_from_the_compacted_revision_itself_shows_what_is_left_of_it() throws Exception {
        put("a", "0");
        put("b", "0");
        put("a", "1");
        served.etcd.compact(4);
        create(all().number(3, 4));
        assertThat(events(next())).containsExactly("a=1");
        put("b", "1");
        assertThat(events(next())).containsExactly("b=1");
    }

    @Test
    void a_quiet_watch_outlives_a_compaction() throws Exception {
        create(new Proto().text(1, "a"));
        put("a", "0");
        assertThat(events(next())).containsExactly("a=0");
        for (int i = 0; i < 5; i++) {
            put("b", "" + i);
        }
        served.etcd.compact(served.etcd.revision());
        put("a", "1");
        assertThat(events(next())).containsExactly("a=1");
    }

    @Test
    void says_how_far_it_is_when_asked() throws Exception {
        create(all());
        put("a", "1");
        assertThat(events(next())).containsExactly("a=1");
        stream.send(new Proto().message(3, new byte[0]).toBytes());
        ProtoTree progress = next();
        assertThat(progress.number(2)).isEqualTo(-1);
        assertThat(progress.all(1).get(0).number(3)).isEqualTo(2);
    }

    @Test
    void says_how_far_it_is_now_and_then() throws Exception {
        create(new Proto().text(1, "a").number(4, 1));
        put("b", "1");
        // Whenever the server has begun to count, its time comes.
        Thread turning = new Thread(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                clock.advance(Duration.ofSeconds(6));
                LockSupport.parkNanos(20_000_000);
            }
        });
        turning.start();
        ProtoTree progress;
        try {
            progress = next();
        } finally {
            turning.interrupt();
            turning.join();
        }
        assertThat(events(progress)).isEmpty();
        assertThat(progress.number(2)).isZero();
        assertThat(progress.all(1).get(0).number(3)).isEqualTo(2);
    }

    @Test
    void large_answers_come_in_pieces_where_the_client_takes_them() throws Exception {
        byte[] large = new byte[LARGE];
        for (int i = 0; i < 20; i++) {
            put("a" + i, large);
        }
        create(all().number(3, 2).number(8, 1));
        int events = 0;
        ProtoTree piece = next();
        for (; piece.number(7) == 1; piece = next()) {
            events += piece.all(11).size();
        }
        assertThat(events + piece.all(11).size()).isEqualTo(20);
        assertThat(events).isPositive();
    }

    @Test
    void who_never_reads_holds_up_nobody_and_costs_nothing() throws Exception {
        byte[] large = new byte[LARGE];
        create(all());
        stream.stopReading();
        long before = used();
        for (int i = 0; i < 400; i++) {
            put("a" + i, large);
        }
        assertThat(used() - before).as("100 MiB of events wait").isLessThan(20L << 20);

        stream.readOn();
        for (int i = 0; i < 400; i++) {
            ProtoTree event = next();
            assertThat(event.all(11))
                    .as("watch %d, canceled %d, compacted %d", event.number(2), event.number(4), event.number(5))
                    .isNotEmpty();
            assertThat(event.all(11).get(0).all(2).get(0).text(1)).isEqualTo("a" + i);
        }
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    void the_stream_outlives_what_is_no_request() throws Exception {
        stream.send(new byte[0]);
        create(all());
        put("a", "1");
        assertThat(events(next())).containsExactly("a=1");
        stream.send(new byte[] {10, 127});
        assertThat(stream.trailers()).containsEntry("grpc-status", "13");
    }
}
