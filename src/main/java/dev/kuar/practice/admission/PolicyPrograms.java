package dev.kuar.practice.admission;

import dev.kuar.practice.cel.Authorizer;
import dev.kuar.practice.cel.CelBudget;
import dev.kuar.practice.cel.CelException;
import dev.kuar.practice.cel.CelProgram;
import dev.kuar.practice.cel.CostException;
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

    /**
     * Whether every match condition holds.
     *
     * @throws CelException where one fails and none says no
     */
    boolean conditions(List<Map<String, Object>> conditions, Map<String, Object> variables) {
        CelBudget budget = CelBudget.ofConditions();
        List<String> errors = new ArrayList<>();
        boolean all = true;
        for (Map<String, Object> condition : conditions) {
            String expression = String.valueOf(condition.get("expression"));
            try {
                all &= get(expression).holds(variables, budget);
            } catch (CelException failed) {
                if (failed instanceof CostException cost && !cost.isOfOne()) {
                    throw failed;
                }
                errors.add(error(expression, failed));
            }
        }
        if (all && !errors.isEmpty()) {
            throw new CelException(errors.size() == 1 ? errors.get(0) : "[" + String.join(", ", errors) + "]");
        }
        return all;
    }

    /** What is said of an expression that failed; that nothing more can be paid is said of no single one. */
    static String error(String expression, CelException failed) {
        return failed instanceof CostException cost && !cost.isOfOne()
                ? String.valueOf(failed.getMessage())
                : "expression '" + expression + "' resulted in error: " + failed.getMessage();
    }

    /** Lets expressions see the variables that a policy defines. */
    void define(KubeObject policy, Map<String, Object> variables, CelBudget budget) {
        variables.put("variables", new LazyVariables(policy, this, variables, budget));
    }

    static Map<String, Object> variables(AdmissionRequest request, Object params, ClusterReader reader) {
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
