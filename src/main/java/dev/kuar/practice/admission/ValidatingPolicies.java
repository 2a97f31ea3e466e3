package dev.kuar.practice.admission;

import dev.kuar.practice.cel.CelException;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.ClusterReader;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Statuses;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The cluster's ValidatingAdmissionPolicies, where a binding puts them to work: CEL over the object, the request, a parameter. */
final class ValidatingPolicies implements Admission {
    private static final String GROUP = "admissionregistration.k8s.io";
    private static final GroupResource POLICIES = GroupResource.of(GROUP, "validatingadmissionpolicies");
    private static final GroupResource BINDINGS = GroupResource.of(GROUP, "validatingadmissionpolicybindings");

    private final ClusterReader reader;
    private final PolicyPrograms programs = new PolicyPrograms();

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
        Optional<List<Map<String, Object>>> found = PolicyParams.of(policy, binding, request, reader);
        if (found.isEmpty()) {
            fail(policy, binding, request, PolicyParams.ABSENT);
        }
        for (Map<String, Object> params : found.orElse(List.of())) {
            Map<String, Object> variables = PolicyPrograms.variables(request, params, reader);
            try {
                if (!programs.conditions(policy, variables)) {
                    return;
                }
                programs.define(policy, variables);
            } catch (CelException failed) {
                fail(policy, binding, request, String.valueOf(failed.getMessage()));
                return;
            }
            for (Map<String, Object> each : policy.maps("spec", "validations")) {
                check(policy, binding, request, KubeObject.of(each), variables);
            }
        }
    }

    private void check(
            KubeObject policy,
            KubeObject binding,
            AdmissionRequest request,
            KubeObject validation,
            Map<String, Object> variables) {
        String expression = validation.text("expression");
        try {
            if (programs.get(expression).holds(variables)) {
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
                if (programs.get(computed).evaluate(variables) instanceof String text && !text.isBlank()) {
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
}
