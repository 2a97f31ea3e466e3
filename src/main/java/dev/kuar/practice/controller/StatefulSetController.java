package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.Informer;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.LabelSelector;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the numbered pods of a StatefulSet and their claims: up from the lowest, each when the one before is available; down
 * and through updates from the highest. Models the StatefulSet controller of Kubernetes 1.36.
 */
final class StatefulSetController implements Reconciler {
    private final ControllerContext context;
    private final ApiClient client;
    private final EventRecorder events;
    private final Informer sets;
    private final Informer pods;
    private final Expectations expectations;
    private final Claims claims;
    private final RevisionHistory history;
    private final ClaimRetention retention;

    private StatefulSetController(ControllerContext context) {
        this.context = context;
        this.client = context.clientFor("statefulset-controller");
        this.events = context.events("statefulset-controller");
        this.sets = context.informer(Kinds.STATEFUL_SETS);
        this.pods = context.informer(Kinds.PODS);
        this.expectations = new Expectations(context.clock());
        this.claims = new Claims(client, Kinds.PODS);
        this.history = new RevisionHistory(context, client);
        this.retention = new ClaimRetention(client);
    }

    static void start(ControllerContext context) {
        StatefulSetController controller = new StatefulSetController(context);
        Loop loop = context.loop("statefulset-controller", controller);
        context.watch(Kinds.STATEFUL_SETS, loop);
        PodControl.follow(context, "StatefulSet", controller.expectations, loop);
        context.listen(Kinds.CLAIMS, (old, now) -> {
            if (now == null && old != null) {
                controller.sets.inNamespace(old.namespace()).stream()
                        .filter(set -> StatefulPods.mayOwn(set, old))
                        .forEach(set -> loop.add(Key.of(set)));
            }
        });
    }

    @Override
    public Next reconcile(Key key) {
        KubeObject set = sets.find(key.namespace(), key.name()).orElse(null);
        if (set == null || set.isTerminating() || !expectations.satisfied(key)) {
            return Next.ON_CHANGE;
        }
        TreeMap<Long, KubeObject> byOrdinal = new TreeMap<>();
        LabelSelector selector = LabelSelector.ofObject(set.map("spec", "selector"));
        for (KubeObject pod : claims.claim(set, pods.claimable(key.namespace(), set.uid()), selector, "")) {
            long ordinal = StatefulPods.ordinal(set, pod);
            if (ordinal >= 0) {
                byOrdinal.put(ordinal, pod);
            }
        }
        List<KubeObject> revisions = history.of(set);
        KubeObject update = history.current(set, revisions);
        String current = set.text("status", "currentRevision");
        KubeObject live = revisions.stream()
                .filter(revision -> revision.name().equals(current))
                .findFirst()
                .orElse(update);
        retention.settle(set, byOrdinal);
        Next next = step(set, byOrdinal, live, update);
        Set<String> inUse = new HashSet<>(List.of(update.name(), live.name()));
        byOrdinal.values().forEach(pod -> inUse.add(pod.labels().getOrDefault(RevisionHistory.HASH, "")));
        history.cleanUp(set, revisions, inUse);
        return next.or(writeStatus(set, byOrdinal, live, update));
    }

    /** Does what may be done next; one pod at a time unless the set is managed in parallel. */
    private Next step(KubeObject set, TreeMap<Long, KubeObject> byOrdinal, KubeObject live, KubeObject update) {
        long replicas = set.number(1, "spec", "replicas");
        long first = set.number(0, "spec", "ordinals", "start");
        boolean parallel = set.text("spec", "podManagementPolicy").equals("Parallel");
        long partition = set.number(0, "spec", "updateStrategy", "rollingUpdate", "partition");
        boolean whole = true;
        for (long ordinal = first; ordinal < first + replicas; ordinal++) {
            KubeObject pod = byOrdinal.get(ordinal);
            if (pod != null && PodState.isFinished(pod) && !pod.isTerminating()) {
                delete(set, pod);
                pod = byOrdinal.get(ordinal);
                whole = false;
            } else if (pod == null) {
                boolean newest = ordinal >= first + partition || live.name().equals(update.name());
                create(set, ordinal, newest ? update : live);
                whole = false;
            } else if (!isAvailable(set, pod) || pod.isTerminating()) {
                whole = false;
            }
            if (!whole && !parallel) {
                return later(set, pod);
            }
        }
        for (Map.Entry<Long, KubeObject> entry : byOrdinal.descendingMap().entrySet()) {
            boolean surplus = entry.getKey() >= first + replicas || entry.getKey() < first;
            if (surplus) {
                if (!entry.getValue().isTerminating()) {
                    delete(set, entry.getValue());
                }
                whole = false;
                if (!parallel) {
                    return Next.ON_CHANGE;
                }
            }
        }
        if (whole && !set.text("spec", "updateStrategy", "type").equals("OnDelete")) {
            for (Map.Entry<Long, KubeObject> entry : byOrdinal.descendingMap().entrySet()) {
                boolean old = !update.name().equals(entry.getValue().labels().get(RevisionHistory.HASH));
                if (old && entry.getKey() >= first + partition) {
                    delete(set, entry.getValue());
                    return Next.ON_CHANGE;
                }
            }
        }
        return Next.ON_CHANGE;
    }

    private Next later(KubeObject set, @Nullable KubeObject pod) {
        long minReady = set.number(0, "spec", "minReadySeconds");
        return pod != null && PodState.isReady(pod) && minReady > 0
                ? Next.at(PodState.availableAt(pod, minReady), context.instant())
                : Next.ON_CHANGE;
    }

    private boolean isAvailable(KubeObject set, KubeObject pod) {
        return PodState.isAvailable(pod, set.number(0, "spec", "minReadySeconds"), context.instant());
    }

    private void create(KubeObject set, long ordinal, KubeObject revision) {
        Key key = Key.of(set);
        for (KubeObject claim : StatefulPods.claims(set, ordinal)) {
            Optional<KubeObject> there = client.find(Kinds.CLAIMS, set.namespace(), claim.name());
            if (there.isPresent() && there.get().isTerminating()) {
                if (ClaimRetention.deletes(set, "whenScaled")) {
                    // Its pod has just been scaled away: the claim goes first.
                    return;
                }
                failed(set, set.name() + "-" + ordinal, "pvc " + claim.name() + " is being deleted");
                return;
            }
            if (there.isEmpty()) {
                client.create(Kinds.CLAIMS, set.namespace(), claim);
                events.normal(
                        set,
                        "SuccessfulCreate",
                        "Create Claim " + claim.name() + " Pod " + set.name() + "-" + ordinal + " in StatefulSet "
                                + set.name() + " success");
            }
        }
        KubeObject pod = StatefulPods.pod(set, ordinal, revision);
        expectations.expectCreation(key);
        try {
            client.create(Kinds.PODS, set.namespace(), pod);
            events.normal(
                    set,
                    "SuccessfulCreate",
                    "Create Pod " + pod.name() + " in StatefulSet " + set.name() + " successful");
        } catch (ApiException e) {
            expectations.created(key);
            failed(set, pod.name(), String.valueOf(e.getMessage()));
            throw e;
        }
    }

    private void failed(KubeObject set, String pod, String why) {
        events.warning(
                set, "FailedCreate", "Create Pod " + pod + " in StatefulSet " + set.name() + " failed error: " + why);
    }

    private void delete(KubeObject set, KubeObject pod) {
        expectations.expectDeletion(Key.of(set), pod.uid());
        try {
            client.delete(Kinds.PODS, pod.namespace(), pod.name(), ApiClient.DeleteOptions.ofUid(pod.uid()));
            events.normal(
                    set,
                    "SuccessfulDelete",
                    "Delete Pod " + pod.name() + " in StatefulSet " + set.name() + " successful");
        } catch (ApiException e) {
            expectations.deleted(Key.of(set), pod.uid());
            if (!e.isNotFound()) {
                throw e;
            }
        }
    }

    private Next writeStatus(KubeObject set, TreeMap<Long, KubeObject> byOrdinal, KubeObject live, KubeObject update) {
        long ready = 0;
        long available = 0;
        long current = 0;
        long updated = 0;
        for (KubeObject pod : byOrdinal.values()) {
            ready += PodState.isReady(pod) ? 1 : 0;
            available += isAvailable(set, pod) ? 1 : 0;
            String hash = pod.labels().getOrDefault(RevisionHistory.HASH, "");
            current += hash.equals(live.name()) && !pod.isTerminating() ? 1 : 0;
            updated += hash.equals(update.name()) && !pod.isTerminating() ? 1 : 0;
        }
        long replicas = set.number(1, "spec", "replicas");
        boolean done = !set.text("spec", "updateStrategy", "type").equals("OnDelete")
                && updated == byOrdinal.size()
                && ready == byOrdinal.size()
                && updated == replicas;
        ControllerContext.writeStatus(
                client,
                Kinds.STATEFUL_SETS,
                set,
                Trees.map(
                        "availableReplicas", available,
                        "collisionCount", set.number(0, "status", "collisionCount"),
                        "currentReplicas", Trees.orNull(done ? updated : current),
                        "currentRevision", done ? update.name() : live.name(),
                        "observedGeneration", Trees.orNull(set.generation()),
                        "readyReplicas", Trees.orNull(ready),
                        "replicas", (long) byOrdinal.size(),
                        "updateRevision", update.name(),
                        "updatedReplicas", Trees.orNull(updated)));
        return Next.ON_CHANGE;
    }
}
