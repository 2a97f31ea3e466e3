package dev.kuar.practice.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.api.FakeApiClient;
import dev.kuar.practice.network.ClusterNetwork;
import dev.kuar.practice.network.NetworkNamespace;
import dev.kuar.practice.time.ManualClock;
import dev.kuar.practice.time.SystemClusterClock;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Pods with data stores and their clients, with addresses and without a cluster. */
final class StoreBench implements AutoCloseable {
    private static final Pattern FIRST_PROMPT = Pattern.compile("[#>$\\]] \\z");

    /** Behind the echo of Enter. */
    private static final Pattern NEXT_PROMPT = Pattern.compile("(?s)\n.*[#>$\\]] \\z");

    private final SystemClusterClock clock = SystemClusterClock.realTime();
    private final ClusterNetwork network = new ClusterNetwork(new FakeApiClient(new ManualClock()), false);
    private final ContainerRuntime runtime =
            new ContainerRuntime(clock, network, ContainerRuntime.ClusterServices.NONE);
    private final StringBuffer log = new StringBuffer();
    private int count;

    @Override
    public void close() {
        runtime.close();
        clock.close();
    }

    /** What all containers have said so far. */
    String log() {
        return log.toString();
    }

    /** Starts a container; the first has the address 10.244.1.1, the next 10.244.1.2. */
    Container start(
            String image,
            Map<String, String> env,
            List<ContainerSpec.Volume> volumes,
            List<String> command,
            String... args)
            throws Exception {
        NetworkNamespace stack = new NetworkNamespace("10.244.1." + ++count, "node");
        network.attach(stack);
        Image found = ImageCatalogue.builtIn()
                .find(ImageReference.parse(image).orElseThrow())
                .orElseThrow();
        List<ContainerSpec.Volume> all = new ArrayList<>(volumes);
        Container container = runtime.create(
                new ContainerSpec(
                        "0".repeat(64),
                        "main",
                        found,
                        command,
                        List.of(args),
                        env,
                        "",
                        "",
                        List.of(),
                        true,
                        all,
                        false,
                        false,
                        false,
                        Share.ANY,
                        Confinement.DEFAULT,
                        KernelSettings.ofMachine(),
                        "pod-" + count,
                        stack,
                        Machine.small(clock.now().minusSeconds(7500))),
                (stream, bytes, offset, length) ->
                        log.append(new String(bytes, offset, length, StandardCharsets.UTF_8)));
        container.start();
        return container;
    }

    /** Starts a server and waits until it listens. */
    Container serve(String image, Map<String, String> env, String... args) throws Exception {
        Container container = start(image, env, List.of(), List.of(), args);
        until(() -> !container.network().ports().isEmpty());
        return container;
    }

    static void until(Callable<Boolean> condition) throws Exception {
        for (long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1); !condition.call(); Thread.sleep(2)) {
            assertThat(System.nanoTime()).as("still waiting").isLessThan(end);
        }
    }

    /** Ends a container as the kubelet does, and waits for it. */
    static int stop(Container container) throws Exception {
        container.stop();
        return container.exit().get(1, TimeUnit.MINUTES).code();
    }

    /** What a command prints that reads {@code input}. */
    static String feed(Container container, String input, String... argv) throws Exception {
        ExecSession session = container.exec(List.of(argv), true, false);
        session.stdin().write(input.getBytes(StandardCharsets.UTF_8));
        session.stdin().close();
        return outcome(session);
    }

    /** What a terminal shows of a program to which {@code lines} are typed, each once the program has shown a prompt. */
    static String type(Container container, String lines, String... argv) throws Exception {
        ExecSession session = container.exec(List.of(argv), true, true);
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        Pattern awaited = FIRST_PROMPT;
        for (String line : lines.split("\n")) {
            int from = shown.size();
            Pattern prompt = awaited;
            until(() -> {
                boolean over = session.exit().isDone();
                shown.writeBytes(session.stdout().readNBytes(session.stdout().available()));
                String since = new String(shown.toByteArray(), from, shown.size() - from, StandardCharsets.UTF_8);
                return over || prompt.matcher(since).find();
            });
            session.stdin().write((line + "\r").getBytes(StandardCharsets.UTF_8));
            awaited = NEXT_PROMPT;
        }
        assertThat(session.exit()).succeedsWithin(1, TimeUnit.MINUTES);
        shown.writeBytes(session.stdout().readAllBytes());
        return shown.toString(StandardCharsets.UTF_8).replace("\r", "");
    }

    private static String outcome(ExecSession session) throws Exception {
        int code = session.exit().get(1, TimeUnit.MINUTES);
        String out = new String(session.stdout().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(session.stderr().readAllBytes(), StandardCharsets.UTF_8);
        return out + (err.isEmpty() ? "" : "!" + err) + (code == 0 ? "" : "=" + code);
    }
}
