package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.KubeObject;
import java.util.Map;

/** Creates and deletes the pods of one kind of owner, with the events that go with it. */
final class PodControl {
    private final ApiClient client;
    private final EventRecorder events;
    private final Expectations expectations;

    PodControl(ApiClient client, EventRecorder events, Expectations expectations) {
        this.client = client;
        this.events = events;
        this.expectations = expectations;
    }

    /** A pod as the owner's template says, owned by it; without a name. */
    static KubeObject fromTemplate(KubeObject owner, Map<String, Object> template) {
        KubeObject source = KubeObject.of(template);
        KubeObject pod = KubeObject.of(Trees.map("apiVersion", "v1", "kind", "Pod"));
        pod.set(owner.name() + "-", "metadata", "generateName");
        pod.set(owner.namespace(), "metadata", "namespace");
        for (String field : new String[] {"labels", "annotations", "finalizers"}) {
            Object value = source.at("metadata", field);
            if (value != null) {
                pod.set(KubeObject.copyOf(value), "metadata", field);
            }
        }
        pod.set(Owners.references(owner), "metadata", "ownerReferences");
        pod.set(KubeObject.copyOf(source.map("spec")), "spec");
        return pod;
    }

    KubeObject create(KubeObject owner, KubeObject pod) {
        Key key = Key.of(owner);
        expectations.expectCreation(key);
        try {
            KubeObject made = client.create(Kinds.PODS, owner.namespace(), pod);
            events.normal(owner, "SuccessfulCreate", "Created pod: " + made.name());
            return made;
        } catch (ApiException e) {
            expectations.created(key);
            if (!isForTermination(e)) {
                events.warning(owner, "FailedCreate", "Error creating: " + e.getMessage());
            }
            throw e;
        }
    }

    /** Whether nothing can be created because the namespace goes. */
    static boolean isForTermination(ApiException failure) {
        return failure.status().message().contains("because it is being terminated");
    }

    void delete(KubeObject owner, KubeObject pod) {
        Key key = Key.of(owner);
        expectations.expectDeletion(key, pod.uid());
        try {
            client.delete(Kinds.PODS, pod.namespace(), pod.name(), ApiClient.DeleteOptions.ofUid(pod.uid()));
            events.normal(owner, "SuccessfulDelete", "Deleted pod: " + pod.name());
        } catch (ApiException e) {
            expectations.deleted(key, pod.uid());
            if (!e.isNotFound() && !e.isConflict()) {
                events.warning(owner, "FailedDelete", "Error deleting: " + e.getMessage());
                throw e;
            }
        }
    }

    /** Keeps {@code expectations} true as pods of owners of {@code kind} come and go, and queues the owner. */
    static void follow(ControllerContext context, String kind, Expectations expectations, Loop loop) {
        context.listen(Kinds.PODS, (old, now) -> {
            KubeObject pod = now != null ? now : old;
            if (pod == null) {
                return;
            }
            if (old != null && now != null) {
                Owners.controllerKey(old, kind).ifPresent(loop::add);
            }
            Owners.controllerKey(pod, kind).ifPresent(key -> {
                if (old == null) {
                    expectations.created(key);
                }
                if (now == null || now.isTerminating()) {
                    expectations.deleted(key, pod.uid());
                }
                loop.add(key);
            });
        });
    }
}
