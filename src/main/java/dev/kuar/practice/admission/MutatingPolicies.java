package dev.kuar.practice.admission;

import dev.kuar.practice.cel.CelBudget;
import dev.kuar.practice.cel.CelException;
import dev.kuar.practice.cel.ObjectExpressions;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.ClusterReader;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.JsonWriter;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Status;
import dev.kuar.practice.object.Statuses;
import dev.kuar.practice.patch.Patches;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The cluster's MutatingAdmissionPolicies where a binding puts them to work: CEL that says what an apply would, or a JSON
 * patch. In the order of their names, each on what those before it made.
 */
final class MutatingPolicies implements Admission {
    private static final String GROUP = "admissionregistration.k8s.io";
    private static final GroupResource POLICIES = GroupResource.of(GROUP, "mutatingadmissionpolicies");
    private static final GroupResource BINDINGS = GroupResource.of(GROUP, "mutatingadmissionpolicybindings");

    private static final String REASON = "statusReason";

    private final ClusterReader reader;
    private final ObjectForm form;
    private final PolicyMatch match;
    private final PolicyPrograms programs = new PolicyPrograms();

    MutatingPolicies(ClusterReader reader, ObjectForm form, PolicyMatch match) {
        this.reader = reader;
        this.form = form;
        this.match = match;
    }

    @Override
    public void mutate(AdmissionRequest request) {
        if (request.kind().group().equals(GROUP) || request.object() == null) {
            return;
        }
        List<KubeObject> bindings = new ArrayList<>(reader.list(BINDINGS, ""));
        bindings.sort(Comparator.comparing((KubeObject each) -> each.text("spec", "policyName"))
                .thenComparing(KubeObject::name));
        List<Runnable> again = new ArrayList<>();
        List<Runnable> called = new ArrayList<>();
        Faults faults = new Faults(request, new ArrayList<>());
        for (KubeObject binding : bindings) {
            Optional<KubeObject> policy = reader.find(POLICIES, "", binding.text("spec", "policyName"));
            if (policy.isPresent() && match.seen(binding.map("spec", "matchResources"), request, false) != null) {
                if (change(policy.get(), binding, request, faults)) {
                    again.addAll(called);
                    called.clear();
                }
                if (policy.get().text("spec", "reinvocationPolicy").equals("IfNeeded")) {
                    called.add(() -> change(policy.get(), binding, request, faults));
                }
            }
        }
        again.forEach(Runnable::run);
        faults.refuse();
    }

    /** Whether the object is another one now. */
    private boolean change(KubeObject policy, KubeObject binding, AdmissionRequest request, Faults faults) {
        AdmissionRequest seen = match.seen(policy.map("spec", "matchConstraints"), request, true);
        if (seen == null) {
            return false;
        }
        Map<String, Object> before = KubeObject.copyOf(request.now().tree());
        List<Object> params;
        try {
            params = PolicyParams.of(policy, binding, seen, reader);
        } catch (PolicyParams.Misfit misfit) {
            faults.add(policy, misfit.isOfBinding() ? binding : null, String.valueOf(misfit.getMessage()), "Forbidden");
            return false;
        }
        for (Object each : params) {
            try {
                Map<String, Object> variables = PolicyPrograms.variables(seen, each, reader);
                if (programs.conditions(policy.maps("spec", "matchConditions"), variables)) {
                    for (Map<String, Object> mutation : policy.maps("spec", "mutations")) {
                        mutate(policy, KubeObject.of(mutation), each, seen);
                        match.bringBack(seen, request);
                    }
                }
            } catch (CelException failed) {
                faults.add(policy, binding, String.valueOf(failed.getMessage()), "Invalid");
            } catch (ApiException failed) {
                faults.add(policy, binding, failed.status().message(), "Invalid");
            }
        }
        return !before.equals(request.now().tree());
    }

    private void mutate(KubeObject policy, KubeObject mutation, Object params, AdmissionRequest request) {
        Map<String, Object> variables = PolicyPrograms.variables(request, params, reader);
        programs.define(policy, variables, CelBudget.ofObject());
        KubeObject object = request.now();
        Map<String, Object> changed;
        if (mutation.text("patchType").equals("JSONPatch")) {
            Object patch = evaluate(mutation.text("jsonPatch", "expression"), variables);
            if (!(patch instanceof List<?> operations)) {
                throw new CelException("type mismatch: JSONPatchType.expression should evaluate to array");
            }
            Optional<Map<String, Object>> patched =
                    Patches.jsonIfTested(object.tree(), JsonWriter.write(new ArrayList<>(operations)));
            if (patched.isEmpty()) {
                return;
            }
            changed = patched.get();
        } else {
            Object config = evaluate(mutation.text("applyConfiguration", "expression"), variables);
            changed = Patches.overlay(request.kind().schema(), object.tree(), map(config));
        }
        KubeObject settled = KubeObject.of(changed);
        form.settle(request.kind(), settled);
        object.tree().clear();
        object.tree().putAll(settled.tree());
    }

    private Object evaluate(String expression, Map<String, Object> variables) {
        return plain(programs.get(ObjectExpressions.asMaps(expression)).evaluate(new HashMap<>(variables)));
    }

    private static Map<String, Object> map(@Nullable Object value) {
        if (!(value instanceof Map<?, ?> given)) {
            throw new CelException("unsupported return type from ApplyConfiguration expression");
        }
        Map<String, Object> map = new LinkedHashMap<>();
        given.forEach((key, each) -> map.put(String.valueOf(key), each));
        return map;
    }

    /** A value of CEL as a tree of our own. */
    private static Object plain(Object value) {
        if (value instanceof Map<?, ?> given) {
            Map<String, Object> map = new LinkedHashMap<>();
            given.forEach((key, each) -> map.put(String.valueOf(key), plain(each)));
            return map;
        }
        if (value instanceof List<?> given) {
            List<Object> list = new ArrayList<>();
            given.forEach(each -> list.add(plain(each)));
            return list;
        }
        return value;
    }

    /** What failed where the policy does not let that pass; all of it is said at the end. */
    private record Faults(AdmissionRequest request, List<Map<String, Object>> causes) {
        void add(KubeObject policy, @Nullable KubeObject binding, String why, String reason) {
            if (policy.text("spec", "failurePolicy").equals("Ignore")) {
                return;
            }
            String denied = " denied request: " + why;
            String message = binding == null
                    ? "policy " + JsonWriter.text(policy.name()) + denied
                    : "policy '" + policy.name() + "' with binding '" + binding.name() + "'" + denied;
            Map<String, Object> cause = Statuses.cause("", message, "");
            cause.put(REASON, reason);
            causes.add(cause);
        }

        /** Upstream words it as forbidden, under the code of that, whatever reason it then gives. */
        void refuse() {
            if (causes.isEmpty()) {
                return;
            }
            Status forbidden =
                    request.forbidden("admission request denied by policy").status();
            String reason = String.valueOf(causes.get(0).get(REASON));
            causes.forEach(each -> each.remove(REASON));
            Map<String, Object> details = new LinkedHashMap<>(forbidden.details());
            details.put("causes", new ArrayList<Object>(causes));
            throw new ApiException(new Status(
                    forbidden.code(), reason, String.valueOf(causes.get(0).get("message")), details));
        }
    }
}
