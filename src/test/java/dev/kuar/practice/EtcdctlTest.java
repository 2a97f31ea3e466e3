package dev.kuar.practice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.etcd.Etcd;
import dev.kuar.practice.etcd.StoredForm;
import dev.kuar.practice.etcdctl.Etcdctl;
import dev.kuar.practice.etcdctl.Etcdutl;
import dev.kuar.practice.etcdctl.Host;
import dev.kuar.practice.store.Store;
import dev.kuar.practice.store.Stores;
import dev.kuar.practice.time.ManualClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The expected texts and figures were recorded from etcd and etcdctl 3.6.5 after the same commands on an empty store. */
final class EtcdctlTest {
    private static final String PKI = "/etc/kubernetes/pki/etcd/";

    @TempDir
    private Path folder = Path.of("");

    private final ManualClock clock = new ManualClock();
    private Store store = Stores.open(Optional.empty());
    private final Map<String, byte[]> files = new HashMap<>();
    private final Map<String, String> env = new HashMap<>();
    private int linesToStayFor;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream() {
        @Override
        public synchronized void write(byte[] bytes, int from, int length) {
            super.write(bytes, from, length);
            notifyAll();
        }
    };
    private final StringBuilder errors = new StringBuilder();
    private String version = "3.6.5";
    private String input = "";

    EtcdctlTest() {
        for (String name : List.of("etcd/ca", "etcd/server", "ca", "apiserver")) {
            pem("/etc/kubernetes/pki/" + name + ".crt", "CERTIFICATE", name);
            pem("/etc/kubernetes/pki/" + name + ".key", "RSA PRIVATE KEY", name);
        }
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void pem(String path, String kind, String name) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(("practice " + kind + " of " + name + ". . .").getBytes(StandardCharsets.UTF_8));
        files.put(
                path,
                ("-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n")
                        .getBytes(StandardCharsets.UTF_8));
    }

    /** etcdctl's surroundings, with an etcd process that has the flags of the recording. */
    private final class FakeHost implements Host {
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
            return input.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public Map<String, String> env() {
            return env;
        }

        @Override
        public Optional<String> file(String path) {
            return Optional.ofNullable(files.get(path)).map(data -> new String(data, StandardCharsets.ISO_8859_1));
        }

        @Override
        public String refusal(String path) {
            return files.containsKey(path) ? "" : "no such file or directory";
        }

        @Override
        public byte[] bytes(String path) {
            return files.getOrDefault(path, new byte[0]);
        }

        @Override
        public String save(String path, byte[] data) {
            files.put(path, data);
            return "";
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
                    "--advertise-client-urls=https://127.0.0.1:2379");
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
            synchronized (out) {
                while (out.toString(StandardCharsets.UTF_8).lines().count() < linesToStayFor) {
                    out.wait();
                }
            }
            return 130;
        }

        @Override
        public boolean interactive() {
            return false;
        }
    }

    private Etcd etcd() {
        return Etcd.over(store, StoredForm.PLAIN, clock);
    }

    private Etcd shared = etcd();

    private int plain(String... words) throws IOException, InterruptedException {
        out.reset();
        errors.setLength(0);
        return Etcdctl.run(List.of(words), new FakeHost(), shared);
    }

    private int run(String... words) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(Arrays.asList(words));
        line.addAll(List.of("--cacert=" + PKI + "ca.crt", "--cert=" + PKI + "server.crt", "--key", PKI + "server.key"));
        return plain(line.toArray(String[]::new));
    }

    private String shown() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String says(String... words) throws IOException, InterruptedException {
        assertThat(run(words)).as(errors.toString()).isZero();
        return shown();
    }

    private void writeSome() throws IOException, InterruptedException {
        says("put", "/a", "1");
        says("put", "/b", "2");
        says("put", "/a", "3");
    }

    @Test
    void the_hash_over_the_history_is_etcds() throws Exception {
        writeSome();
        assertThat(says("endpoint", "hashkv")).isEqualTo("127.0.0.1:2379, 1831351385, 4\n");
        says("del", "/b");
        assertThat(says("endpoint", "hashkv")).isEqualTo("127.0.0.1:2379, 2397910873, 5\n");
        assertThat(says("endpoint", "hashkv", "--rev", "3")).isEqualTo("127.0.0.1:2379, 185645693, 3\n");
        assertThat(says("compact", "4")).isEqualTo("compacted revision 4\n");
        assertThat(says("endpoint", "hashkv")).isEqualTo("127.0.0.1:2379, 4055582534, 5\n");
        says("put", "/a", "4");
        says("compact", "5");
        assertThat(says("endpoint", "hashkv")).isEqualTo("127.0.0.1:2379, 1793525168, 6\n");
        assertThat(run("endpoint", "hashkv", "--rev", "3")).isEqualTo(1);
        assertThat(errors)
                .contains(
                        "Failed to get the hash of endpoint 127.0.0.1:2379 (etcdserver: mvcc: required revision has been compacted)");
        assertThat(says("endpoint", "status", "-w", "json")).contains("\"raftIndex\":11", "\"raftTerm\":2,");
    }

    @Test
    void ids_are_those_that_etcd_computes_from_the_peers() throws Exception {
        assertThat(says("member", "list"))
                .isEqualTo("ddd67b312462fd7b, started, cp, http://127.0.0.1:12380, https://127.0.0.1:2379, false\n");
        assertThat(says("get", "/nokey", "-w", "json"))
                .isEqualTo("{\"header\":{\"cluster_id\":12101053776118486841,\"member_id\":15985099378392235387,"
                        + "\"revision\":1,\"raft_term\":2}}\n");
    }

    @Test
    void the_term_rises_with_each_start_and_the_size_is_the_files() throws Exception {
        store.close();
        for (int start = 1; start <= 2; start++) {
            store = Stores.open(Optional.of(folder));
            shared = etcd();
            says("put", "/k", "v".repeat(100_000));
            assertThat(says("endpoint", "status", "-w", "json"))
                    .contains(
                            "\"raft_term\":" + (start + 1),
                            "\"dbSize\":" + shared.figures().bytes());
            assertThat(shared.figures().bytes())
                    .isEqualTo(folder.resolve("store.mv").toFile().length());
            if (start == 1) {
                store.close();
            }
        }
        assertThat(says("defrag"))
                .matches("Finished defragmenting etcd member\\[127.0.0.1:2379]. took [\\d.]+(ms|s|µs)\n");
    }

    @Test
    void each_form_of_get_is_etcdctls() throws Exception {
        writeSome();
        String head = "{\"header\":{\"cluster_id\":12101053776118486841,\"member_id\":15985099378392235387,"
                + "\"revision\":4,\"raft_term\":2}";
        assertThat(says("get", "/", "--prefix")).isEqualTo("/a\n3\n/b\n2\n");
        assertThat(says("get", "/", "--prefix", "--keys-only", "--limit", "1")).isEqualTo("/a\n\n");
        assertThat(says("get", "/a", "--from-key", "--print-value-only", "--sort-by=MODIFY", "--order=DESCEND"))
                .isEqualTo("3\n2\n");
        assertThat(says("get", "/a", "--rev=2")).isEqualTo("/a\n1\n");
        assertThat(says("get", "/a", "/b")).isEqualTo("/a\n3\n");
        assertThat(says("get", "/a", "--hex")).isEqualTo("\\x2f\\x61\n\\x33\n");
        assertThat(says("get", "/a", "--prefix", "-w", "json"))
                .isEqualTo(head + ",\"kvs\":[{\"key\":\"L2E=\",\"create_revision\":2,\"mod_revision\":4,\"version\":2,"
                        + "\"value\":\"Mw==\"}],\"count\":1}\n");
        assertThat(says("get", "/", "--prefix", "--count-only", "-w=fields"))
                .endsWith("\"More\" : false\n\"Count\" : 2\n");
        assertThat(says("put", "/z", "x", "-w", "json")).contains("\"revision\":5,\"raft_term\":2}}");
        assertThat(says("del", "/z", "--prev-kv")).isEqualTo("1\n/z\nx\n");
        run("get", "/a", "-w", "protobuf");
        assertThat(java.util.HexFormat.of().formatHex(out.toByteArray()))
                .isEqualTo("0a1a08b9aec4abb989e5f7a70110fbfa8ba392e69eebdd01180620021" + "20d0a022f61100218042002"
                        + "2a0133" + "2001");
    }

    @Test
    void refuses_in_etcdctls_words_and_codes() throws Exception {
        assertThat(run("get", "/a", "-w", "table")).isEqualTo(4);
        assertThat(errors).hasToString("Error: table not supported as output format\n");
        assertThat(run("get", "/a", "-w", "yaml")).isEqualTo(4);
        assertThat(errors).hasToString("Error: unsupported output format\n");
        assertThat(run("get")).isEqualTo(128);
        assertThat(errors)
                .hasToString("Error: get command needs one argument as key and an optional argument as range_end\n");
        assertThat(run("get", "/", "--prefix", "--from-key")).isEqualTo(128);
        assertThat(run("foo")).isEqualTo(1);
        assertThat(errors)
                .hasToString("Error: unknown command \"foo\" for \"etcdctl\"\nRun 'etcdctl --help' for usage.\n");
        assertThat(run("get", "/", "--bogus")).isEqualTo(1);
        assertThat(errors).hasToString("Error: unknown flag: --bogus\n\n");
        assertThat(run("get", "/", "--limit=x")).isEqualTo(1);
        assertThat(errors)
                .hasToString(
                        "Error: invalid argument \"x\" for \"--limit\" flag: strconv.ParseInt: parsing \"x\": invalid syntax\n\n");
        assertThat(run("get", "/a", "--rev", "100")).isEqualTo(1);
        assertThat(errors.toString())
                .endsWith("Error: etcdserver: mvcc: required revision is a future revision\n")
                .contains("/retry_interceptor.go:65", "/etcdserverpb.KV/Range", "code = OutOfRange");
        assertThat(run("auth", "enable")).isEqualTo(1);
        assertThat(errors.toString()).endsWith("Error: etcdserver: root user does not exist\n");
    }

    @Test
    void a_way_that_does_not_lead_to_etcd_is_told_as_the_client_tells_it() throws Exception {
        assertThat(plain("get", "/")).isEqualTo(1);
        assertThat(errors)
                .contains("desc = \\\"error reading server preface: EOF\\\"", "Error: context deadline exceeded");
        assertThat(plain("get", "/", "--cacert=" + PKI + "ca.crt")).isEqualTo(1);
        assertThat(errors).contains("remote error: tls: certificate required");
        assertThat(plain(
                        "get",
                        "/",
                        "--cacert=/etc/kubernetes/pki/ca.crt",
                        "--cert=" + PKI + "server.crt",
                        "--key=" + PKI + "server.key"))
                .isEqualTo(1);
        assertThat(errors).contains("x509: certificate signed by unknown authority");
        assertThat(plain("get", "/", "--cert=/x")).isEqualTo(128);
        assertThat(errors).hasToString("Error: KeyFile and CertFile must both be present[key: , cert: /x]\n");
        assertThat(plain("get", "/", "--cert=/x", "--key=/y")).isEqualTo(128);
        assertThat(errors).hasToString("Error: open /x: no such file or directory\n");
        assertThat(plain("get", "/", "--cert=" + PKI + "server.crt", "--key=" + PKI + "ca.key"))
                .isEqualTo(128);
        assertThat(errors).hasToString("Error: tls: private key does not match public key\n");
        assertThat(run("endpoint", "health", "--endpoints=127.0.0.1:1")).isEqualTo(1);
        assertThat(errors)
                .contains(
                        "dial tcp 127.0.0.1:1: connect: connection refused",
                        "127.0.0.1:1 is unhealthy: failed to commit proposal: context deadline exceeded\nError: unhealthy cluster\n");
    }

    @Test
    void version_3_6_warns_of_variables_and_3_5_does_not() throws Exception {
        env.put("ETCDCTL_API", "3");
        says("get", "/");
        assertThat(errors)
                .contains("\"msg\":\"unrecognized environment variable\",\"environment-variable\":\"ETCDCTL_API=3\"");
        version = "3.5.15";
        says("endpoint", "status");
        assertThat(errors).isEmpty();
        assertThat(shown()).matches("127.0.0.1:2379, ddd67b312462fd7b, 3.5.15, [^,]+, true, false, 2, 4, 4, \n");
    }

    @Test
    void leases_end_their_keys() throws Exception {
        String id = says("lease", "grant", "30").split(" ")[1];
        says("put", "/leased", "v", "--lease=" + id);
        assertThat(says("lease", "timetolive", id, "--keys"))
                .isEqualTo("lease " + id + " granted with TTL(30s), remaining(30s), attached keys([/leased])\n");
        assertThat(run("put", "/x", "v", "--lease=99")).isEqualTo(1);
        clock.advance(Duration.ofSeconds(31));
        assertThat(says("get", "/leased")).isEmpty();
        assertThat(says("lease", "timetolive", id)).isEqualTo("lease " + id + " already expired\n");
    }

    @Test
    void a_transaction_does_what_its_comparisons_decide() throws Exception {
        writeSome();
        input = "value(\"/b\") = \"2\"\nmod(\"/a\") > \"3\"\n\nput /t 1\nget /b\n\nput /t 2\n\n";
        assertThat(says("txn")).isEqualTo("SUCCESS\n\nOK\n\n/b\n2\n");
        input = "version(\"/b\") = \"7\"\n\n\ndel /t\n\n";
        assertThat(says("txn")).isEqualTo("FAILURE\n\n1\n");
    }

    @Test
    void a_watch_shows_what_was_and_what_comes() throws Exception {
        writeSome();
        says("del", "/a");
        linesToStayFor = 13;
        assertThat(run("watch", "/a", "--rev=2", "--prev-kv")).isEqualTo(130);
        assertThat(shown()).isEqualTo("PUT\n/a\n1\nPUT\n/a\n1\n/a\n3\nDELETE\n/a\n3\n/a\n\n");
    }

    @Test
    void a_snapshot_says_what_is_in_it() throws Exception {
        writeSome();
        assertThat(says("snapshot", "save", "/backup/s.db"))
                .isEqualTo("Snapshot saved at /backup/s.db\nServer version 3.6.0\n");
        out.reset();
        assertThat(Etcdutl.run(List.of("snapshot", "status", "/backup/s.db"), new FakeHost()))
                .isZero();
        assertThat(shown()).matches("[0-9a-f]+, 4, 2, \\d+ B, 3.6.0\n");
        files.put("/backup/s.db", "nothing".getBytes(StandardCharsets.UTF_8));
        assertThat(Etcdutl.run(List.of("snapshot", "status", "/backup/s.db"), new FakeHost()))
                .isEqualTo(1);
    }
}
