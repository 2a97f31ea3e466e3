package dev.kuar.practice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.JsonReader;
import dev.kuar.practice.object.KubeObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Replays what was recorded of exec, attach, port-forward, logs and watches on the wire, frame by frame.
 *
 * <p>The recordings lie beside the tree at {@code ../shared/golden/exec}, or below where {@code -Dgolden=DIR} says.
 */
final class WireRecordingsTest {
    private static final Path RECORDINGS =
            Path.of(System.getProperty("golden", "../shared/golden"), "exec").toAbsolutePath();
    private static final int AT_ONCE = 8;
    private static final String NAMESPACE = "trace";
    /** The pods of the recordings; each has one container of its own name, but for {@code box}. */
    private static final List<String> PODS = List.of(
            pod(
                    "box",
                    container(
                            "main", "busybox:1.36", "echo hello from box; sleep 0.3; echo to stderr >&2; sleep 3600")),
            pod("done", container("done", "busybox:1.36", "exit 0")),
            pod(
                    "talker",
                    container(
                            "talker", "busybox:1.36", "i=0; while true; do i=$((i+1)); echo tick $i; sleep 0.5; done")),
            pod(
                    "two",
                    container("first", "busybox:1.36", "sleep 3600") + ","
                            + container("second", "busybox:1.36", "sleep 3600")),
            pod("web", "{'name':'web','image':'nginx:1.27'}"));

    /** Channels of the recordings on which a stand-in for an image printed something else than the image does. */
    private static final Map<String, String> STAND_INS = Map.of(
            "001-exec-v5-ls",
            "1",
            "003-exec-v4-ls",
            "1",
            "010-exec-v5-tty-resize",
            "1",
            "036-portforward-v4-ws",
            "0",
            "056-portforward-v4-ws-two-ports",
            "0");

    private static final Map<String, Future<WireTalk>> PLAYED = new LinkedHashMap<>();
    private static @Nullable HostileWire wire;
    private static @Nullable ExecutorService pool;

    @BeforeAll
    static void play() throws GeneralSecurityException, IOException, InterruptedException {
        Assumptions.assumeTrue(Files.isDirectory(RECORDINGS), "skipped: the goldens are not beside this tree");
        HostileWire started = new HostileWire();
        wire = started;
        ApiClient client = started.cluster().client("test");
        client.create(GroupResource.core("namespaces"), "", KubeObject.create("v1", "Namespace", "", NAMESPACE));
        await(() -> client.find(GroupResource.core("serviceaccounts"), NAMESPACE, "default")
                .isPresent());
        for (String pod : PODS) {
            client.create(
                    GroupResource.core("pods"),
                    NAMESPACE,
                    KubeObject.of(JsonReader.readMap(HostileWire.bytes(pod.replace('\'', '"')))));
        }
        await(() -> areThere(client));
        ExecutorService players = Executors.newFixedThreadPool(AT_ONCE);
        pool = players;
        for (String name : names().toList()) {
            WireTrace trace = WireTrace.read(RECORDINGS.resolve(name + ".txt"));
            PLAYED.put(name, players.submit(() -> new WirePlayer(started).play(trace)));
        }
    }

    @AfterAll
    static void stop() {
        ExecutorService players = pool;
        if (players != null) {
            players.shutdownNow();
        }
        HostileWire started = wire;
        if (started != null) {
            started.close();
        }
    }

    static Stream<String> names() throws IOException {
        if (!Files.isDirectory(RECORDINGS)) {
            return Stream.empty();
        }
        try (Stream<Path> files = Files.list(RECORDINGS)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("\\d{3}-.*\\.txt"))
                    .map(name -> name.substring(0, name.length() - 4))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @Test
    void there_are_recordings() throws IOException {
        assertThat(names()).hasSizeGreaterThan(50);
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("names")
    void the_wire_carries_what_it_carried(String name) throws IOException, ExecutionException, InterruptedException {
        WireTalk recorded = WireTalk.of(WireTrace.read(RECORDINGS.resolve(name + ".txt")));
        WireTalk played = PLAYED.get(name).get();
        String other = STAND_INS.getOrDefault(name, "");
        assertThat(played.without(other)).hasToString(recorded.without(other).toString());
    }

    private static boolean areThere(ApiClient client) {
        return client.list(GroupResource.core("pods"), NAMESPACE, ApiClient.ListOptions.ALL).items().stream()
                .allMatch(
                        pod -> pod.text("status", "phase").equals(pod.name().equals("done") ? "Succeeded" : "Running"));
    }

    private static void await(BooleanSupplier state) throws InterruptedException {
        for (int i = 0; i < 1200 && !state.getAsBoolean(); i++) {
            new CountDownLatch(1).await(50, TimeUnit.MILLISECONDS);
        }
        assertThat(state.getAsBoolean()).isTrue();
    }

    private static String pod(String name, String containers) {
        String init =
                name.equals("two") ? ",'initContainers':[" + container("setup", "busybox:1.36", "true") + "]" : "";
        String restart = name.equals("done") ? ",'restartPolicy':'Never'" : "";
        return "{'apiVersion':'v1','kind':'Pod','metadata':{'name':'" + name
                + "'},'spec':{'terminationGracePeriodSeconds':0," + "'containers':[" + containers + "]" + init + restart
                + "}}";
    }

    private static String container(String name, String image, String script) {
        String stdin = name.equals("talker") ? ",'stdin':true" : "";
        return "{'name':'" + name + "','image':'" + image + "','command':['sh','-c','" + script + "']" + stdin + "}";
    }
}
