package dev.kuar.tool;

import dev.kuar.kubectl.data.GoTemplate;
import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.data.Yaml;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A chart: metadata, default values and templates.
 *
 * @param metadata of Chart.yaml
 * @param values of values.yaml
 * @param templates path to text
 * @param notes the template of NOTES.txt
 */
record HelmChart(Tree metadata, Tree values, Map<String, String> templates, String notes) {
    private static final String ROOT = "/practice/charts/";
    /** The order in which Helm brings kinds into a cluster, as far as charts here use them; others come last. */
    private static final List<String> ORDER = List.of(
            "Namespace",
            "NetworkPolicy",
            "ResourceQuota",
            "LimitRange",
            "PodDisruptionBudget",
            "ServiceAccount",
            "Secret",
            "ConfigMap",
            "StorageClass",
            "PersistentVolume",
            "PersistentVolumeClaim",
            "CustomResourceDefinition",
            "ClusterRole",
            "ClusterRoleBinding",
            "Role",
            "RoleBinding",
            "Service",
            "DaemonSet",
            "Pod",
            "ReplicaSet",
            "Deployment",
            "HorizontalPodAutoscaler",
            "StatefulSet",
            "Job",
            "CronJob",
            "IngressClass",
            "Ingress");

    /** One object of a rendered chart: its text with the comment that names its template. */
    private record Part(String text, int place) {}

    String name() {
        return metadata.text("name");
    }

    String version() {
        return metadata.text("version");
    }

    /** The charts that the repository at {@code url} offers; nothing where there is no such repository. */
    static Optional<List<String>> offeredBy(String url) {
        Tree index = new Tree(Yaml.parse(resource("index.yaml")));
        String plain = url.replaceFirst("/+$", "");
        return index.map().containsKey(plain) ? Optional.of(index.texts(plain)) : Optional.empty();
    }

    /** Every chart that practice has. */
    static List<HelmChart> all() {
        Tree index = new Tree(Yaml.parse(resource("index.yaml")));
        return index.map().keySet().stream()
                .flatMap(url -> index.texts(url).stream())
                .distinct()
                .map(HelmChart::load)
                .toList();
    }

    /** A file of the chart as it is written. */
    String text(String path) {
        return resource(name() + "/" + path);
    }

    static HelmChart load(String name) {
        Map<String, String> templates = new java.util.LinkedHashMap<>();
        resource(name + "/index.txt").lines().forEach(path -> templates.put(path, resource(name + "/" + path)));
        return new HelmChart(
                new Tree(Yaml.parse(resource(name + "/Chart.yaml"))),
                new Tree(Yaml.parse(resource(name + "/values.yaml"))),
                templates,
                resource(name + "/NOTES.txt"));
    }

    /** The manifest: each object under a line that names its template, in the order of kinds. */
    String manifest(Map<String, Object> context) {
        List<Part> parts = new ArrayList<>();
        templates.forEach((path, text) -> {
            for (String document : Yaml.documents(GoTemplate.parse(text).render(context))) {
                if (!(Yaml.parse(document) instanceof Map<?, ?> object)) {
                    continue;
                }
                int place = ORDER.indexOf(String.valueOf(object.get("kind")));
                String body = document.replaceFirst("^(---)?\\s*", "").stripTrailing();
                parts.add(new Part(
                        "---\n# Source: " + name() + "/" + path + "\n" + body + "\n",
                        place < 0 ? ORDER.size() : place));
            }
        });
        parts.sort(Comparator.comparing(Part::place));
        return String.join("", parts.stream().map(Part::text).toList());
    }

    String notes(Map<String, Object> context) {
        return GoTemplate.parse(notes).render(context).strip();
    }

    private static String resource(String path) {
        try (InputStream in = HelmChart.class.getResourceAsStream(ROOT + path)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + ROOT + path);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
