package dev.kuar.tutor;

import dev.kuar.kube.ReadException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a line could have changed on a stage: objects without their status, the kubeconfig, the clusters, what the
 * stand-ins keep, the work folder.
 */
final class Fingerprint {
    private static final List<String[]> KINDS = List.of(
            new String[] {"v1", "Node"},
            new String[] {"v1", "Pod"},
            new String[] {"v1", "Namespace"},
            new String[] {"v1", "Service"},
            new String[] {"v1", "ServiceAccount"},
            new String[] {"v1", "ConfigMap"},
            new String[] {"v1", "Secret"},
            new String[] {"apps/v1", "Deployment"},
            new String[] {"apps/v1", "DaemonSet"},
            new String[] {"rbac.authorization.k8s.io/v1", "ClusterRoleBinding"},
            new String[] {"rbac.authorization.k8s.io/v1", "RoleBinding"});

    private Fingerprint() {}

    static String of(dev.kuar.tutor.Stage stage) {
        List<Object> facts = new ArrayList<>();
        facts.add(stage.surroundings().kubeconfig());
        facts.add(stage.surroundings().clusters());
        facts.add(stage.settings());
        facts.add(new TreeMap<>(stage.runner().environment()));
        facts.add(files(stage.runner().folder()));
        stage.surroundings().current().ifPresent(current -> {
            for (String[] kind : KINDS) {
                try {
                    current.view().list(kind[0], kind[1], "").forEach(o -> facts.add(settled(o)));
                } catch (ReadException e) {
                    facts.add(e.why());
                }
            }
        });
        return String.valueOf(facts);
    }

    private static Object settled(Map<String, Object> object) {
        Map<String, Object> kept = new TreeMap<>(object);
        kept.remove("status");
        if (kept.get("metadata") instanceof Map<?, ?> metadata) {
            Map<Object, Object> some = new TreeMap<>(metadata);
            some.remove("resourceVersion");
            some.remove("managedFields");
            kept.put("metadata", some);
        }
        return kept;
    }

    private static List<String> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(f -> folder.relativize(f) + ":" + f.toFile().length())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
