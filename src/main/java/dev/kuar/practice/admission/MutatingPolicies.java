package dev.kuar.practice.admission;

import dev.kuar.practice.cel.CelException;
import dev.kuar.practice.cel.ObjectExpressions;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.ClusterReader;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.JsonWriter;
import dev.kuar.practice.object.KubeObject;
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

    private final ClusterReader reader;
    private final ObjectForm form;
    private final PolicyPrograms programs = new PolicyPrograms();

    MutatingPolicies(ClusterReader reader, ObjectForm form) {
        this.reader = reader;
        this.form = form;
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
        for (KubeObject binding : bindings) {
            Optional<KubeObject> policy = reader.find(POLICIES, "", binding.text("spec", "policyName"));
            if (policy.isPresent()
                    && PolicyMatch.matches(policy.get().map("spec", "matchConstraints"), request, reader, true)
                    && PolicyMatch.matches(binding.map("spec", "matchResources"), request, reader, false)) {
                if (change(policy.get(), binding, request)) {
                    again.addAll(called);
                    called.clear();
                }
                if (policy.get().text("spec", "reinvocationPolicy").equals("IfNeeded")) {
                    called.add(() -> change(policy.get(), binding, request));
                }
            }
        }
        again.forEach(Runnable::run);
    }

    /** Whether the object is another one now. */
    private boolean change(KubeObject policy, KubeObject binding, AdmissionRequest request) {
        Map<String, Object> before = KubeObject.copyOf(request.now().tree());
        Optional<List<Map<String, Object>>> params = PolicyParams.of(policy, binding, request, reader);
        if (params.isEmpty()) {
            fail(policy, binding, request, PolicyParams.ABSENT);
            return false;
        }
        for (Map<String, Object> each : params.get()) {
            try {
                Map<String, Object> variables = PolicyPrograms.variables(request, each, reader);
                if (programs.conditions(policy, variables)) {
                    for (Map<String, Object> mutation : policy.maps("spec", "mutations")) {
                        mutate(policy, KubeObject.of(mutation), each, request);
                    }
                }
            } catch (CelException failed) {
                fail(policy, binding, request, String.valueOf(failed.getMessage()));
            } catch (ApiException failed) {
                fail(policy, binding, request, failed.status().message());
            }
        }
        return !before.equals(request.now().tree());
    }

    private void mutate(KubeObject policy, KubeObject mutation, Map<String, Object> params, AdmissionRequest request) {
        Map<String, Object> variables = PolicyPrograms.variables(request, params, reader);
        programs.define(policy, variables);
        KubeObject object = request.now();
        Map<String, Object> changed;
        if (mutation.text("patchType").equals("JSONPatch")) {
            Object patch = evaluate(mutation.text("jsonPatch", "expression"), variables);
            if (!(patch instanceof List<?> operations)) {
                throw new CelException("type mismatch: JSONPatchType.expression should evaluate to array");
            }
            changed = Patches.json(object.tree(), JsonWriter.write(new ArrayList<>(operations)));
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

    private static void fail(KubeObject policy, KubeObject binding, AdmissionRequest request, String why) {
        if (policy.text("spec", "failurePolicy").equals("Ignore")) {
            return;
        }
        String message = "policy '" + policy.name() + "' with binding '" + binding.name() + "' denied request: " + why;
        List<Map<String, Object>> causes = new ArrayList<>();
        causes.add(Statuses.cause("", message, ""));
        throw Statuses.invalid(request.kind().group(), request.kind().resource(), request.name(), causes);
    }
}
