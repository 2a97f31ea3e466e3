package dev.kuar.practice.container;

import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** NodeMetrics and PodMetrics as a Table: name, what is used, the window. */
final class MetricTables {
    private MetricTables() {}

    static Map<String, Object> of(List<Map<String, Object>> items) {
        List<Object> columns = new ArrayList<>();
        for (String name : List.of("Name", "cpu", "memory", "Window")) {
            Map<String, Object> column = new LinkedHashMap<>();
            column.put("name", name);
            column.put("type", "string");
            column.put("format", name.equals("Name") ? "name" : "");
            column.put("description", "");
            column.put("priority", 0L);
            columns.add(column);
        }
        List<Object> rows = new ArrayList<>();
        for (Map<String, Object> each : items) {
            KubeObject item = KubeObject.of(each);
            long nanos = 0;
            long kibibytes = 0;
            List<Map<String, Object>> parts = item.at("usage") == null ? item.maps("containers") : List.of(each);
            for (Map<String, Object> part : parts) {
                KubeObject usage = KubeObject.of(part);
                nanos += Long.parseLong(usage.text("usage", "cpu").replace("n", ""));
                kibibytes += Long.parseLong(usage.text("usage", "memory").replace("Ki", ""));
            }
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("cells", List.of(item.name(), nanos + "n", kibibytes + "Ki", item.text("window")));
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("kind", "PartialObjectMetadata");
            object.put("apiVersion", "meta.k8s.io/v1");
            object.put("metadata", each.get("metadata"));
            row.put("object", object);
            rows.add(row);
        }
        Map<String, Object> table = new LinkedHashMap<>();
        table.put("kind", "Table");
        table.put("apiVersion", "meta.k8s.io/v1");
        table.put("metadata", Map.of());
        table.put("columnDefinitions", columns);
        table.put("rows", rows);
        return table;
    }
}
