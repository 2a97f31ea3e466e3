package dev.kuar.kubectl.rest;

import dev.kuar.kubectl.data.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Asks a server what it knows: in the aggregated form, else group by group. */
final class Discovery {
    private static final String AGGREGATED = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,"
            + "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json";

    private Discovery() {}

    /** All resources, groups and versions in the server's order, preferred versions first. */
    static List<ApiResource> fetch(RestClient client) {
        List<ApiResource> found = new ArrayList<>();
        for (String root : List.of("/api", "/apis")) {
            Tree answer = client.get(root, AGGREGATED);
            switch (answer.kind()) {
                case "APIGroupDiscoveryList" -> aggregated(answer, found);
                case "APIVersions" -> {
                    for (Tree version : answer.items("versions")) {
                        legacy(client, "", version.text(), true, found);
                    }
                }
                default -> {
                    for (Tree group : answer.items("groups")) {
                        String preferred = group.text("preferredVersion", "version");
                        for (Tree version : group.items("versions")) {
                            String name = version.text("version");
                            legacy(client, group.text("name"), name, name.equals(preferred), found);
                        }
                    }
                }
            }
        }
        return found;
    }

    private static void aggregated(Tree list, List<ApiResource> found) {
        for (Tree group : list.items("items")) {
            boolean preferred = true;
            for (Tree version : group.items("versions")) {
                for (Tree resource : version.items("resources")) {
                    found.add(new ApiResource(
                            group.name(),
                            version.text("version"),
                            resource.text("resource"),
                            resource.text("singularResource"),
                            resource.text("responseKind", "kind"),
                            "Namespaced".equals(resource.text("scope")),
                            resource.texts("verbs"),
                            resource.texts("shortNames"),
                            resource.texts("categories"),
                            resource.items("subresources").stream()
                                    .map(sub -> sub.text("subresource"))
                                    .toList(),
                            preferred));
                }
                preferred = false;
            }
        }
    }

    private static void legacy(
            RestClient client, String group, String version, boolean preferred, List<ApiResource> found) {
        Tree list;
        try {
            list = client.get(group.isEmpty() ? "/api/" + version : "/apis/" + group + "/" + version);
        } catch (Failure unavailable) {
            return;
        }
        Map<String, List<String>> subresources = new LinkedHashMap<>();
        for (Tree resource : list.items("resources")) {
            String[] name = resource.text("name").split("/", 2);
            if (name.length == 2) {
                subresources.computeIfAbsent(name[0], key -> new ArrayList<>()).add(name[1]);
            }
        }
        for (Tree resource : list.items("resources")) {
            String name = resource.text("name");
            if (!name.contains("/")) {
                found.add(new ApiResource(
                        group,
                        version,
                        name,
                        resource.text("singularName"),
                        resource.text("kind"),
                        resource.flag("namespaced"),
                        resource.texts("verbs"),
                        resource.texts("shortNames"),
                        resource.texts("categories"),
                        subresources.getOrDefault(name, List.of()),
                        preferred));
            }
        }
    }
}
