package dev.kuar.practice;

import dev.kuar.practice.object.JsonReader;
import dev.kuar.practice.object.JsonWriter;
import dev.kuar.practice.object.KubeObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** {@code cluster.json} in a cluster's directory: what it is, kept apart from what is in it. */
final class ClusterRecordFile {
    static final String NAME = "cluster.json";

    private ClusterRecordFile() {}

    /** Empty where there is no such file, or one that says nothing. */
    static Optional<ClusterRecord> read(Path directory) {
        try {
            return Optional.of(of(KubeObject.of(JsonReader.readMap(Files.readAllBytes(directory.resolve(NAME))))));
        } catch (IOException | DateTimeException | IllegalStateException | IllegalArgumentException damaged) {
            return Optional.empty();
        }
    }

    static ClusterRecord of(KubeObject tree) {
        return new ClusterRecord(
                tree.text("name"),
                tree.text("profile"),
                (int) tree.number(1, "nodes"),
                tree.text("kubernetesVersion"),
                (int) tree.number(0, "port"),
                tree.flag("stopped"),
                Instant.parse(tree.text("created")),
                Map.copyOf(tree.textMap("attributes")));
    }

    static Map<String, Object> tree(ClusterRecord cluster) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", cluster.name());
        tree.put("profile", cluster.profile());
        tree.put("nodes", (long) cluster.nodes());
        tree.put("kubernetesVersion", cluster.kubernetesVersion());
        tree.put("port", (long) cluster.port());
        tree.put("stopped", cluster.stopped());
        tree.put("created", cluster.created().toString());
        tree.put("attributes", new LinkedHashMap<>(cluster.attributes()));
        return tree;
    }

    static void write(Path directory, ClusterRecord cluster) {
        try {
            PrivateFiles.write(directory.resolve(NAME), JsonWriter.text(tree(cluster)) + "\n");
        } catch (IOException full) {
            throw new ClusterException(
                    ClusterException.Kind.FILES, "cannot write " + directory + ": " + full.getMessage(), full);
        }
    }
}
