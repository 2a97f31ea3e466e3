package dev.kuar.practice.http;

import dev.kuar.practice.schema.Catalog;
import dev.kuar.practice.schema.Kind;
import dev.kuar.practice.schema.Subresource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The documents by which clients learn what a server serves: aggregated (apidiscovery v2) and one by one (meta v1). */
final class DiscoveryDocuments {
    private DiscoveryDocuments() {}

    /** {@code APIGroupDiscoveryList} of the core group alone. */
    static Map<String, Object> core(Catalog catalog) {
        return discovery(List.of(aggregatedGroup(catalog, "")));
    }

    /**
     * {@code APIGroupDiscoveryList} of all named groups.
     *
     * @param more versions that others serve
     * @param priorities of versions by the name of their APIService
     */
    static Map<String, Object> aggregated(
            Catalog catalog, List<RankedGroup.Version> more, Map<String, Long> priorities) {
        List<Map<String, Object>> items =
                RankedGroup.all(catalog, group -> aggregatedGroup(catalog, group), more, priorities);
        items.forEach(item -> {
            if (!item.containsKey("metadata")) {
                Map<String, Object> versions = new LinkedHashMap<>(item);
                item.clear();
                item.put("metadata", new LinkedHashMap<>(Map.of("name", versions.remove(RankedGroup.NAME))));
                item.putAll(versions);
            }
        });
        return discovery(items);
    }

    private static Map<String, Object> discovery(List<Map<String, Object>> items) {
        Map<String, Object> list = head("APIGroupDiscoveryList", "apidiscovery.k8s.io/v2");
        list.put("metadata", new LinkedHashMap<>());
        list.put("items", new ArrayList<Object>(items));
        return list;
    }

    private static Map<String, Object> aggregatedGroup(Catalog catalog, String group) {
        Map<String, Object> item = new LinkedHashMap<>();
        Map<String, Object> metadata = new LinkedHashMap<>();
        if (!group.isEmpty()) {
            metadata.put("name", group);
        }
        item.put("metadata", metadata);
        List<Object> versions = new ArrayList<>();
        catalog.versions(group).forEach(version -> versions.add(aggregatedVersion(catalog, group, version)));
        item.put("versions", versions);
        return item;
    }

    private static Map<String, Object> aggregatedVersion(Catalog catalog, String group, String version) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("version", version);
        List<Object> resources = new ArrayList<>();
        for (Kind kind : catalog.kinds(group, version)) {
            Map<String, Object> resource = new LinkedHashMap<>();
            resource.put("resource", kind.resource());
            resource.put("responseKind", own(kind, kind.kind()));
            resource.put("scope", kind.namespaced() ? "Namespaced" : "Cluster");
            resource.put("singularResource", kind.singular());
            resource.put("verbs", new ArrayList<>(kind.verbs()));
            putSome(resource, "shortNames", kind.shortNames());
            putSome(resource, "categories", kind.categories());
            List<Object> below = new ArrayList<>();
            for (Subresource each : kind.subresources()) {
                Map<String, Object> subresource = new LinkedHashMap<>();
                subresource.put("subresource", each.name());
                subresource.put("responseKind", each.version().isEmpty() ? own(kind, each.kind()) : kindOf(each));
                subresource.put("verbs", new ArrayList<>(each.verbs()));
                below.add(subresource);
            }
            putSome(resource, "subresources", below);
            resources.add(resource);
        }
        entry.put("resources", resources);
        entry.put("freshness", "Current");
        return entry;
    }

    /** Of the kind's own group and version, which is spelt out for custom resources only. */
    private static Map<String, Object> own(Kind kind, String name) {
        return kind.isCustom() ? kindOf(kind.group(), kind.version(), name) : kindOf("", "", name);
    }

    private static Map<String, Object> kindOf(Subresource each) {
        return kindOf(each.group(), each.version(), each.kind());
    }

    private static Map<String, Object> kindOf(String group, String version, String kind) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("group", group);
        tree.put("version", version);
        tree.put("kind", kind);
        return tree;
    }

    /** {@code APIVersions}, for {@code /api}; {@code address} is where the server listens. */
    static Map<String, Object> coreVersions(Catalog catalog, String address) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("kind", "APIVersions");
        tree.put("versions", new ArrayList<>(catalog.versions("")));
        Map<String, Object> server = new LinkedHashMap<>();
        server.put("clientCIDR", "0.0.0.0/0");
        server.put("serverAddress", address);
        tree.put("serverAddressByClientCIDRs", new ArrayList<>(List.of(server)));
        return tree;
    }

    /** {@code APIGroupList}, for {@code /apis}. */
    static Map<String, Object> groups(Catalog catalog, List<RankedGroup.Version> more, Map<String, Long> priorities) {
        Map<String, Object> tree = head("APIGroupList", "v1");
        List<Object> groups = new ArrayList<>();
        RankedGroup.all(catalog, group -> entry(catalog, group), more, priorities)
                .forEach(group -> {
                    preferFirst(group);
                    groups.add(group);
                });
        tree.put("groups", groups);
        return tree;
    }

    /** {@code APIGroup} of one of which others serve versions. */
    static Map<String, Object> group(
            Catalog catalog, String group, List<RankedGroup.Version> more, Map<String, Long> priorities) {
        Map<String, Object> tree = head("APIGroup", "v1");
        RankedGroup.all(catalog, name -> entry(catalog, name), more, priorities).stream()
                .filter(each -> group.equals(each.get(RankedGroup.NAME)))
                .findFirst()
                .ifPresent(entry -> {
                    preferFirst(entry);
                    tree.putAll(entry);
                });
        return tree;
    }

    private static Map<String, Object> entry(Catalog catalog, String group) {
        Map<String, Object> entry = new LinkedHashMap<>();
        fill(entry, catalog, group);
        return entry;
    }

    private static void preferFirst(Map<String, Object> group) {
        if (group.get("versions") instanceof List<?> versions && !versions.isEmpty()) {
            group.put("preferredVersion", versions.get(0));
        }
    }

    /** {@code APIGroup}, for {@code /apis/GROUP}. */
    static Map<String, Object> group(Catalog catalog, String group) {
        Map<String, Object> tree = head("APIGroup", "v1");
        fill(tree, catalog, group);
        return tree;
    }

    private static void fill(Map<String, Object> entry, Catalog catalog, String group) {
        entry.put("name", group);
        List<Object> versions = new ArrayList<>();
        for (String version : catalog.versions(group)) {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("groupVersion", group + "/" + version);
            tree.put("version", version);
            versions.add(tree);
        }
        entry.put("versions", versions);
        entry.put("preferredVersion", versions.get(0));
    }

    /** {@code APIResourceList}, for {@code /api/v1} and {@code /apis/GROUP/VERSION}. */
    static Map<String, Object> resources(Catalog catalog, String group, String version) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("kind", "APIResourceList");
        if (!group.isEmpty()) {
            tree.put("apiVersion", "v1");
        }
        tree.put("groupVersion", group.isEmpty() ? version : group + "/" + version);
        List<Object> resources = new ArrayList<>();
        for (Kind kind : catalog.kinds(group, version)) {
            resources.add(resource(kind));
            kind.subresources().forEach(each -> resources.add(subresource(kind, each)));
        }
        tree.put("resources", resources);
        return tree;
    }

    private static Map<String, Object> resource(Kind kind) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", kind.resource());
        tree.put("singularName", kind.singular());
        tree.put("namespaced", kind.namespaced());
        tree.put("kind", kind.kind());
        tree.put("verbs", new ArrayList<>(kind.verbs()));
        putSome(tree, "shortNames", kind.shortNames());
        putSome(tree, "categories", kind.categories());
        if (!kind.storageHash().isEmpty()) {
            tree.put("storageVersionHash", kind.storageHash());
        }
        return tree;
    }

    private static Map<String, Object> subresource(Kind kind, Subresource each) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", kind.resource() + "/" + each.name());
        tree.put("singularName", "");
        tree.put("namespaced", kind.namespaced());
        if (!each.version().isEmpty()) {
            if (!each.group().isEmpty()) {
                tree.put("group", each.group());
            }
            tree.put("version", each.version());
        }
        tree.put("kind", each.kind());
        tree.put("verbs", new ArrayList<>(each.verbs()));
        return tree;
    }

    private static Map<String, Object> head(String kind, String apiVersion) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("kind", kind);
        tree.put("apiVersion", apiVersion);
        return tree;
    }

    private static void putSome(Map<String, Object> tree, String key, List<?> values) {
        if (!values.isEmpty()) {
            tree.put(key, new ArrayList<>(values));
        }
    }
}
