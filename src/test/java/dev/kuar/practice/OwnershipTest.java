package dev.kuar.practice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kuar.practice.api.ApiClient.ListOptions;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What those that do not own a cluster can do with it; processes are in {@code OwnersIT}. */
final class OwnershipTest {
    private static final GroupResource CONFIG_MAPS = GroupResource.core("configmaps");

    @TempDir
    private Path directory = Path.of("");

    @Test
    void the_owner_does_what_others_ask() {
        try (PracticeClusters owner = new PracticeClusters(directory);
                PracticeClusters others = new PracticeClusters(directory)) {
            owner.create(spec(), Map.of());
            PracticeCluster cluster = owner.open("c");

            assertThat(others.waitReady("c", Duration.ofMinutes(5))).isTrue();
            long revision = others.snapshot("c", directory.resolve("snapshot"));
            assertThat(revision).isPositive();
            others.stop("c");

            assertThat(others.find("c").orElseThrow().stopped()).isTrue();
            assertThat(others.awaitTurn("c")).isTrue();
            assertThat(owner.open("c")).isNotSameAs(cluster);
        }
    }

    @Test
    void another_deletes_what_the_owner_runs() {
        try (PracticeClusters owner = new PracticeClusters(directory);
                PracticeClusters others = new PracticeClusters(directory)) {
            owner.create(spec(), Map.of());

            others.delete("c");

            assertThat(owner.list()).isEmpty();
            assertThat(directory.resolve("c")).doesNotExist();
        }
    }

    @Test
    void a_stranger_on_the_port_is_named_and_the_cluster_opens_once_he_is_gone() throws IOException {
        try (PracticeClusters clusters = new PracticeClusters(directory)) {
            int port = clusters.create(spec(), Map.of()).port();
            clusters.stop("c");
            try (ServerSocket stranger = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                assertThat(stranger.isBound()).isTrue();
                assertThatThrownBy(() -> clusters.start("c"))
                        .isInstanceOfSatisfying(ClusterException.class, refused -> {
                            assertThat(refused.kind()).isEqualTo(ClusterException.Kind.PORT_TAKEN);
                            assertThat(refused.about()).containsExactly("c", port);
                        });
            }

            clusters.start("c");

            assertThat(clusters.open("c").port()).isEqualTo(port);
        }
    }

    @Test
    void a_snapshot_is_restored_as_it_was_under_another_name() throws IOException {
        Path file = directory.resolve("snapshot");
        try (PracticeClusters clusters = new PracticeClusters(directory.resolve("clusters"))) {
            clusters.create(spec(), Map.of("tool", "kind"));
            PracticeCluster first = clusters.open("c");
            first.client("test").create(CONFIG_MAPS, "default", KubeObject.create("v1", "ConfigMap", "default", "a"));
            first.waitReady(Duration.ofMinutes(5));
            // What a cluster has that was once served with a port for etcd.
            Path authority = Path.of("pki", "etcd", "ca.crt");
            Files.createDirectories(directory.resolve("clusters/c/pki/etcd"));
            Files.writeString(directory.resolve("clusters/c").resolve(authority), "an authority");
            clusters.snapshot("c", file);
            first.client("test").create(CONFIG_MAPS, "default", KubeObject.create("v1", "ConfigMap", "default", "b"));

            ClusterRecord made = clusters.restore(file, "d");

            PracticeCluster second = clusters.open("d");
            assertThat(directory.resolve("clusters/d").resolve(authority)).hasContent("an authority");
            assertThat(made.attributes()).containsEntry("tool", "kind");
            assertThat(second.client("test").find(CONFIG_MAPS, "default", "a")).isPresent();
            assertThat(second.client("test").find(CONFIG_MAPS, "default", "b")).isEmpty();
            assertThat(second.waitReady(Duration.ofMinutes(5)).missing()).isEmpty();
            assertThat(second.client("test")
                            .list(GroupResource.core("nodes"), "", ListOptions.ALL)
                            .items())
                    .extracting(KubeObject::name)
                    .containsExactly("c-control-plane");
            assertThat(clusters.find("d").orElseThrow().port()).isEqualTo(second.port());
            assertThatThrownBy(() -> clusters.restore(file, "")).hasMessageContaining("there is a cluster named c");
        }
    }

    @Test
    void what_is_no_snapshot_or_damaged_is_refused() throws IOException {
        Path file = directory.resolve("snapshot");
        try (PracticeClusters clusters = new PracticeClusters(directory.resolve("clusters"))) {
            clusters.create(spec(), Map.of());
            clusters.snapshot("c", file);
            byte[] whole = Files.readAllBytes(file);

            Path foreign = Files.writeString(directory.resolve("foreign"), "kind: Cluster\n");
            assertThatThrownBy(() -> clusters.restore(foreign, "d")).hasMessageContaining("is no snapshot");
            Path cut = Files.write(directory.resolve("cut"), java.util.Arrays.copyOf(whole, whole.length / 2));
            assertThatThrownBy(() -> clusters.restore(cut, "d")).hasMessageContaining("cannot be restored");
            byte[] flipped = whole.clone();
            flipped[whole.length / 2] ^= 0x40;
            Path damaged = Files.write(directory.resolve("damaged"), flipped);
            assertThatThrownBy(() -> clusters.restore(damaged, "d"))
                    .isInstanceOfSatisfying(ClusterException.class, refused -> assertThat(refused.kind())
                            .isEqualTo(ClusterException.Kind.SNAPSHOT));
            assertThat(clusters.list()).extracting(ClusterRecord::name).containsExactly("c");
        }
    }

    private static ClusterSpec spec() {
        return new ClusterSpec(
                "c", "kind", 1, ClusterSpec.DEFAULT_VERSION, Optional.of(Path.of("c")), 0, Optional.empty());
    }
}
