package dev.kuar.practice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Owners of a cluster that come and go, as processes of their own, started by the launcher. */
final class OwnersIT {
    @TempDir
    private Path home = Path.of("");

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void end() throws InterruptedException {
        for (Process each : started) {
            each.destroyForcibly().waitFor();
        }
    }

    @Test
    void another_takes_over_when_the_owner_is_killed_and_ends_when_the_cluster_is_stopped() throws Exception {
        Process owner = kuar("practice", "serve", "c");
        until(owner, "ready");
        Process standby = kuar("practice", "serve", "c");
        until(standby, "another kuar runs c");
        // The cluster is asked by its kubeconfig, which a third process writes.
        assertThat(run("cluster", "use", "c")).isZero();
        assertThat(run("kubectl", "create", "configmap", "kept")).isZero();

        owner.destroyForcibly().waitFor();
        until(standby, "c answers at");
        until(standby, "ready");

        assertThat(run("kubectl", "get", "configmap", "kept")).isZero();
        String events = output("kubectl", "get", "events", "-A");
        // Of the node, that is: static pods that run before the network daemon are marked once, as on a real cluster.
        assertThat(events).contains("RegisteredNode").doesNotContain("status is now: NodeNotReady");
        assertThat(run("cluster", "stop", "c")).isZero();
        assertThat(standby.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(standby.exitValue()).isZero();
    }

    @Test
    void the_next_command_wakes_a_cluster_that_sleeps() throws Exception {
        assertThat(run("cluster", "create", "c")).isZero();

        assertThat(output("kubectl", "get", "namespaces")).contains("kube-system");
    }

    private Process kuar(String... words) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of("scripts", "kuar").toAbsolutePath().toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("KUAR_HOME", home.toString());
        builder.environment().put("LANG", "C.UTF-8");
        builder.environment().remove("LC_ALL");
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private int run(String... words) throws Exception {
        Process process = kuar(words);
        process.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
        return process.waitFor();
    }

    private String output(String... words) throws Exception {
        return new String(kuar(words).getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private void until(Process process, String text) throws IOException {
        BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
        StringBuilder seen = new StringBuilder();
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            seen.append(line).append('\n');
            if (line.contains(text)) {
                return;
            }
        }
        throw new AssertionError("the process ended without '" + text + "': " + seen);
    }
}
