package dev.kuar.practice.admission;

import dev.kuar.practice.cel.CelException;
import dev.kuar.practice.cel.CelProgram;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.ClusterReader;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Statuses;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The cluster's ValidatingAdmissionPolicies, where a binding puts them to work: CEL over the object, the request, a parameter. */
final class ValidatingPolicies implements Admission {
    private static final String GROUP = "admissionregistration.k8s.io";
    private static final GroupResource POLICIES = GroupResource.of(GROUP, "validatingadmissionpolicies");
    private static final GroupResource BINDINGS = GroupResource.of(GROUP, "validatingadmissionpolicybindings");
    private static final Set<String> NAMES =
            Set.of("object", "oldObject", "request", "params", "namespaceObject", "variables", "authorizer");

    private final ClusterReader reader;
    private final Map<String, CelProgram> programs = new ConcurrentHashMap<>();

    ValidatingPolicies(ClusterReader reader) {
        this.reader = reader;
    }

    @Override
    public void validate(AdmissionRequest request) {
        if (request.kind().group().equals(GROUP)) {
            return;
        }
        for (KubeObject binding : reader.list(BINDINGS, "")) {
            Optional<KubeObject> policy = reader.find(POLICIES, "", binding.text("spec", "policyName"));
            if (policy.isPresent()
                    && PolicyMatch.matches(policy.get().map("spec", "matchConstraints"), request, reader, true)
                    && PolicyMatch.matches(binding.map("spec", "matchResources"), request, reader, false)) {
                judge(policy.get(), binding, request);
            }
        }
    }

    private void judge(KubeObject policy, KubeObject binding, AdmissionRequest request) {
        for (Map<String, Object> params : params(policy, binding, request)) {
            Map<String, Object> variables = variables(request, params);
            try {
                if (!conditions(policy, variables)) {
                    return;
                }
                defineVariables(policy, variables);
            } catch (CelException failed) {
                fail(policy, binding, request, String.valueOf(failed.getMessage()));
                return;
            }
            for (Map<String, Object> each : policy.maps("spec", "validations")) {
                check(policy, binding, request, KubeObject.of(each), variables);
            }
        }
    }

    private List<Map<String, Object>> params(KubeObject policy, KubeObject binding, AdmissionRequest request) {
        String name = binding.text("spec", "paramRef", "name");
        KubeObject kind = KubeObject.of(policy.map("spec", "paramKind"));
        if (kind.tree().isEmpty() || name.isEmpty()) {
            return List.of(Map.of());
        }
        String version = kind.text("apiVersion");
        String group = version.contains("/") ? version.substring(0, version.indexOf('/')) : "";
        String namespace = binding.text("spec", "paramRef", "namespace");
        GroupResource resource = GroupResource.of(group, kind.text("kind").toLowerCase(Locale.ROOT) + "s");
        Optional<KubeObject> found = reader.find(resource, namespace.isEmpty() ? request.namespace() : namespace, name)
                .or(() -> reader.find(resource, "", name));
        if (found.isEmpty()
                && !binding.text("spec", "paramRef", "parameterNotFoundAction").equals("Allow")) {
            fail(
                    policy,
                    binding,
                    request,
                    "failed to configure binding: no params found for policy binding with `Deny`"
                            + " parameterNotFoundAction");
        }
        return found.map(p -> List.of(p.tree())).orElse(List.of());
    }

    private static Map<String, Object> variables(AdmissionRequest request, Map<String, Object> params) {
        Map<String, Object> variables = new HashMap<>();
        variables.put("object", tree(request.object()));
        variables.put("oldObject", tree(request.old()));
        variables.put("params", params);
        variables.put("namespaceObject", Map.of());
        variables.put("authorizer", Map.of());
        Map<String, Object> about = new LinkedHashMap<>();
        about.put("operation", request.operation().name());
        about.put("name", request.name());
        about.put("namespace", request.namespace());
        about.put("subResource", request.subresource());
        about.put("dryRun", request.dryRun());
        about.put(
                "userInfo",
                Map.of(
                        "username",
                        request.user().name(),
                        "groups",
                        request.user().groups()));
        about.put(
                "resource",
                Map.of(
                        "group", request.kind().group(),
                        "version", request.kind().version(),
                        "resource", request.kind().resource()));
        about.put(
                "kind",
                Map.of(
                        "group", request.kind().group(),
                        "version", request.kind().version(),
                        "kind", request.kind().kind()));
        variables.put("request", about);
        variables.put("variables", new HashMap<String, Object>());
        return variables;
    }

    private static Object tree(@Nullable KubeObject object) {
        return object == null ? Map.of() : object.tree();
    }

    private boolean conditions(KubeObject policy, Map<String, Object> variables) {
        for (Map<String, Object> condition : policy.maps("spec", "matchConditions")) {
            if (!program(String.valueOf(condition.get("expression"))).holds(variables)) {
                return false;
            }
        }
        return true;
    }

    private void defineVariables(KubeObject policy, Map<String, Object> variables) {
        Map<String, Object> defined = new HashMap<>();
        for (Map<String, Object> each : policy.maps("spec", "variables")) {
            Map<String, Object> now = new HashMap<>(variables);
            now.put("variables", Map.copyOf(defined));
            defined.put(
                    String.valueOf(each.get("name")),
                    program(String.valueOf(each.get("expression"))).evaluate(now));
        }
        variables.put("variables", defined);
    }

    private void check(
            KubeObject policy,
            KubeObject binding,
            AdmissionRequest request,
            KubeObject validation,
            Map<String, Object> variables) {
        String expression = validation.text("expression");
        try {
            if (program(expression).holds(variables)) {
                return;
            }
        } catch (CelException failed) {
            fail(policy, binding, request, "expression '" + expression + "' resulted in error: " + failed.getMessage());
            return;
        }
        act(policy, binding, request, message(validation, variables), validation.text("reason"));
    }

    private String message(KubeObject validation, Map<String, Object> variables) {
        String computed = validation.text("messageExpression");
        if (!computed.isEmpty()) {
            try {
                if (program(computed).evaluate(variables) instanceof String text && !text.isBlank()) {
                    return text;
                }
            } catch (CelException fallsBack) {
                // upstream falls back to the fixed message too
            }
        }
        String fixed = validation.text("message");
        return fixed.isEmpty()
                ? "failed expression: " + validation.text("expression").strip()
                : fixed;
    }

    private void fail(KubeObject policy, KubeObject binding, AdmissionRequest request, String why) {
        if (!policy.text("spec", "failurePolicy").equals("Ignore")) {
            act(policy, binding, request, why, "");
        }
    }

    private static void act(
            KubeObject policy, KubeObject binding, AdmissionRequest request, String message, String reason) {
        List<String> actions = binding.texts("spec", "validationActions");
        String who = "ValidatingAdmissionPolicy '" + policy.name() + "' with binding '" + binding.name() + "' ";
        if (actions.contains("Warn")) {
            request.warnings().add("Validation failed for " + who + ": " + message);
        }
        if (actions.contains("Deny")) {
            throw denial(request, who + "denied request: " + message, reason);
        }
    }

    private static ApiException denial(AdmissionRequest request, String message, String reason) {
        GroupResource resource = request.resource();
        return switch (reason.isEmpty() ? "Invalid" : reason) {
            case "Forbidden" -> request.forbidden(message);
            case "Unauthorized" ->
                Statuses.of(401, "Unauthorized", message, Statuses.details(resource, request.name()));
            case "RequestEntityTooLarge" ->
                Statuses.of(413, "RequestEntityTooLarge", message, Statuses.details(resource, request.name()));
            default -> invalid(request, message);
        };
    }

    /** Upstream names the resource where other refusals of this sort name the kind, and leaves the field empty. */
    private static ApiException invalid(AdmissionRequest request, String message) {
        List<Map<String, Object>> causes = new ArrayList<>();
        causes.add(Statuses.cause("", message, ""));
        return Statuses.invalid(request.kind().group(), request.kind().resource(), request.name(), causes);
    }

    private CelProgram program(String expression) {
        return programs.computeIfAbsent(expression, text -> CelProgram.compile(text, NAMES));
    }
}
