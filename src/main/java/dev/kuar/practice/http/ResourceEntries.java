package dev.kuar.practice.http;

import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The resources of an {@code APIResourceList} in the form that aggregated discovery has. */
final class ResourceEntries {
    private ResourceEntries() {}

    /** The entry of a version with its resources, their subresources below them. */
    static Map<String, Object> version(String group, String version, List<Map<String, Object>> resources) {
        Map<String, Map<String, Object>> entries = new LinkedHashMap<>();
        for (Map<String, Object> each : resources) {
            KubeObject resource = KubeObject.of(each);
            String name = resource.text("name");
            int slash = name.indexOf('/');
            if (slash < 0) {
                Map<String, Object> entry = entries.computeIfAbsent(name, key -> new LinkedHashMap<>());
                fill(entry, group, version, resource);
            } else {
                Map<String, Object> owner =
                        entries.computeIfAbsent(name.substring(0, slash), key -> new LinkedHashMap<>());
                owner.putIfAbsent("resource", name.substring(0, slash));
                Map<String, Object> below = new LinkedHashMap<>();
                below.put("subresource", name.substring(slash + 1));
                below.put("responseKind", kind(group, version, resource));
                below.put("verbs", new ArrayList<>(resource.texts("verbs")));
                List<Object> all = new ArrayList<>(KubeObject.of(owner).maps("subresources"));
                all.add(below);
                owner.put("subresources", all);
            }
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("version", version);
        tree.put("resources", new ArrayList<Object>(entries.values()));
        return tree;
    }

    private static void fill(Map<String, Object> entry, String group, String version, KubeObject resource) {
        Object below = entry.remove("subresources");
        entry.put("resource", resource.text("name"));
        entry.put("responseKind", kind(group, version, resource));
        entry.put("scope", resource.flag("namespaced") ? "Namespaced" : "Cluster");
        entry.put("singularResource", resource.text("singularName"));
        entry.put("verbs", new ArrayList<>(resource.texts("verbs")));
        if (!resource.texts("shortNames").isEmpty()) {
            entry.put("shortNames", new ArrayList<>(resource.texts("shortNames")));
        }
        if (!resource.texts("categories").isEmpty()) {
            entry.put("categories", new ArrayList<>(resource.texts("categories")));
        }
        if (below != null) {
            entry.put("subresources", below);
        }
    }

    private static Map<String, Object> kind(String group, String version, KubeObject resource) {
        Map<String, Object> kind = new LinkedHashMap<>();
        kind.put("group", resource.text("group").isEmpty() ? group : resource.text("group"));
        kind.put("version", resource.text("version").isEmpty() ? version : resource.text("version"));
        kind.put("kind", resource.text("kind"));
        return kind;
    }
}
