package dev.kuar.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kuar.error.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KubeconfigTest {
    @TempDir
    private Path folder;

    @Test
    void a_missing_file_is_an_empty_kubeconfig() {
        assertThat(Kubeconfig.load(folder.resolve("none")).contexts()).isEmpty();
    }

    @Test
    void keeps_what_it_does_not_know_and_replaces_by_name() throws IOException {
        Path file = folder.resolve("config");
        Files.writeString(file, """
            apiVersion: v1
            kind: Config
            preferences: {}
            extra: kept
            contexts:
            - context: {cluster: old, user: old, namespace: blue}
              name: kind-a
            """);
        Kubeconfig config = Kubeconfig.load(file);
        config.putContext("kind-a", "kind-a", "kind-a", Map.of("server", "https://127.0.0.1:1"), Map.of());
        config.putContext("kind-b", "kind-b", "kind-b", Map.of("server", "https://127.0.0.1:2"), Map.of());
        config.save();

        Kubeconfig again = Kubeconfig.load(file);
        assertThat(again.contexts()).containsExactly("kind-a", "kind-b");
        assertThat(again.currentContext()).isEqualTo("kind-b");
        assertThat(again.tree()).containsEntry("extra", "kept");
        assertThat(again.find("clusters", "kind-a").orElseThrow()).containsEntry("server", "https://127.0.0.1:1");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void keeps_what_another_program_changed_meanwhile() {
        Path file = folder.resolve("config");
        Kubeconfig before = Kubeconfig.load(file);
        before.putContext("a", "a", "a", Map.of("server", "https://a"), Map.of());
        before.putContext("b", "b", "b", Map.of("server", "https://b"), Map.of());
        before.save();
        Kubeconfig mine = Kubeconfig.load(file);
        Kubeconfig theirs = Kubeconfig.load(file);

        theirs.putContext("c", "c", "c", Map.of("server", "https://c"), Map.of());
        theirs.put("clusters", "b", Map.of("server", "https://b2"));
        theirs.save();
        mine.remove("contexts", "a");
        mine.put("clusters", "d", Map.of("server", "https://d"));
        mine.save();

        Kubeconfig after = Kubeconfig.load(file);
        assertThat(after.contexts()).containsExactly("b", "c");
        assertThat(after.currentContext()).isEqualTo("c");
        assertThat(after.find("clusters", "b").orElseThrow()).containsEntry("server", "https://b2");
        assertThat(after.find("clusters", "d")).isPresent();
        assertThat(file.resolveSibling("config.lock")).doesNotExist();
    }

    @Test
    void many_who_edit_at_once_lose_nothing() throws Exception {
        Path file = folder.resolve("config");
        List<Thread> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String name = "c" + i;
            all.add(new Thread(() -> {
                Kubeconfig config = Kubeconfig.load(file);
                config.put("contexts", name, Map.of("cluster", name, "user", name));
                config.save();
            }));
        }
        all.forEach(Thread::start);
        for (Thread each : all) {
            each.join();
        }
        assertThat(Kubeconfig.load(file).contexts()).hasSize(8);
    }

    @Test
    void waits_for_who_holds_kubectls_lock_and_says_who_it_waits_for() throws IOException {
        Path file = folder.resolve("config");
        Path lock = Files.createFile(folder.resolve("config.lock"));

        assertThatThrownBy(() -> KubeconfigLock.take(file, 2))
                .isInstanceOf(UserException.class)
                .satisfies(e -> assertThat(((UserException) e).arguments()).contains(lock));
        assertThat(lock).exists();
    }

    @Test
    void takes_over_the_lock_of_a_kuar_that_was_killed() throws Exception {
        Path file = folder.resolve("config");
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        Files.writeString(folder.resolve("config.lock"), "kuar " + ended.pid());

        try (KubeconfigLock held = KubeconfigLock.take(file, 2)) {
            assertThat(folder.resolve("config.lock"))
                    .hasContent("kuar " + ProcessHandle.current().pid());
        }
        assertThat(folder.resolve("config.lock")).doesNotExist();
    }

    @Test
    void removing_the_current_context_leaves_none() {
        Kubeconfig config = Kubeconfig.load(folder.resolve("config"));
        config.putContext("a", "a", "a", Map.of(), Map.of());
        assertThat(config.remove("contexts", "a")).isTrue();
        assertThat(config.remove("contexts", "a")).isFalse();
        assertThat(config.currentContext()).isEmpty();
    }

    @Test
    void says_where_a_malformed_file_is_wrong() throws IOException {
        Path file = folder.resolve("config");
        Files.writeString(file, "clusters: [\n  a: }\n");
        assertThatThrownBy(() -> Kubeconfig.load(file))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("line 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"clusters: 5", "contexts: [5]", "users: [{name: x, user: 3}]", "current-context: [a]"})
    void a_file_of_another_shape_is_no_kubeconfig(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("config"), text + "\n");

        assertThatThrownBy(() -> Kubeconfig.load(file))
                .isInstanceOfSatisfying(
                        UserException.class, e -> assertThat(e.reason()).isEqualTo(KubeReason.KUBECONFIG_MALFORMED))
                .hasMessageContaining("is no kubeconfig: '" + text.split(":")[0] + "'");
    }
}
