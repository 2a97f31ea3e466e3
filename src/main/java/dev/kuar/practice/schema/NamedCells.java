package dev.kuar.practice.schema;

import dev.kuar.practice.object.KubeObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Computed cells by the names that kind files give them. */
final class NamedCells {
    private static final Map<String, Cell> CELLS = all();

    private NamedCells() {}

    static Cell find(String name) {
        Cell cell = CELLS.get(name);
        if (cell == null) {
            throw new IllegalArgumentException("no cell is called " + name);
        }
        return cell;
    }

    private static Map<String, Cell> all() {
        Map<String, Cell> cells = new HashMap<>();
        cells.put("age", object -> Ago.of(object.text("metadata", "creationTimestamp")));
        cells.put("selector", object -> selector(object));
        cells.put("template.containers", object -> containers(object, "name", "spec", "template"));
        cells.put("template.images", object -> containers(object, "image", "spec", "template"));
        cells.put("template.labels", object -> Cells.labels(object.map("template", "metadata", "labels")));
        cells.put(
                "template.nodeSelector",
                object -> Cells.labels(object.map("spec", "template", "spec", "nodeSelector")));
        cells.put(
                "cronjob.containers", object -> containers(object, "name", "spec", "jobTemplate", "spec", "template"));
        cells.put("cronjob.images", object -> containers(object, "image", "spec", "jobTemplate", "spec", "template"));
        cells.put("cronjob.selector", object -> Cells.selector(object.map("spec", "jobTemplate", "spec", "selector")));
        cells.put("deployment.ready", object -> ready(object));
        cells.put("statefulset.ready", object -> ready(object));
        cells.put("configmap.data", object ->
                (long) (Cells.size(object.at("data")) + Cells.size(object.at("binaryData"))));
        PodCells.register(cells);
        NodeCells.register(cells);
        NetworkCells.register(cells);
        StorageCells.register(cells);
        WorkCells.register(cells);
        AccessCells.register(cells);
        return Map.copyOf(cells);
    }

    private static String ready(KubeObject object) {
        return object.number(0, "status", "readyReplicas") + "/" + object.number(0, "spec", "replicas");
    }

    private static String selector(KubeObject object) {
        Map<String, Object> selector = object.map("spec", "selector");
        return object.kind().equals("ReplicationController") ? Cells.labels(selector) : Cells.selector(selector);
    }

    private static String containers(KubeObject object, String field, String... template) {
        KubeObject holder =
                KubeObject.of(object.kind().equals("PodTemplate") ? object.map("template") : object.map(template));
        List<String> values = holder.maps("spec", "containers").stream()
                .map(each -> KubeObject.of(each).text(field))
                .toList();
        return String.join(",", values);
    }
}
