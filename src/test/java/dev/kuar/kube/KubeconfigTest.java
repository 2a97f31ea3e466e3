package dev.kuar.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kuar.error.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
