package dev.kuar.practice.schema;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parameters of operations, described by the comments of the options' types. */
final class OpenApiParameters {
    static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.";
    private static final List<String> DELETE = List.of(
            "dryRun",
            "gracePeriodSeconds",
            "ignoreStoreReadErrorWithClusterBreakingPotential",
            "orphanDependents",
            "propagationPolicy");

    private final boolean v3;
    private final Types types = Types.builtIn();
    private final Descriptions descriptions = new Descriptions();

    OpenApiParameters(boolean v3) {
        this.v3 = v3;
    }

    List<Object> list() {
        return of(META + "ListOptions");
    }

    List<Object> write() {
        return of(META + "CreateOptions");
    }

    List<Object> patch() {
        return of(META + "PatchOptions");
    }

    List<Object> delete() {
        List<Object> all = new ArrayList<>();
        DELETE.forEach(name -> all.add(query(META + "DeleteOptions", name)));
        return all;
    }

    /** Of a whole collection: which objects, and how they go. */
    List<Object> deleteCollection() {
        List<Object> all = delete();
        for (Object each : list()) {
            if (!List.of("allowWatchBookmarks", "watch").contains(name(each))) {
                all.add(each);
            }
        }
        return sorted(all);
    }

    /** Every field of an options type, as a parameter of the query. */
    List<Object> of(String type) {
        List<Object> all = new ArrayList<>();
        Map<String, Object> facts = types.find(type);
        if (facts != null && facts.get("properties") instanceof Map<?, ?> fields) {
            fields.keySet().forEach(name -> all.add(query(type, (String) name)));
        }
        return all;
    }

    List<Object> sorted(List<Object> parameters) {
        List<Object> all = new ArrayList<>(parameters);
        all.sort(Comparator.comparing(OpenApiParameters::name));
        return all;
    }

    Object path(String name, String description) {
        return parameter(name, "path", description, "string", true);
    }

    Object pretty() {
        return parameter(
                "pretty",
                "query",
                "If 'true', then the output is pretty printed. Defaults to 'false' unless the user-agent indicates a browser or"
                        + " command-line HTTP tool (curl and wget).",
                "string",
                false);
    }

    private Object query(String type, String name) {
        Map<String, Object> facts = types.find(type);
        Object field = facts != null && facts.get("properties") instanceof Map<?, ?> fields ? fields.get(name) : null;
        String of = field instanceof Map<?, ?> own && own.get("type") instanceof String known ? known : "string";
        return parameter(name, "query", descriptions.of(type, name), of.equals("array") ? "string" : of, false);
    }

    private Object parameter(String name, String in, String description, String type, boolean required) {
        Map<String, Object> shape = new LinkedHashMap<>();
        shape.put("type", type);
        shape.put("uniqueItems", true);
        Map<String, Object> parameter = new LinkedHashMap<>();
        parameter.put("name", name);
        parameter.put("in", in);
        if (!description.isEmpty()) {
            parameter.put("description", description);
        }
        if (required) {
            parameter.put("required", true);
        }
        if (v3) {
            parameter.put("schema", shape);
        } else {
            parameter.putAll(shape);
        }
        return parameter;
    }

    private static String name(Object parameter) {
        return parameter instanceof Map<?, ?> map ? String.valueOf(map.get("name")) : "";
    }
}
