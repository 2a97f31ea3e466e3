package dev.kuar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.Launcher.Result;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kuar practice serve} as a process. */
final class ServeIT {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void says_its_address_and_ready_and_ends_with_0_at_sigterm() throws Exception {
        Path kubeconfig = folder.resolve("config");
        try (Launcher.Running serving = new Launcher(folder)
                .start(
                        "practice",
                        "serve",
                        "--nodes",
                        "2",
                        "--name",
                        "my-cluster",
                        "--ephemeral",
                        "--kubeconfig",
                        kubeconfig.toString())) {
            String said = serving.awaitOutput("ready");

            assertThat(said).containsPattern("https://127\\.0\\.0\\.1:\\d+");
            assertThat(Files.readString(kubeconfig)).contains("kind-my-cluster");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kubeconfig)))
                    .isEqualTo("rw-------");

            serving.process().destroy();
            Result ended = serving.await();
            assertThat(ended.exit()).isZero();
            assertThat(ended.err()).isEmpty();
        }
    }

    @Test
    void a_taken_port_is_said_with_what_to_do() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Result result = new Launcher(folder)
                    .run("practice", "serve", "--ephemeral", "--port", String.valueOf(taken.getLocalPort()));

            assertThat(result.exit()).isEqualTo(3);
            assertThat(result.err())
                    .contains("port " + taken.getLocalPort(), "another program uses", "--port")
                    .doesNotContain("Exception");
        }
    }

    @Test
    void what_was_acknowledged_is_there_after_kill_9() throws Exception {
        Launcher launcher = new Launcher(folder);
        try (Launcher.Running serving = serve(launcher)) {
            Result made = kubectl("create", "configmap", "kept", "--from-literal=a=b");
            assertThat(made.exit()).as(made.err()).isZero();
            serving.process().destroyForcibly().waitFor();
        }

        try (Launcher.Running again = serve(launcher)) {
            Result read = kubectl("get", "configmap", "kept", "-o", "jsonpath={.data.a}");
            assertThat(read.out()).as(read.err()).isEqualTo("b");
            again.process().destroy();
            assertThat(again.await().exit()).isZero();
        }
    }

    private Launcher.Running serve(Launcher launcher) throws IOException, InterruptedException {
        Launcher.Running serving = launcher.start(
                "practice",
                "serve",
                "lasting",
                "--nodes",
                "1",
                "--kubeconfig",
                folder.resolve("config").toString());
        serving.awaitOutput("ready");
        return serving;
    }

    private Result kubectl(String... words) throws Exception {
        java.util.List<String> all = new java.util.ArrayList<>(java.util.List.of(
                "kubectl", "--kubeconfig", folder.resolve("config").toString()));
        all.addAll(java.util.List.of(words));
        return new Launcher(folder).run(all.toArray(String[]::new));
    }
}
