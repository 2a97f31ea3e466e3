package dev.kuar.practice.kubelet;

import static dev.kuar.practice.kubelet.KubeletBench.pod;
import static dev.kuar.practice.kubelet.KubeletBench.shell;
import static dev.kuar.practice.kubelet.KubeletBench.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kuar.practice.api.NodeConnector.ExecRequest;
import dev.kuar.practice.api.NodeConnector.RemoteProcess;
import dev.kuar.practice.api.NodeRefusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who joins the main process of a container, and what the end of its input means. Source: containerd's attach. */
final class AttachTest {
    private static final ExecRequest ALL = new ExecRequest("c", List.of(), true, true, true, false);

    private final KubeletBench bench = new KubeletBench();

    @AfterEach
    void close() {
        bench.close();
    }

    private RemoteProcess attach(String script, boolean once, boolean tty, ExecRequest request) {
        Map<String, Object> container = shell("c", script);
        container.put("stdin", true);
        container.put("stdinOnce", once);
        container.put("tty", tty);
        bench.run(with(pod("p"), "containers", container));
        bench.eventually(() -> bench.isRunning("p", "c"));
        return bench.kubelets.attach(bench.now("p"), request);
    }

    private static void type(RemoteProcess process, String text) throws IOException {
        process.stdin().write(text.getBytes(StandardCharsets.UTF_8));
        process.stdin().flush();
    }

    private static String all(RemoteProcess process) throws IOException {
        return new String(process.stdout().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void the_end_of_the_input_of_an_only_client_is_that_of_the_process() throws IOException {
        try (RemoteProcess process = attach("cat; echo over", true, false, ALL)) {
            type(process, "hello\n");
            process.stdin().close();
            assertThat(all(process)).isEqualTo("hello\nover\n");
        }
    }

    @Test
    void another_client_may_come_where_the_input_is_not_for_one_alone() throws IOException {
        String script = "while read line; do echo got $line; done; echo over";
        try (RemoteProcess first = attach(script, false, false, ALL)) {
            type(first, "one\n");
            assertThat(new String(first.stdout().readNBytes(8), StandardCharsets.UTF_8))
                    .isEqualTo("got one\n");
            first.stdin().close();
            assertThat(all(first)).isEmpty();
            assertThat(first.exit().toCompletableFuture().join().code()).isZero();
        }
        try (RemoteProcess second = bench.kubelets.attach(bench.now("p"), ALL)) {
            type(second, "two\n");
            second.stdin().flush();
            assertThat(new String(second.stdout().readNBytes(8), StandardCharsets.UTF_8))
                    .isEqualTo("got two\n");
        }
        assertThat(bench.isRunning("p", "c")).isTrue();
    }

    @Test
    void the_two_outputs_stay_apart() throws IOException {
        try (RemoteProcess process = attach("read go; echo out; echo err >&2", true, false, ALL)) {
            type(process, "go\n");
            assertThat(all(process)).isEqualTo("out\n");
            assertThat(new String(process.stderr().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("err\n");
        }
    }

    @Test
    void a_terminal_has_no_errors_of_their_own() {
        assertThatThrownBy(() -> attach("sleep 1d", false, true, ALL))
                .isInstanceOf(NodeRefusal.class)
                .hasMessage("rpc error: code = InvalidArgument desc = tty and stderr cannot both be true");
    }
}
