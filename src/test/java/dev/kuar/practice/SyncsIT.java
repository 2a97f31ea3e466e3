package dev.kuar.practice;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the system was asked to sync while writes were acknowledged, as strace saw it. */
final class SyncsIT {
    private static final int WRITES = 100;
    private static final int CLIENTS = 16;
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";

    @TempDir
    private Path home = Path.of("");

    @Test
    void each_acknowledged_write_was_synced_and_writers_share_a_sync() throws Exception {
        Path strace = ClientRun.require("strace");
        Path calls = home.resolve("calls");
        ServedProcess server = ServedProcess.start(
                home, "synced", strace.toString(), "-f", "-e", "trace=fsync,fdatasync", "-o", calls.toString());
        try {
            WireClient client = server.client();
            create(client, "warm", 5);

            long before = syncs(calls);
            create(client, "alone", WRITES);
            long alone = syncs(calls) - before;

            before = syncs(calls);
            ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
            List<Future<?>> done = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                String name = "together" + i;
                done.add(clients.submit(() -> {
                    create(client, name, WRITES / 4);
                    return null;
                }));
            }
            for (Future<?> each : done) {
                each.get();
            }
            clients.shutdown();
            long together = syncs(calls) - before;

            System.getLogger("SyncsIT")
                    .log(
                            System.Logger.Level.INFO,
                            "one client: " + WRITES + " writes, " + alone + " syncs; " + CLIENTS + " clients: "
                                    + CLIENTS * WRITES / 4 + " writes, " + together + " syncs");
            assertThat(alone).isGreaterThanOrEqualTo(WRITES);
            // The cluster's own writes are synced too; they are few.
            assertThat(together).isBetween((long) WRITES / 4, (long) CLIENTS * WRITES / 4 + WRITES);
        } finally {
            server.kill();
        }
    }

    private static void create(WireClient client, String name, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            WireClient.Answer answer = client.send("POST", MAPS, WireClient.configMap(name + "-" + i, "v"));
            assertThat(answer.code()).as(answer.body()).isEqualTo(201);
        }
    }

    /** Calls that came back; one that another thread interrupts in the log stands in two lines. */
    private static long syncs(Path calls) throws Exception {
        try (Stream<String> lines = Files.lines(calls)) {
            return lines.filter(line -> line.contains("sync") && line.endsWith("= 0"))
                    .count();
        }
    }
}
