package dev.kuar.practice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.EtcdctlSession.Said;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * A real etcdctl plays the session of {@code etcdctl/session.txt} at our server over gRPC: it says what it says at a real etcd.
 * {@code -Dkuar.etcdctl=FILE} names another etcdctl than the one that is installed; of version 3.6 it is held against what was
 * recorded.
 */
final class EtcdServerPeerIT {
    private static final String PROGRAM = System.getProperty("kuar.etcdctl", "etcdctl");

    /** By the beginning of the line: why it is not compared where the real etcd is 3.4. */
    private static final Map<String, String> OTHERWISE_AT_3_4 = Map.of(
            "endpoint status", "its version and the log's index are its own",
            "alarm list -w json", "its answer has no header",
            "alarm list -w fields", "its answer has no header, at which etcdctl panics");

    @Test
    void a_real_etcdctl_says_at_ours_what_it_says_at_a_real_etcd() throws Exception {
        Assumptions.assumeTrue(InstalledEtcdctl.isInstalled(PROGRAM), "skipped: etcdctl is not installed");
        try (ServedEtcd ours = new ServedEtcd()) {
            InstalledEtcdctl client = new InstalledEtcdctl(PROGRAM, ours.environment());
            List<Said> said = EtcdctlSession.play(EtcdctlSession.lines(), client);
            boolean old = client.version().startsWith("3.4");
            assertThat(EtcdctlSession.differences(plain(expected(client), old), plain(said, old)))
                    .isEmpty();
        }
    }

    private static List<Said> expected(InstalledEtcdctl client) throws Exception {
        if (client.version().equals(ServedEtcd.VERSION)) {
            return EtcdctlSession.recorded(ServedEtcd.VERSION);
        }
        Assumptions.assumeTrue(RealEtcd.isInstalled(), "skipped: etcd is not installed");
        try (RealEtcd real = RealEtcd.start()) {
            return EtcdctlSession.play(EtcdctlSession.lines(), real);
        }
    }

    /** Without ids, addresses and what the client logs. */
    private static List<Said> plain(List<Said> said, boolean old) {
        List<Said> plain = new ArrayList<>();
        for (Said each : said) {
            boolean otherwise = old && OTHERWISE_AT_3_4.keySet().stream().anyMatch(each.line()::startsWith);
            if (!otherwise && !each.line().contains("-w protobuf")) {
                plain.add(new Said(
                        each.line(),
                        each.text()
                                .replaceAll("(?m)^2> \\{\"level\".*\n", "")
                                .replaceAll("\\b\\d{16,20}\\b", "<id>")
                                .replaceAll("\\b[0-9a-f]{14,16}\\b", "<id>")
                                .replaceAll("(https?://)?127\\.0\\.0\\.1:\\d+", "<address>")));
            }
        }
        return plain;
    }
}
