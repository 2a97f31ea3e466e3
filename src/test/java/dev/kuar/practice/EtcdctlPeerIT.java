package dev.kuar.practice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.EtcdctlSession.Said;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * The session at a real etcd, with the etcdctl that is installed beside it: ours says the same, line by line. What an etcdctl
 * older than those that practice has is known to say otherwise is listed.
 */
final class EtcdctlPeerIT {
    /** By the beginning of the line: why it is not compared where etcdctl is 3.4. */
    private static final Map<String, String> OTHERWISE_IN_3_4 = Map.ofEntries(
            Map.entry("endpoint health", "it prints to standard error"),
            Map.entry("get /a --keys-only --count-only", "it has no --count-only"),
            Map.entry("get /a --count-only", "it has no --count-only"),
            Map.entry("get / --prefix --count-only", "it has no --count-only"),
            Map.entry("del /p/5 /p/7", "it does not warn"),
            Map.entry("txn -w json <<< create", "the members of its JSON have other names"),
            Map.entry("member list -w json --hex", "it prints no ids in hex"),
            Map.entry("endpoint status", "the log's index does not count endpoint health"),
            Map.entry("alarm list -w json", "its header is missing"),
            Map.entry("alarm list -w fields", "it panics"),
            Map.entry("snapshot status", "it is not deprecated"),
            Map.entry("auth", "it has no auth status"));

    @Test
    void a_real_etcdctl_at_a_real_etcd_says_the_same() throws Exception {
        Assumptions.assumeTrue(RealEtcd.isInstalled(), "skipped: etcd is not installed");
        List<String> lines = EtcdctlSession.lines();
        try (RealEtcd real = RealEtcd.start();
                EtcdctlSessionTest.Ours ours = new EtcdctlSessionTest.Ours(voice(real.version()))) {
            List<Said> expected = EtcdctlSession.play(lines, real);
            List<Said> said = EtcdctlSession.play(lines, ours);

            assertThat(EtcdctlSession.differences(plain(expected, real.version()), plain(said, real.version())))
                    .isEmpty();
        }
    }

    /** The version whose words ours has. */
    private static String voice(String version) {
        return version.startsWith("3.6") ? version : version.startsWith("3.5") ? version : "3.5.21";
    }

    /** Without ids, addresses and what the client logs. */
    private static List<Said> plain(List<Said> said, String version) {
        List<Said> plain = new ArrayList<>();
        for (Said each : said) {
            boolean otherwise = version.startsWith("3.4")
                    && OTHERWISE_IN_3_4.keySet().stream().anyMatch(each.line()::startsWith);
            if (!otherwise && !each.line().contains("-w protobuf")) {
                plain.add(new Said(
                        each.line(),
                        each.text()
                                .replaceAll("(?m)^2> \\{\"level\".*\n", "")
                                .replaceAll("\\b\\d{16,20}\\b", "<id>")
                                .replaceAll("\\b[0-9a-f]{14,16}\\b", "<id>")
                                .replaceAll("127\\.0\\.0\\.1:\\d+", "<address>")));
            }
        }
        return plain;
    }
}
