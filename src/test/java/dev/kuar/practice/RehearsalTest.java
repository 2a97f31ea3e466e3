package dev.kuar.practice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.api.ApiClient.ListOptions;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RehearsalTest {
    private static final GroupResource NODES = GroupResource.core("nodes");

    @TempDir
    private Path directory = Path.of("");

    @Test
    void touches_neither_the_cluster_nor_its_files() throws IOException {
        try (PracticeClusters owner = new PracticeClusters(directory)) {
            ClusterRecord cluster = owner.create(
                    new ClusterSpec(
                            "c", "kind", 2, ClusterSpec.DEFAULT_VERSION, Optional.of(directory), 0, Optional.empty()),
                    Map.of());
            assertThat(owner.open("c").waitReady(Duration.ofMinutes(5)).missing())
                    .isEmpty();
            List<Path> before = files();

            Rehearsal.perform(cluster);

            assertThat(files()).isEqualTo(before);
            assertThat(owner.find("c").orElseThrow().port()).isEqualTo(cluster.port());
            assertThat(owner.open("c")
                            .client("test")
                            .list(NODES, "", ListOptions.ALL)
                            .items())
                    .extracting(KubeObject::name)
                    .contains("c-control-plane");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gke", "docker-desktop"})
    void every_profile_can_be_rehearsed(String profile) throws IOException {
        Rehearsal.perform(ClusterRecord.of(
                new ClusterSpec("c", profile, 3, ClusterSpec.DEFAULT_VERSION, Optional.empty(), 0, Optional.empty()),
                0,
                java.time.Instant.EPOCH,
                Map.of()));

        assertThat(files()).isEmpty();
    }

    private List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                // The cluster itself begins the one of volumes whenever its first containers have written something.
                if (!file.toString().contains(".keys") && !file.endsWith(KeptVolumes.FILE)) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path gone, IOException why) {
                // Keys for later are still made, each in a file that then gets its name.
                return FileVisitResult.CONTINUE;
            }
        });
        return files.stream().sorted().toList();
    }
}
