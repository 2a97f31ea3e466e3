package dev.kuar.practice.admission;

import dev.kuar.practice.cel.Authorizer;
import dev.kuar.practice.cel.CelProgram;
import dev.kuar.practice.cel.ExpressionChecks;
import dev.kuar.practice.object.ClusterReader;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.JsonWriter;
import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The expressions of policies and match conditions, compiled when first met, and the variables that they see. */
final class PolicyPrograms {
    private static final Set<String> NAMES = Set.copyOf(ExpressionChecks.ADMISSION);

    private final Map<String, CelProgram> compiled = new ConcurrentHashMap<>();

    CelProgram get(String expression) {
        return compiled.computeIfAbsent(expression, text -> CelProgram.compile(text, NAMES));
    }

    /** Whether every match condition of a policy holds. */
    boolean conditions(KubeObject policy, Map<String, Object> variables) {
        for (Map<String, Object> condition : policy.maps("spec", "matchConditions")) {
            if (!get(String.valueOf(condition.get("expression"))).holds(variables)) {
                return false;
            }
        }
        return true;
    }

    /** Evaluates the variables that a policy defines, each with those before it. */
    void define(KubeObject policy, Map<String, Object> variables) {
        Map<String, Object> defined = new HashMap<>();
        for (Map<String, Object> each : policy.maps("spec", "variables")) {
            Map<String, Object> now = new HashMap<>(variables);
            now.put("variables", Map.copyOf(defined));
            defined.put(
                    String.valueOf(each.get("name")),
                    get(String.valueOf(each.get("expression"))).evaluate(now));
        }
        variables.put("variables", defined);
    }

    static Map<String, Object> variables(AdmissionRequest request, Map<String, Object> params, ClusterReader reader) {
        Map<String, Object> variables = new HashMap<>();
        variables.put("object", tree(request.object()));
        variables.put("oldObject", tree(request.old()));
        variables.put("params", params);
        variables.put("namespaceObject", namespace(request, reader));
        Authorizer authorizer = new PolicyAuthorizer(reader, request.user());
        variables.put("authorizer", authorizer);
        variables.put(
                "authorizer.requestResource",
                Authorizer.about(
                        authorizer,
                        Map.of(
                                "group", request.kind().group(),
                                "resource", request.kind().resource(),
                                "subresource", request.subresource(),
                                "namespace", request.namespace(),
                                "name", request.name())));
        Map<String, Object> about = new HashMap<>(ReviewRequest.about(request));
        about.putIfAbsent("subResource", "");
        about.putIfAbsent("namespace", "");
        variables.put("request", about);
        variables.put("variables", new HashMap<String, Object>());
        return variables;
    }

    /** What the audit is told of a validation that failed. */
    static String failure(String message, KubeObject policy, KubeObject binding, int index) {
        Map<String, Object> failure = new LinkedHashMap<>();
        failure.put("message", message);
        failure.put("policy", policy.name());
        failure.put("binding", binding.name());
        failure.put("expressionIndex", (long) index);
        failure.put("validationActions", new ArrayList<Object>(binding.texts("spec", "validationActions")));
        return JsonWriter.text(List.of(failure));
    }

    /** What CEL calls the type of a value. */
    static String typeOf(Object value) {
        if (value instanceof Boolean) {
            return "bool";
        }
        if (value instanceof Number) {
            return value instanceof Double ? "double" : "int";
        }
        return value instanceof List ? "list" : value instanceof Map ? "map" : "string";
    }

    private static Object namespace(AdmissionRequest request, ClusterReader reader) {
        boolean own = request.kind().resource().equals("namespaces")
                && request.kind().group().isEmpty();
        if (own || request.namespace().isEmpty()) {
            return Map.of();
        }
        return reader.find(GroupResource.core("namespaces"), "", request.namespace())
                .<Object>map(KubeObject::tree)
                .orElse(Map.of());
    }

    private static Object tree(@Nullable KubeObject object) {
        return object == null ? CelProgram.NULL : object.tree();
    }
}
