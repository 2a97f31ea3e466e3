package dev.kuar.practice.admission;

import dev.kuar.practice.cel.CelException;
import dev.kuar.practice.cel.CelProgram;
import dev.kuar.practice.object.AuditNotes;
import dev.kuar.practice.object.ClusterReader;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.JsonReader;
import dev.kuar.practice.object.JsonWriter;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Statuses;
import dev.kuar.practice.patch.Patches;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The cluster's admission webhooks, called over HTTPS: the mutating ones may change an object, the validating ones refuse it. */
final class Webhooks implements Admission {
    private static final String GROUP = "admissionregistration.k8s.io";
    private static final GroupResource MUTATING = GroupResource.of(GROUP, "mutatingwebhookconfigurations");
    private static final GroupResource VALIDATING = GroupResource.of(GROUP, "validatingwebhookconfigurations");

    private static final String MUTATION = "mutation.webhook.admission.k8s.io/";
    private static final String FAILED_MUTATION = "failed-open." + MUTATION;
    private static final String FAILED_VALIDATION = "failed-open.validating.webhook.admission.k8s.io/";

    private final ClusterReader reader;
    private final ObjectForm form;
    private final ServiceSockets sockets;
    private final PolicyMatch match;
    private final boolean mutating;
    private final PolicyPrograms programs = new PolicyPrograms();

    Webhooks(ClusterReader reader, ObjectForm form, ServiceSockets sockets, PolicyMatch match, boolean mutating) {
        this.reader = reader;
        this.form = form;
        this.sockets = sockets;
        this.match = match;
        this.mutating = mutating;
    }

    @Override
    public boolean seesConnections() {
        return true;
    }

    @Override
    public void mutate(AdmissionRequest request) {
        if (!mutating || request.kind().group().equals(GROUP)) {
            return;
        }
        List<Webhook> called = new ArrayList<>();
        List<Webhook> again = new ArrayList<>();
        for (Webhook hook : hooks(MUTATING)) {
            if (call(hook, request, 0)) {
                again.addAll(called);
                called.clear();
            }
            if (hook.isReinvoked()) {
                called.add(hook);
            }
        }
        again.forEach(hook -> call(hook, request, 1));
    }

    @Override
    public void validate(AdmissionRequest request) {
        if (!mutating && !request.kind().group().equals(GROUP)) {
            hooks(VALIDATING).forEach(hook -> call(hook, request, 0));
        }
    }

    private List<Webhook> hooks(GroupResource configurations) {
        List<KubeObject> sorted = new ArrayList<>(reader.list(configurations, ""));
        sorted.sort(Comparator.comparing(KubeObject::name));
        List<Webhook> hooks = new ArrayList<>();
        for (KubeObject configuration : sorted) {
            for (Map<String, Object> each : configuration.maps("webhooks")) {
                hooks.add(new Webhook(configuration.name(), hooks.size(), KubeObject.of(each), mutating, sockets));
            }
        }
        return hooks;
    }

    private boolean conditions(Webhook hook, AdmissionRequest request) {
        List<Map<String, Object>> conditions = hook.config().maps("matchConditions");
        if (conditions.isEmpty()) {
            return true;
        }
        Map<String, Object> variables = PolicyPrograms.variables(request, CelProgram.NULL, reader);
        try {
            return programs.conditions(conditions, variables);
        } catch (CelException failed) {
            if (hook.failsOpen()) {
                return false;
            }
            throw request.forbidden(String.valueOf(failed.getMessage()));
        }
    }

    /** Calls a webhook if it is about a request; whether the object was changed. */
    private boolean call(Webhook hook, AdmissionRequest request, int round) {
        AdmissionRequest seen = match.seen(hook.config(), request);
        if (seen == null || !conditions(hook, seen)) {
            return false;
        }
        boolean changed = false;
        try {
            changed = ask(hook, seen, round);
            if (changed) {
                match.bringBack(seen, request);
            }
        } catch (Webhook.CallFailure failure) {
            if (!hook.failsOpen()) {
                throw hook.refusal(failure);
            }
            request.notes().add(hook.note(mutating ? FAILED_MUTATION : FAILED_VALIDATION, round), hook.name());
        } finally {
            if (mutating) {
                Map<String, Object> note = about(hook);
                note.put("mutated", changed);
                request.notes().add(hook.note(MUTATION, round), JsonWriter.text(note));
            }
        }
        return changed;
    }

    private boolean ask(Webhook hook, AdmissionRequest request, int round) throws Webhook.CallFailure {
        byte[] patch = hook.call(request, reader);
        if (patch == null) {
            return false;
        }
        KubeObject object = request.object();
        if (object == null) {
            throw Statuses.internalError("admission webhook \"" + hook.name()
                    + "\" attempted to modify the object, which is not supported for this operation");
        }
        Map<String, Object> before = KubeObject.copyOf(object.tree());
        KubeObject changed = KubeObject.of(Patches.json(object.tree(), patch));
        Map<String, Object> note = about(hook);
        note.put("patch", JsonReader.read(patch));
        note.put("patchType", "JSONPatch");
        request.notes().add(hook.note(AuditNotes.DETAILED, round), JsonWriter.text(note));
        if (request.operation() != AdmissionRequest.Operation.CONNECT) {
            form.settle(request.kind(), changed);
        }
        object.tree().clear();
        object.tree().putAll(changed.tree());
        return !before.equals(object.tree());
    }

    private static Map<String, Object> about(Webhook hook) {
        Map<String, Object> note = new LinkedHashMap<>();
        note.put("configuration", hook.configuration());
        note.put("webhook", hook.name());
        return note;
    }
}
