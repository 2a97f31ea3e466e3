package dev.kuar.practice.schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The paths of a kind in an OpenAPI document: which operations there are, on what, with which parameters and answers. */
final class OpenApiPaths {
    private static final String META = OpenApiParameters.META;
    private static final List<String> PATCHES = List.of(
            "application/json-patch+json",
            "application/merge-patch+json",
            "application/strategic-merge-patch+json",
            "application/apply-patch+yaml");
    private static final List<String> CUSTOM_PATCHES =
            List.of("application/json-patch+json", "application/merge-patch+json", "application/apply-patch+yaml");
    private static final List<String> LOG =
            List.of("text/plain", "application/json", "application/yaml", "application/vnd.kubernetes.protobuf");

    /** Kinds whose storage answers a deletion with what was deleted. */
    private static final Set<String> ANSWERED = Set.of(
            "Pod",
            "Service",
            "PersistentVolumeClaim",
            "PersistentVolume",
            "ServiceAccount",
            "PodTemplate",
            "ResourceQuota",
            "StorageClass",
            "VolumeAttachment",
            "CSINode",
            "CSIDriver",
            "VolumeAttributesClass",
            "DeviceClass",
            "ResourceClaim",
            "ResourceClaimTemplate",
            "ResourceSlice");

    private static final String LIST_LATER = "deprecated: use the 'watch' parameter with a list operation instead";

    private final Kind kind;
    private final boolean v3;
    private final Map<String, Object> paths;
    private final OpenApiParameters parameters;
    private final String tag;
    private final String prefix;
    private final String type;

    private OpenApiPaths(Kind kind, boolean v3, Map<String, Object> paths) {
        this.kind = kind;
        this.v3 = v3;
        this.paths = paths;
        this.parameters = new OpenApiParameters(v3);
        String group = groupWord(kind.group());
        this.tag = group + "_" + kind.version();
        this.prefix = capital(group) + capital(kind.version());
        this.type = OpenApiSchemas.name(kind);
    }

    /** {@code core}, {@code apps}, {@code rbacAuthorization}: a group as tags and operation ids spell it. */
    static String groupWord(String group) {
        if (group.isEmpty()) {
            return "core";
        }
        StringBuilder word = new StringBuilder();
        for (String part : group.replaceFirst("\\.k8s\\.io$", "").split("[.-]")) {
            word.append(word.length() == 0 ? part : capital(part));
        }
        return word.toString();
    }

    static void add(Kind kind, boolean v3, Map<String, Object> paths) {
        new OpenApiPaths(kind, v3, paths).add();
    }

    private void add() {
        String root = (kind.group().isEmpty() ? "/api/" : "/apis/") + kind.apiVersion() + "/";
        String below = (kind.namespaced() ? "namespaces/{namespace}/" : "") + kind.resource();
        Map<String, Object> many = new LinkedHashMap<>();
        // What only is made, or only listed, has the parameters of its one operation in common.
        boolean onlyMade = kind.verbs().equals(List.of("create"));
        boolean onlyListed = has("list") && !has("watch");
        if (has("list")) {
            many.put("get", list(id("list", ""), !onlyListed));
        }
        if (has("create")) {
            many.put("post", create("create" + one() + kind.kind(), id("create", ""), type, own(), !onlyMade));
        }
        if (has("deletecollection")) {
            many.put("delete", deleteCollection());
        }
        List<Object> shared = new ArrayList<>(onlyMade ? parameters.write() : List.of());
        shared.addAll(onlyListed ? listing(false, true) : common(false, false));
        put(root + below, many, shared);
        Map<String, Object> one = new LinkedHashMap<>();
        change(one, "", type, kind.verbs(), own());
        put(root + below + "/{name}", one, common(true, false));
        if (kind.namespaced() && has("list")) {
            put(
                    root + kind.resource(),
                    Map.of("get", list("list" + prefix + kind.kind() + "ForAllNamespaces", false)),
                    listing(false, false));
        }
        for (Subresource part : kind.subresources()) {
            part(part, root + below + "/{name}/" + part.name());
        }
        if (has("watch") && !kind.isCustom()) {
            watches(root, below);
        }
    }

    private boolean has(String verb) {
        return kind.verbs().contains(verb);
    }

    private void put(String path, Map<String, Object> operations, List<Object> shared) {
        if (!operations.isEmpty()) {
            Map<String, Object> item = new LinkedHashMap<>(operations);
            item.put("parameters", shared);
            paths.put(path, item);
        }
    }

    /** {@code createAppsV1NamespacedDeployment}. */
    private String id(String verb, String suffix) {
        return verb + prefix + (kind.namespaced() ? "Namespaced" : "") + kind.kind() + suffix;
    }

    /** The article before the kind: none before plurals. */
    private String one() {
        if (kind.kind().endsWith("s") && !kind.kind().endsWith("ss")) {
            return " ";
        }
        return kind.kind().matches("(?i)[aeiou].*") ? " an " : " a ";
    }

    private List<String> own() {
        return List.of(kind.group(), kind.version(), kind.kind());
    }

    private List<Object> common(boolean named, boolean plain) {
        List<Object> all = new ArrayList<>();
        if (named) {
            all.add(parameters.path("name", "name of the " + kind.kind()));
        }
        if (kind.namespaced()) {
            all.add(parameters.path("namespace", "object name and auth scope, such as for teams and projects"));
        }
        if (!plain) {
            all.add(parameters.pretty());
        }
        return all;
    }

    private List<Object> listing(boolean named, boolean inNamespace) {
        List<Object> all = new ArrayList<>(parameters.list());
        all.add(parameters.pretty());
        if (named) {
            all.add(parameters.path("name", "name of the " + kind.kind()));
        }
        if (inNamespace && kind.namespaced()) {
            all.add(parameters.path("namespace", "object name and auth scope, such as for teams and projects"));
        }
        return parameters.sorted(all);
    }

    private OpenApiOperation operation(String description, String id) {
        OpenApiOperation operation = new OpenApiOperation(v3, description, tag, id);
        return kind.isCustom() ? operation.custom() : operation;
    }

    private Map<String, Object> list(String id, boolean withParameters) {
        OpenApiOperation operation = operation(
                        (has("watch") ? "list or watch" : "list") + " objects of kind " + kind.kind(), id)
                .takes(withParameters ? parameters.list() : List.of())
                .answers(type + "List", "200");
        return (kind.isCustom() ? operation : operation.streams()).made("list", own());
    }

    private Map<String, Object> create(String description, String id, String body, List<String> gvk, boolean own) {
        return operation(description, id)
                .takes(own ? parameters.write() : List.of())
                .body(body, true)
                .answers(body, "200", "201", "202")
                .made("post", gvk);
    }

    private Map<String, Object> deleteCollection() {
        String id = "delete" + prefix + "Collection" + (kind.namespaced() ? "Namespaced" : "") + kind.kind();
        return operation("delete collection of " + kind.kind(), id)
                .takes(parameters.deleteCollection())
                .body(META + "DeleteOptions", false)
                .answers(META + "Status", "200")
                .made("deletecollection", own());
    }

    private void change(Map<String, Object> item, String part, String object, List<String> verbs, List<String> gvk) {
        String suffix = part.isEmpty() ? "" : capital(part);
        String of = (part.isEmpty() ? "" : part + " of ") + "the specified " + kind.kind();
        if (verbs.contains("get")) {
            item.put(
                    "get",
                    operation("read " + of, id("read", suffix))
                            .answers(object, "200")
                            .made("get", gvk));
        }
        if (verbs.contains("update")) {
            item.put(
                    "put",
                    operation("replace " + of, id("replace", suffix))
                            .takes(part.equals("finalize") ? List.of() : parameters.write())
                            .body(object, true)
                            .answers(object, "200", "201")
                            .made("put", gvk));
        }
        if (verbs.contains("delete") && part.isEmpty()) {
            String answer = ANSWERED.contains(kind.kind()) && !kind.isCustom() ? type : META + "Status";
            item.put(
                    "delete",
                    operation("delete" + one() + kind.kind(), id("delete", ""))
                            .takes(parameters.delete())
                            .body(META + "DeleteOptions", false)
                            .answers(answer, "200", "202")
                            .made("delete", gvk));
        }
        if (verbs.contains("patch")) {
            item.put(
                    "patch",
                    operation("partially update " + of, id("patch", suffix))
                            .takes(parameters.patch())
                            .accepts(kind.isCustom() ? CUSTOM_PATCHES : PATCHES)
                            .body(META + "Patch", true)
                            .answers(object, "200", "201")
                            .made("patch", gvk));
        }
    }

    private void part(Subresource part, String path) {
        List<String> gvk = part.group().isEmpty() && part.version().isEmpty()
                ? List.of(kind.group(), kind.version(), part.kind().isEmpty() ? kind.kind() : part.kind())
                : List.of(part.group(), part.version(), part.kind());
        String object =
                switch (gvk.get(2)) {
                    case "Scale" -> "io.k8s.api.autoscaling.v1.Scale";
                    case "Eviction" -> "io.k8s.api.policy.v1.Eviction";
                    case "TokenRequest" -> "io.k8s.api.authentication.v1.TokenRequest";
                    case "Binding" -> "io.k8s.api.core.v1.Binding";
                    default -> type;
                };
        Map<String, Object> item = new LinkedHashMap<>();
        switch (part.name()) {
            case "log" -> {
                item.put(
                        "get",
                        operation("read log of the specified Pod", id("read", "Log"))
                                .produces(LOG)
                                .answers("", "200")
                                .made("get", own()));
                put(path, item, withQuery("PodLogOptions", true));
            }
            case "exec", "attach", "portforward", "proxy" -> connect(part, path, gvk);
            default -> {
                if (part.verbs().equals(List.of("create")) || part.name().equals("finalize")) {
                    change(item, part.name(), object, part.verbs(), gvk);
                    if (part.verbs().contains("create")) {
                        item.put(
                                "post",
                                create(
                                        "create " + part.name() + " of a " + kind.kind(),
                                        id("create", capital(part.name())),
                                        object,
                                        gvk,
                                        false));
                    }
                    List<Object> shared = new ArrayList<>(parameters.write());
                    shared.addAll(common(true, false));
                    put(path, item, shared);
                } else {
                    change(item, part.name(), object, part.verbs(), gvk);
                    put(path, item, common(true, false));
                }
            }
        }
    }

    private List<Object> withQuery(String options, boolean pretty) {
        List<Object> shared = new ArrayList<>(parameters.of("io.k8s.api.core.v1." + options));
        shared.addAll(common(true, !pretty));
        return parameters.sorted(shared);
    }

    private void connect(Subresource part, String path, List<String> gvk) {
        boolean proxy = part.name().equals("proxy");
        List<String> methods =
                proxy ? List.of("get", "put", "post", "delete", "options", "head", "patch") : List.of("get", "post");
        for (String tail : proxy ? List.of("", "WithPath") : List.of("")) {
            Map<String, Object> item = new LinkedHashMap<>();
            for (String method : methods) {
                String upper = method.toUpperCase(Locale.ROOT);
                String id = "connect" + prefix + capital(method) + (kind.namespaced() ? "Namespaced" : "") + kind.kind()
                        + capital(part.name()) + tail;
                item.put(
                        method,
                        operation("connect " + upper + " requests to " + part.name() + " of " + kind.kind(), id)
                                .produces(List.of("*/*"))
                                .answers("", "200")
                                .made("connect", gvk));
            }
            List<Object> shared = new ArrayList<>();
            if (!tail.isEmpty()) {
                shared.add(parameters.path("path", "path to the resource"));
            }
            shared.addAll(withQuery(gvk.get(2), false));
            shared = parameters.sorted(shared);
            put(tail.isEmpty() ? path : path + "/{path}", item, shared);
        }
    }

    private void watches(String root, String below) {
        String many = "watch individual changes to a list of " + kind.kind() + ". " + LIST_LATER + ".";
        put(
                root + "watch/" + below,
                Map.of("get", watch(many, id("watch", "List"), "watchlist")),
                listing(false, true));
        put(
                root + "watch/" + below + "/{name}",
                Map.of(
                        "get",
                        watch(
                                "watch changes to an object of kind " + kind.kind() + ". " + LIST_LATER
                                        + ", filtered to a single item with the 'fieldSelector' parameter.",
                                id("watch", ""),
                                "watch")),
                listing(true, true));
        if (kind.namespaced()) {
            put(
                    root + "watch/" + kind.resource(),
                    Map.of("get", watch(many, "watch" + prefix + kind.kind() + "ListForAllNamespaces", "watchlist")),
                    listing(false, false));
        }
    }

    private Map<String, Object> watch(String description, String id, String action) {
        return operation(description, id)
                .streams()
                .answers(META + "WatchEvent", "200")
                .made(action, own());
    }

    static String capital(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }
}
