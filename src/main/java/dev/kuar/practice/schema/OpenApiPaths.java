package dev.kuar.practice.schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The paths of a kind in an OpenAPI document: which operations there are, on what, with which parameters. */
final class OpenApiPaths {
    private static final Map<String, String> METHODS = Map.of(
            "get", "get",
            "list", "get",
            "create", "post",
            "update", "put",
            "patch", "patch",
            "delete", "delete",
            "deletecollection", "delete");
    private static final Map<String, String> ACTIONS =
            Map.of("create", "post", "update", "put", "deletecollection", "deletecollection");

    private final Kind kind;
    private final boolean v3;

    private OpenApiPaths(Kind kind, boolean v3) {
        this.kind = kind;
        this.v3 = v3;
    }

    static void add(Kind kind, boolean v3, Map<String, Object> paths) {
        OpenApiPaths maker = new OpenApiPaths(kind, v3);
        String root = (kind.group().isEmpty() ? "/api/" : "/apis/") + kind.apiVersion() + "/";
        String collection = root + (kind.namespaced() ? "namespaces/{namespace}/" : "") + kind.resource();
        paths.put(collection, maker.operations(List.of("create", "list", "deletecollection"), kind.verbs(), ""));
        paths.put(
                collection + "/{name}",
                maker.operations(List.of("get", "update", "patch", "delete"), kind.verbs(), ""));
        if (kind.namespaced() && kind.verbs().contains("list")) {
            paths.put(root + kind.resource(), maker.operations(List.of("list"), kind.verbs(), "ForAllNamespaces"));
        }
        for (Subresource part : kind.subresources()) {
            paths.put(
                    collection + "/{name}/" + part.name(),
                    maker.operations(List.of("get", "create", "update", "patch"), part.verbs(), capital(part.name())));
        }
        paths.values().removeIf(each -> each instanceof Map<?, ?> map && map.size() <= 1);
    }

    private Map<String, Object> operations(List<String> wanted, List<String> verbs, String suffix) {
        Map<String, Object> operations = new LinkedHashMap<>();
        for (String verb : wanted) {
            String method = METHODS.get(verb);
            if (verbs.contains(verb) && method != null) {
                operations.put(method, operation(verb, suffix));
            }
        }
        operations.put("parameters", new ArrayList<>());
        return operations;
    }

    private Map<String, Object> operation(String verb, String suffix) {
        String group = kind.group().isEmpty() ? "core" : kind.group().split("\\.")[0];
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put("tags", List.of(group + "_" + kind.version()));
        operation.put(
                "operationId",
                verb
                        + capital(group)
                        + capital(kind.version())
                        + (kind.namespaced() ? "Namespaced" : "")
                        + kind.kind()
                        + suffix);
        List<Object> parameters = new ArrayList<>();
        if (verb.equals("create") || verb.equals("update") || verb.equals("patch")) {
            for (String name : List.of("dryRun", "fieldManager", "fieldValidation")) {
                parameters.add(parameter(name, "string"));
            }
            if (verb.equals("patch")) {
                parameters.add(parameter("force", "boolean"));
            }
        }
        operation.put("parameters", parameters);
        operation.put(
                "responses", Map.of("200", Map.of("description", "OK"), "401", Map.of("description", "Unauthorized")));
        operation.put("x-kubernetes-action", ACTIONS.getOrDefault(verb, verb));
        Map<String, Object> gvk = new LinkedHashMap<>();
        gvk.put("group", kind.group());
        gvk.put("kind", kind.kind());
        gvk.put("version", kind.version());
        operation.put("x-kubernetes-group-version-kind", gvk);
        return operation;
    }

    private Map<String, Object> parameter(String name, String type) {
        Map<String, Object> parameter = new LinkedHashMap<>();
        parameter.put("name", name);
        parameter.put("in", "query");
        Map<String, Object> shape = new LinkedHashMap<>();
        shape.put("type", type);
        shape.put("uniqueItems", true);
        if (v3) {
            parameter.put("schema", shape);
        } else {
            parameter.putAll(shape);
        }
        return parameter;
    }

    private static String capital(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }
}
