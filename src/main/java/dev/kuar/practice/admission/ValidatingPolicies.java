package dev.kuar.practice.admission;

import dev.kuar.practice.cel.CelBudget;
import dev.kuar.practice.cel.CelException;
import dev.kuar.practice.cel.CelProgram;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.ClusterReader;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Status;
import dev.kuar.practice.object.Statuses;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The cluster's ValidatingAdmissionPolicies, where a binding puts them to work: CEL over the object, the request, a parameter.
 *
 * <p>All of them have their say, so that each may warn and note; then the first denial counts.
 */
final class ValidatingPolicies implements Admission {
    private static final String GROUP = "admissionregistration.k8s.io";
    private static final GroupResource POLICIES = GroupResource.of(GROUP, "validatingadmissionpolicies");
    private static final GroupResource BINDINGS = GroupResource.of(GROUP, "validatingadmissionpolicybindings");

    private static final int LONGEST_MESSAGE = 5 * 1024;

    private final ClusterReader reader;
    private final PolicyMatch match;
    private final PolicyPrograms programs = new PolicyPrograms();

    ValidatingPolicies(ClusterReader reader, PolicyMatch match) {
        this.reader = reader;
        this.match = match;
    }

    @Override
    public boolean seesConnections() {
        return true;
    }

    @Override
    public void validate(AdmissionRequest request) {
        if (request.kind().group().equals(GROUP)) {
            return;
        }
        List<KubeObject> bindings = sorted(BINDINGS);
        if (bindings.isEmpty()) {
            return;
        }
        List<ApiException> denials = new ArrayList<>();
        for (KubeObject policy : sorted(POLICIES)) {
            List<KubeObject> own = bindings.stream()
                    .filter(binding -> binding.text("spec", "policyName").equals(policy.name()))
                    .toList();
            AdmissionRequest seen =
                    own.isEmpty() ? null : match.seen(policy.map("spec", "matchConstraints"), request, true);
            if (seen == null) {
                continue;
            }
            Judgement judgement = new Judgement(policy, seen, denials);
            for (KubeObject binding : own) {
                if (match.seen(binding.map("spec", "matchResources"), request, false) != null) {
                    judge(judgement, binding);
                }
            }
            judgement.publish();
        }
        if (!denials.isEmpty()) {
            throw denials.get(0);
        }
    }

    private List<KubeObject> sorted(GroupResource resource) {
        List<KubeObject> all = new ArrayList<>(reader.list(resource, ""));
        all.sort(Comparator.comparing(KubeObject::name));
        return all;
    }

    private void judge(Judgement judgement, KubeObject binding) {
        KubeObject policy = judgement.policy();
        List<Object> found = List.of();
        try {
            found = PolicyParams.of(policy, binding, judgement.request(), reader);
        } catch (PolicyParams.Misfit misfit) {
            judgement.misconfigured(binding, misfit);
        }
        for (Object params : found) {
            Map<String, Object> variables = PolicyPrograms.variables(judgement.request(), params, reader);
            try {
                if (!programs.conditions(policy.maps("spec", "matchConditions"), variables)) {
                    continue;
                }
            } catch (CelException failed) {
                judgement.failed(binding, 0, String.valueOf(failed.getMessage()));
                continue;
            }
            CelBudget budget = CelBudget.ofObject();
            programs.define(policy, variables, budget);
            int index = 0;
            for (Map<String, Object> each : policy.maps("spec", "validations")) {
                check(judgement, binding, index++, KubeObject.of(each), variables, budget);
                if (budget.isSpent()) {
                    break;
                }
            }
            programs.define(policy, variables, CelBudget.ofObject());
            for (Map<String, Object> each : policy.maps("spec", "auditAnnotations")) {
                note(judgement, binding, KubeObject.of(each), variables);
            }
        }
    }

    private void check(
            Judgement judgement,
            KubeObject binding,
            int index,
            KubeObject validation,
            Map<String, Object> variables,
            CelBudget budget) {
        String expression = validation.text("expression");
        try {
            if (programs.get(expression).holds(variables, budget)) {
                return;
            }
        } catch (CelException failed) {
            judgement.failed(binding, index, PolicyPrograms.error(expression, failed));
            return;
        }
        judgement.act(binding, index, message(validation, variables), validation.text("reason"));
    }

    private String message(KubeObject validation, Map<String, Object> variables) {
        String computed = validation.text("messageExpression");
        if (!computed.isEmpty()) {
            try {
                if (programs.get(computed).evaluate(variables) instanceof String text
                        && !text.isBlank()
                        && text.strip().getBytes(StandardCharsets.UTF_8).length <= LONGEST_MESSAGE
                        && !text.strip().contains("\n")) {
                    return text.strip();
                }
            } catch (CelException fallsBack) {
                // upstream falls back to the fixed message too
            }
        }
        String fixed = validation.text("message").strip();
        return fixed.isEmpty()
                ? "failed expression: " + validation.text("expression").strip()
                : fixed;
    }

    private void note(Judgement judgement, KubeObject binding, KubeObject annotation, Map<String, Object> variables) {
        String expression = annotation.text("valueExpression");
        try {
            Object value = programs.get(expression).evaluate(variables);
            if (value instanceof String text) {
                judgement.note(annotation.text("key"), text.strip());
            } else if (!value.equals(CelProgram.NULL)) {
                judgement.deny(
                        binding,
                        "valueExpression '" + expression + "' resulted in unsupported return type: "
                                + PolicyPrograms.typeOf(value) + ". Return type must be either string or null.",
                        "");
            }
        } catch (CelException failed) {
            if (!judgement.failsOpen()) {
                judgement.deny(
                        binding, "expression '" + expression + "' resulted in error: " + failed.getMessage(), "");
            }
        }
    }

    /** What one policy makes of one request. */
    private record Judgement(
            KubeObject policy,
            AdmissionRequest request,
            List<ApiException> denials,
            Map<String, List<String>> annotations) {
        private static final int LONGEST = 10 * 1024;

        Judgement(KubeObject policy, AdmissionRequest request, List<ApiException> denials) {
            this(policy, request, denials, new LinkedHashMap<>());
        }

        boolean failsOpen() {
            return policy.text("spec", "failurePolicy").equals("Ignore");
        }

        /** A binding that cannot be put to work denies whatever its actions are. */
        void misconfigured(KubeObject binding, PolicyParams.Misfit why) {
            if (!failsOpen()) {
                String with = why.isOfBinding() ? " with binding '" + binding.name() + "'" : "";
                denied(with, String.valueOf(why.getMessage()), "");
            }
        }

        void failed(KubeObject binding, int index, String why) {
            if (!failsOpen()) {
                act(binding, index, why, "");
            }
        }

        void act(KubeObject binding, int index, String message, String reason) {
            for (String action : binding.texts("spec", "validationActions")) {
                switch (action) {
                    case "Deny" -> deny(binding, message, reason);
                    case "Audit" ->
                        request.notes()
                                .add(
                                        "validation.policy.admission.k8s.io/validation_failure",
                                        PolicyPrograms.failure(message, policy, binding, index));
                    case "Warn" ->
                        request.warnings()
                                .add("Validation failed for ValidatingAdmissionPolicy '" + policy.name()
                                        + "' with binding '" + binding.name() + "': " + message);
                    default -> {
                        // validation lets no other through
                    }
                }
            }
        }

        /** Upstream words it as forbidden, whatever reason and code it then gives it. */
        void deny(KubeObject binding, String message, String reason) {
            denied(" with binding '" + binding.name() + "'", message, reason);
        }

        private void denied(String with, String message, String reason) {
            String denied = "ValidatingAdmissionPolicy '" + policy.name() + "'" + with + " denied request: " + message;
            Status forbidden = request.forbidden(denied).status();
            Map<String, Object> details = new LinkedHashMap<>(forbidden.details());
            details.put("causes", List.of(Statuses.cause("", denied, "")));
            int code =
                    switch (reason) {
                        case "Forbidden" -> 403;
                        case "Unauthorized" -> 401;
                        case "RequestEntityTooLarge" -> 413;
                        default -> 422;
                    };
            denials.add(new ApiException(
                    new Status(code, reason.isEmpty() ? "Invalid" : reason, forbidden.message(), details)));
        }

        void note(String key, String value) {
            String kept = value.length() > LONGEST ? value.substring(0, LONGEST) : value;
            List<String> values = annotations.computeIfAbsent(key, made -> new ArrayList<>());
            if (!kept.isEmpty() && !values.contains(kept)) {
                values.add(kept);
            }
        }

        void publish() {
            annotations.forEach((key, values) -> {
                if (!values.isEmpty()) {
                    request.notes().add(policy.name() + "/" + key, String.join(", ", values));
                }
            });
        }
    }
}
