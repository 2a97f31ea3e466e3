package dev.kuar.cli;

import dev.kuar.kube.FabricObjectWriter;
import dev.kuar.kube.ReadException;
import dev.kuar.lesson.Change;
import dev.kuar.process.KuarHome;
import dev.kuar.tool.ClusterHost;
import dev.kuar.tutor.LineRunner;
import dev.kuar.tutor.Stage;
import dev.kuar.tutor.Surroundings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** One stage: a temporary folder with a KUAR_HOME and a work folder, and the practice clusters made in it. */
final class PracticeStage implements Stage {
    private final Path root;
    private final Path tools;
    private final PracticeStages.Parts parts;
    private final KubeconfigSurroundings surroundings;
    private String silenced = "";

    PracticeStage(Path root, KuarHome home, PracticeStages.Parts parts) {
        this.root = root;
        this.tools = home.root().resolve("tools");
        this.parts = parts;
        this.surroundings = new KubeconfigSurroundings(home.kubeconfig(), parts.clusters());
    }

    ClusterHost hosts() {
        return parts.clusters();
    }

    String contextName(String cluster) {
        return parts.contextName(cluster);
    }

    @Override
    public LineRunner runner() {
        return parts.runner();
    }

    @Override
    public Surroundings surroundings() {
        return surroundings;
    }

    @Override
    public Object settings() {
        Map<String, Integer> contents = new TreeMap<>();
        if (!Files.isDirectory(tools)) {
            return contents;
        }
        try (Stream<Path> files = Files.walk(tools)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(tools.relativize(file).toString(), Arrays.hashCode(Files.readAllBytes(file)));
            }
        } catch (IOException | UncheckedIOException changing) {
            return changing;
        }
        return contents;
    }

    @Override
    public void change(Change change, String name, String manifest) {
        if (change instanceof Change.StopNode) {
            parts.stopNode(cluster(), name);
        } else if (change instanceof Change.StartNode) {
            parts.startNode(cluster(), name);
        } else {
            try (FabricObjectWriter writer = surroundings.writer()) {
                write(writer, change, manifest);
            }
        }
    }

    @Override
    public void stopCluster() {
        silenced = cluster();
        parts.silence(silenced);
    }

    @Override
    public void startCluster() {
        parts.answer(silenced);
    }

    @Override
    public void runAt(double speed) {
        parts.runAt(speed);
    }

    /** Waits until every pod of kube-system says Ready; what isn't by then is the lesson's to meet. */
    void waitForSystemPods(Duration limit) throws InterruptedException {
        dev.kuar.tutor.Waiter.until(
                () -> {
                    try {
                        return surroundings
                                .current()
                                .map(PracticeStage::settled)
                                .orElse(true);
                    } catch (ReadException notYet) {
                        return false;
                    }
                },
                limit);
    }

    @Override
    public void close() {
        surroundings.close();
        parts.clusters().list().forEach(c -> parts.clusters().delete(c.name()));
        parts.close();
        try (Stream<Path> walk = Files.walk(root)) {
            List<Path> all = walk.sorted(Comparator.reverseOrder()).toList();
            for (Path each : all) {
                Files.deleteIfExists(each);
            }
        } catch (IOException leftBehind) {
            root.toFile().deleteOnExit();
        }
    }

    private String cluster() {
        return surroundings.current().map(Surroundings.Current::name).orElse("");
    }

    private static void write(FabricObjectWriter writer, Change change, String manifest) {
        if (change instanceof Change.Patch patch) {
            Change.Target at = patch.target();
            writer.patch(
                    at.apiVersion(), at.kind(), at.namespace(), at.name(), dev.kuar.kube.TreeJson.write(patch.with()));
        } else if (change instanceof Change.Delete delete) {
            Change.Target at = delete.target();
            writer.delete(at.apiVersion(), at.kind(), at.namespace(), at.name());
        } else if (change instanceof Change.Apply) {
            writer.apply(manifest, "default", Map.of());
        }
    }

    private static boolean settled(Surroundings.Current current) {
        List<Map<String, Object>> pods = current.view().list("v1", "Pod", "kube-system");
        return !pods.isEmpty() && pods.stream().allMatch(PracticeStage::ready);
    }

    private static boolean ready(Map<String, Object> pod) {
        return pod.get("status") instanceof Map<?, ?> status
                && status.get("conditions") instanceof List<?> conditions
                && conditions.stream()
                        .anyMatch(c -> c instanceof Map<?, ?> m
                                && "Ready".equals(m.get("type"))
                                && "True".equals(m.get("status")));
    }
}
