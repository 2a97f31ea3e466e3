package dev.kuar.practice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.etcd.Proto;
import dev.kuar.practice.etcd.StoredForm;
import dev.kuar.practice.time.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** etcd's gRPC API as a client sees it: answers, streams, and what is refused with which code and words. */
final class EtcdServerTest {
    private static final String KV = "/etcdserverpb.KV/";
    private static final String LEASE = "/etcdserverpb.Lease/";

    private final ManualClock clock = new ManualClock();
    private ServedEtcd served;
    private GrpcWire wire;

    @BeforeEach
    void start() throws Exception {
        served = new ServedEtcd(StoredForm.PLAIN, clock);
        wire = served.connect();
    }

    @AfterEach
    void end() throws Exception {
        wire.close();
        served.close();
    }

    private static Proto put(String key, String value) {
        return new Proto().text(1, key).text(2, value);
    }

    private ProtoTree ask(String path, Proto message) throws Exception {
        return ProtoTree.of(wire.answer(path, message.toBytes()));
    }

    private void fill() throws Exception {
        for (String each : List.of("b 1", "a 3", "c 2", "a 4")) {
            ask(KV + "Put", put(each.substring(0, 1), each.substring(2)));
        }
    }

    private static Proto all() {
        return new Proto().bytes(1, new byte[1]).bytes(2, new byte[1]);
    }

    private static Arguments refused(int code, String words, String path, Proto message) {
        return Arguments.of(code, words, path, message.toBytes());
    }

    static Stream<Arguments> refusals() {
        Proto onePut = new Proto().message(2, put("k", "v").toBytes());
        return Stream.of(
                refused(3, "etcdserver: key is not provided", KV + "Range", new Proto()),
                refused(3, "etcdserver: key is not provided", KV + "Put", put("", "x")),
                refused(3, "etcdserver: key is not provided", KV + "DeleteRange", new Proto()),
                refused(
                        3,
                        "etcdserver: key not found",
                        KV + "Put",
                        new Proto().text(1, "none").number(5, 1)),
                refused(
                        3,
                        "etcdserver: value is provided",
                        KV + "Put",
                        put("a", "x").number(5, 1)),
                refused(
                        3,
                        "etcdserver: lease is provided",
                        KV + "Put",
                        put("a", "x").number(3, 7).number(6, 1)),
                refused(3, "etcdserver: invalid sort option", KV + "Range", all().number(5, 3)),
                refused(3, "etcdserver: invalid sort option", KV + "Range", all().number(6, 5)),
                refused(
                        5,
                        "etcdserver: requested lease not found",
                        KV + "Put",
                        put("a", "x").number(3, 7)),
                refused(
                        11,
                        "etcdserver: mvcc: required revision is a future revision",
                        KV + "Range",
                        all().number(4, 99)),
                refused(11, "etcdserver: mvcc: required revision has been compacted", KV + "Range", all().number(4, 1)),
                refused(
                        11,
                        "etcdserver: mvcc: required revision has been compacted",
                        KV + "Compact",
                        new Proto().number(1, 3)),
                refused(
                        11,
                        "etcdserver: mvcc: required revision is a future revision",
                        KV + "Compact",
                        new Proto().number(1, 99)),
                refused(
                        3,
                        "etcdserver: request is too large",
                        KV + "Put",
                        new Proto().text(1, "k").bytes(2, new byte[1_600_000])),
                refused(
                        8,
                        "grpc: received message larger than max (2100007 vs. 2097152)",
                        KV + "Put",
                        new Proto().bytes(2, new byte[2_100_000]).number(3, 7)),
                refused(
                        3,
                        "etcdserver: duplicate key given in txn request",
                        KV + "Txn",
                        new Proto().message(2, onePut.toBytes()).message(2, onePut.toBytes())),
                refused(3, "etcdserver: key not found", KV + "Txn", new Proto().message(2, new byte[0])),
                refused(
                        9,
                        "etcdserver: lease already exists",
                        LEASE + "LeaseGrant",
                        new Proto().number(1, 9).number(2, 1234)),
                refused(
                        11,
                        "etcdserver: too large lease TTL",
                        LEASE + "LeaseGrant",
                        new Proto().number(1, 9_000_000_001L)),
                refused(5, "etcdserver: requested lease not found", LEASE + "LeaseRevoke", new Proto().number(1, 7)),
                refused(
                        5,
                        "etcdserver: member not found",
                        "/etcdserverpb.Cluster/MemberRemove",
                        new Proto().number(1, 7)),
                refused(
                        9,
                        "etcdserver: bad leader transferee",
                        "/etcdserverpb.Maintenance/MoveLeader",
                        new Proto().number(1, 7)),
                refused(9, "etcdserver: authentication is not enabled", "/etcdserverpb.Auth/Authenticate", new Proto()),
                refused(9, "etcdserver: root user does not exist", "/etcdserverpb.Auth/AuthEnable", new Proto()),
                refused(5, "unknown service", "/grpc.health.v1.Health/Check", new Proto().text(1, "x")),
                refused(12, "unknown method Nope for service etcdserverpb.KV", KV + "Nope", new Proto()),
                refused(12, "unknown service etcdserverpb.Nope", "/etcdserverpb.Nope/X", new Proto()),
                refused(12, "malformed method name: \"/\"", "/", new Proto()),
                refused(12, "unknown service 100%25", "/100%/X", new Proto()),
                Arguments.of(
                        13, "grpc: error unmarshalling request: unexpected EOF", KV + "Put", new byte[] {10, 127, 1}),
                Arguments.of(
                        13,
                        "grpc: error unmarshalling request: proto: wrong wireType = 7 for field 1",
                        KV + "Put",
                        new byte[] {15}));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refuses(int code, String words, String path, byte[] message) throws Exception {
        fill();
        ask(LEASE + "LeaseGrant", new Proto().number(1, 9).number(2, 1234));
        ask(KV + "Compact", new Proto().number(1, 3));

        Map<String, String> trailers = wire.ask(path, message);

        assertThat(trailers)
                .containsEntry(":status", "200")
                .containsEntry("content-type", "application/grpc")
                .containsEntry("grpc-status", Integer.toString(code))
                .containsEntry("grpc-message", words);
        assertThat(ask(KV + "Range", all()).number(4)).isEqualTo(3);
    }

    @Test
    void answers_with_a_head_and_ends_with_status_0() throws Exception {
        fill();
        GrpcWire.Call call = wire.open(KV + "Range");
        call.send(new Proto().text(1, "a").toBytes());
        call.halfClose();

        ProtoTree answer = ProtoTree.of(call.next());
        assertThat(answer.all(1).get(0).number(3)).isEqualTo(5);
        assertThat(answer.all(1).get(0).number(1)).isNotZero();
        ProtoTree pair = answer.all(2).get(0);
        assertThat(List.of(pair.text(1), pair.text(5))).containsExactly("a", "4");
        assertThat(List.of(pair.number(2), pair.number(3), pair.number(4))).containsExactly(3L, 5L, 2L);
        assertThat(call.trailers()).containsEntry("grpc-status", "0").doesNotContainKey("grpc-message");
    }

    static Stream<Arguments> ranges() {
        return Stream.of(
                Arguments.of("abc", all()),
                Arguments.of("cba", all().number(5, 2)),
                Arguments.of("bca", all().number(5, 1).number(6, 4)),
                Arguments.of("acb", all().number(5, 2).number(6, 3)),
                Arguments.of("ab", all().number(3, 2)),
                Arguments.of("cb", all().number(3, 2).number(5, 2)),
                Arguments.of("b", all().number(4, 2)),
                Arguments.of("a", all().number(10, 5)),
                Arguments.of("b", all().number(13, 2)),
                Arguments.of("bc", new Proto().text(1, "b").bytes(2, new byte[1])),
                Arguments.of("a", new Proto().text(1, "a").text(2, "b")),
                Arguments.of("", all().number(9, 1)),
                Arguments.of("", new Proto().text(1, "c").text(2, "b")));
    }

    @ParameterizedTest
    @MethodSource("ranges")
    void ranges_are_sorted_bounded_and_cut(String keys, Proto request) throws Exception {
        fill();
        ProtoTree answer = ask(KV + "Range", request);
        assertThat(answer.all(2).stream().map(each -> each.text(1)).reduce("", String::concat))
                .isEqualTo(keys);
    }

    @Test
    void keys_are_bytes() throws Exception {
        byte[][] keys = {
            {'k'}, {'k', (byte) 0xc3, (byte) 0xa9}, {'k', (byte) 0xee, (byte) 0xbe, (byte) 0x81}, {'k', (byte) 0xff}
        };
        for (byte[] key : keys) {
            ask(KV + "Put", new Proto().bytes(1, key).text(2, "x"));
        }
        ProtoTree all = ask(KV + "Range", all());
        assertThat(all.all(2).stream().map(each -> each.fields()
                        .getField(1)
                        .getLengthDelimitedList()
                        .get(0)
                        .toByteArray()))
                .containsExactly(keys);
        ProtoTree some = ask(KV + "Range", new Proto().bytes(1, keys[1]).bytes(2, keys[3]));
        assertThat(some.number(4)).isEqualTo(2);
        assertThat(ask(KV + "DeleteRange", new Proto().bytes(1, keys[3])).number(2))
                .isEqualTo(1);
    }

    @Test
    void a_deadline_ends_a_call_that_goes_on() throws Exception {
        GrpcWire.Call call = wire.open("/etcdserverpb.Watch/Watch", Map.of("grpc-timeout", "100m"));
        assertThat(call.trailers())
                .containsEntry("grpc-status", "4")
                .containsEntry("grpc-message", "context deadline exceeded");
    }

    @ParameterizedTest
    @MethodSource("frames")
    void refuses_frames_that_are_none(int code, String words, Map<String, String> headers, byte[] raw)
            throws Exception {
        GrpcWire.Call call = wire.open(KV + "Range", headers);
        call.sendRaw(raw);
        call.halfClose();
        assertThat(call.trailers())
                .containsEntry("grpc-status", Integer.toString(code))
                .containsEntry("grpc-message", words);
        assertThat(ask("/grpc.health.v1.Health/Check", new Proto()).number(1)).isEqualTo(1);
    }

    static Stream<Arguments> frames() {
        return Stream.of(
                Arguments.of(13, "grpc: compressed flag set with identity or empty encoding", Map.of(), new byte[] {
                    1, 0, 0, 0, 0
                }),
                Arguments.of(
                        12,
                        "grpc: Decompressor is not installed for grpc-encoding \"gzip\"",
                        Map.of("grpc-encoding", "gzip"),
                        new byte[] {1, 0, 0, 0, 0}),
                Arguments.of(13, "grpc: received unexpected payload format 7", Map.of(), new byte[] {7, 0, 0, 0, 0}),
                Arguments.of(
                        8, "grpc: received message larger than max (4294967295 vs. 2097152)", Map.of(), new byte[] {
                            0, -1, -1, -1, -1
                        }),
                Arguments.of(13, "unexpected EOF", Map.of(), new byte[] {0, 0, 0, 0, 9, 1}),
                Arguments.of(13, "unexpected EOF", Map.of(), new byte[] {0, 0}),
                Arguments.of(13, "unexpected EOF", Map.of(), new byte[0]),
                Arguments.of(
                        13,
                        "malformed grpc-timeout: transport: timeout unit is not recognized: \"1x\"",
                        Map.of("grpc-timeout", "1x"),
                        new byte[] {0, 0, 0, 0, 0}));
    }

    @Test
    void what_is_refused_takes_nothing_from_the_connection() throws Exception {
        for (int i = 0; i < 40; i++) {
            Map<String, String> trailers = wire.ask(KV + "Put", new byte[2_200_000]);
            assertThat(trailers).containsEntry("grpc-status", "8");
        }
        ask(KV + "Put", new Proto().text(1, "k").bytes(2, new byte[1_000_000]));
        assertThat(ask(KV + "Range", new Proto().text(1, "k")).number(4)).isEqualTo(1);
    }

    @Test
    void a_lease_is_kept_alive_and_runs_out() throws Exception {
        ProtoTree granted = ask(LEASE + "LeaseGrant", new Proto().number(1, 1));
        assertThat(granted.number(3)).as("seconds, two at least").isEqualTo(2);
        long id = granted.number(2);
        ask(KV + "Put", put("l", "x").number(3, id));
        GrpcWire.Call call = wire.open(LEASE + "LeaseKeepAlive");
        for (int i = 0; i < 3; i++) {
            clock.advance(Duration.ofSeconds(1));
            call.send(new Proto().number(1, id).toBytes());
            assertThat(ProtoTree.of(call.next()).number(3)).isEqualTo(2);
        }
        assertThat(ask(LEASE + "LeaseTimeToLive", new Proto().number(1, id).number(2, 1))
                        .text(5))
                .isEqualTo("l");
        assertThat(ask(LEASE + "LeaseLeases", new Proto()).all(2)).hasSize(1);
        clock.advance(Duration.ofSeconds(3));
        assertThat(ask(KV + "Range", new Proto().text(1, "l")).number(4)).isZero();
        call.send(new Proto().number(1, id).toBytes());
        assertThat(ProtoTree.of(call.next()).number(3)).isZero();
        call.halfClose();
        assertThat(call.trailers()).containsEntry("grpc-status", "0");
        assertThat(ask(LEASE + "LeaseTimeToLive", new Proto().number(1, id)).number(3))
                .isEqualTo(-1);
    }

    @Test
    void a_transaction_is_at_one_revision() throws Exception {
        fill();
        Proto compare = new Proto().number(2, 3).text(3, "a").text(7, "4");
        Proto then = new Proto().message(2, put("x", "1").toBytes());
        Proto get = new Proto().message(1, new Proto().text(1, "x").toBytes());
        ProtoTree answer = ask(
                KV + "Txn",
                new Proto()
                        .message(1, compare.toBytes())
                        .message(2, then.toBytes())
                        .message(2, get.toBytes()));
        assertThat(answer.number(2)).isEqualTo(1);
        assertThat(answer.all(1).get(0).number(3)).isEqualTo(6);
        ProtoTree read = answer.all(3).get(1).all(1).get(0);
        assertThat(read.all(2).get(0).text(5)).isEqualTo("1");
    }
}
