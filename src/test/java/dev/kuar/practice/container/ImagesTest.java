package dev.kuar.practice.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.api.FakeApiClient;
import dev.kuar.practice.network.ClusterNetwork;
import dev.kuar.practice.network.NetworkNamespace;
import dev.kuar.practice.time.ManualClock;
import dev.kuar.practice.time.SystemClusterClock;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The images of the catalogue: each starts, and the demonstration programs say what they are known for. */
final class ImagesTest {
    private static final List<String> TAGS = List.of(
            "latest",
            "1.27",
            "v1",
            "1.0",
            "1.0-3.4.10",
            "v1.36.2",
            "2.0",
            "3.5.1-0",
            "3.6.5-0",
            "2.63.0",
            "16",
            "3.10",
            "v0.8.0",
            "v2",
            "8",
            "1.36.1-1",
            "1.37.0",
            "0.1",
            "1.29.2",
            "v3.5.21");

    private final SystemClusterClock clock = SystemClusterClock.realTime();
    private final ClusterNetwork network = new ClusterNetwork(new FakeApiClient(new ManualClock()), false);
    private final ContainerRuntime runtime =
            new ContainerRuntime(clock, network, ContainerRuntime.ClusterServices.NONE);
    private final StringBuffer log = new StringBuffer();
    private int count;

    @AfterEach
    void stop() {
        runtime.close();
        clock.close();
    }

    private Container start(String reference, Map<String, String> env, List<String> args) throws Exception {
        NetworkNamespace stack = new NetworkNamespace("10.244.2." + ++count, "node");
        network.attach(stack);
        Image image = ImageCatalogue.builtIn()
                .find(ImageReference.parse(reference).orElseThrow())
                .orElseThrow();
        Container container = runtime.create(
                new ContainerSpec(
                        "0".repeat(64),
                        "main",
                        image,
                        List.of(),
                        args,
                        env,
                        "",
                        "",
                        List.of(),
                        true,
                        List.of(),
                        false,
                        false,
                        false,
                        Share.ANY,
                        Confinement.DEFAULT,
                        KernelSettings.ofMachine(),
                        "pod-" + count,
                        stack,
                        Machine.small(runtime.clock().now().minusSeconds(7500))),
                (stream, bytes, offset, length) ->
                        log.append(new String(bytes, offset, length, StandardCharsets.UTF_8)));
        container.start();
        return container;
    }

    private Container serve(String reference) throws Exception {
        Container container = start(reference, Map.of(), List.of());
        for (long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
                container.network().ports().isEmpty();
                Thread.sleep(2)) {
            assertThat(System.nanoTime()).as(reference + " listens").isLessThan(end);
        }
        return container;
    }

    private static String get(Container container, String path) throws Exception {
        int port = container.network().ports().iterator().next();
        return new String(
                new WebClient(container.tasks().iterator().next())
                        .send(
                                new WebClient.Target(false, "localhost", "127.0.0.1", port, path),
                                "GET",
                                Map.of("User-Agent", "test"),
                                new byte[0])
                        .body(),
                StandardCharsets.UTF_8);
    }

    @Test
    void every_row_of_the_index_is_an_image_that_starts() throws Exception {
        Map<String, String> files = new TreeMap<>();
        for (String line : ImageCatalogue.text("index.txt").split("\n")) {
            String[] words = line.strip().split("\\s+");
            if (words.length == 3 && !words[0].matches("[#=].*")) {
                Pattern tags = Pattern.compile(words[1]);
                String tag = TAGS.stream()
                        .filter(each -> tags.matcher(each).matches())
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("no tag of the list fits " + line));
                files.put(words[2], words[0].replace("*", "any") + ":" + tag);
            }
        }
        assertThat(files).hasSizeGreaterThan(60);
        for (Map.Entry<String, String> each : files.entrySet()) {
            log.setLength(0);
            Image image = ImageCatalogue.builtIn()
                    .find(ImageReference.parse(each.getValue()).orElseThrow())
                    .orElseThrow();
            if (image.entrypoint().isEmpty() && image.cmd().isEmpty()) {
                continue; // an artifact: files alone
            }
            Container container = start(each.getValue(), Map.of(), List.of());
            for (int i = 0;
                    i < 5
                            && container.isRunning()
                            && container.network().ports().isEmpty();
                    i++) {
                Thread.sleep(2);
            }
            assertThat(log.toString())
                    .as(each.toString())
                    .doesNotContain("nothing is known", "executable file not found", "exec format");
            container.kill();
        }
    }

    @Test
    void other_places_hold_the_same_images() {
        ImageCatalogue catalogue = ImageCatalogue.builtIn();
        for (String name : List.of(
                "k8s.gcr.io/pause:3.9",
                "public.ecr.aws/docker/library/busybox:1.36",
                "mirror.gcr.io/library/nginx",
                "gcr.io/google_samples/hello-app:1.0")) {
            assertThat(catalogue.find(ImageReference.parse(name).orElseThrow()))
                    .as(name)
                    .isPresent();
        }
        assertThat(catalogue.find(ImageReference.parse("gcr.io/google-samples/kubernetes-bootcamp:v10")
                        .orElseThrow()))
                .isEmpty();
    }

    @Test
    void demonstration_programs_answer() throws Exception {
        Container bootcamp = serve("gcr.io/google-samples/kubernetes-bootcamp:v1");
        assertThat(get(bootcamp, "/")).isEqualTo("Hello Kubernetes bootcamp! | Running on: pod-1 | v=1\n");
        assertThat(log.toString())
                .matches(
                        "(?s)Kubernetes Bootcamp App Started At: \\S+Z \\| Running On:  pod-1 \\n\\n"
                                + "Running On: pod-1 \\| Total Requests: 1 \\| App Uptime: \\d+\\.\\d{3} seconds \\| Log Time: \\S+Z\\n");
        assertThat(get(serve("docker.io/jocatalin/kubernetes-bootcamp:v2"), "/"))
                .endsWith("| v=2\n");
        assertThat(get(serve("gcr.io/google-samples/node-hello:1.0"), "/")).isEqualTo("Hello Kubernetes!");
        assertThat(get(serve("luksa/kubia"), "/")).isEqualTo("You've hit pod-4\n");
        assertThat(get(serve("kicbase/echo-server:1.0"), "/a?b"))
                .startsWith("Request served by pod-5\n\nGET /a?b HTTP/1.1\n\n");
        assertThat(get(serve("nginxdemos/hello:plain-text"), "/x"))
                .startsWith("Server address: 10.244.2.6:80\nServer name: pod-6\n")
                .contains("\nURI: /x\n");
        assertThat(get(serve("stefanprodan/podinfo:6.9.2"), "/")).contains("\"version\": \"6.9.2\"");
    }

    @Test
    void a_front_end_does_not_start_without_what_it_passes_to() throws Exception {
        Container front = start("gcr.io/google-samples/hello-frontend:1.0", Map.of(), List.of());
        assertThat(front.exit().get(1, TimeUnit.MINUTES).code()).isOne();
        assertThat(log)
                .contains("nginx: [emerg] host not found in upstream \"hello\" in /etc/nginx/conf.d/frontend.conf:3\n");
    }
}
