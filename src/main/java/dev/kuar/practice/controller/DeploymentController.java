package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.Informer;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.LabelSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Rolls ReplicaSets so that a Deployment's pods become those of its template.
 *
 * <p>Models the Deployment controller of Kubernetes 1.36: surge and unavailability, proportional scaling, revisions, pause,
 * progress deadline, history limit.
 */
final class DeploymentController implements Reconciler {
    static final String HASH = "pod-template-hash";

    private final ApiClient client;
    private final Informer deployments;
    private final Informer sets;
    private final Informer pods;
    private final Claims claims;
    private final DeploymentRevisions revisions;
    private final DeploymentScaling scaling;
    private final DeploymentStatus status;
    private final DeploymentRollback rollback;

    private DeploymentController(ControllerContext context) {
        this.client = context.clientFor("deployment-controller");
        this.deployments = context.informer(Kinds.DEPLOYMENTS);
        this.sets = context.informer(Kinds.REPLICA_SETS);
        this.pods = context.informer(Kinds.PODS);
        this.claims = new Claims(client, Kinds.REPLICA_SETS);
        EventRecorder events = context.events("deployment-controller");
        this.status = new DeploymentStatus(context, client);
        this.scaling = new DeploymentScaling(client, events);
        this.rollback = new DeploymentRollback(client, events);
        this.revisions = new DeploymentRevisions(client, events, status, scaling);
    }

    static void start(ControllerContext context) {
        DeploymentController controller = new DeploymentController(context);
        Loop loop = context.loop("deployment-controller", controller);
        context.watch(Kinds.DEPLOYMENTS, loop);
        context.watch(Kinds.REPLICA_SETS, set -> Owners.controllerKey(set, "Deployment"), loop);
        context.listen(Kinds.REPLICA_SETS, (old, now) -> {
            if (now != null && Owners.controllerOf(now).isEmpty()) {
                for (KubeObject deployment : controller.deployments.inNamespace(now.namespace())) {
                    if (LabelSelector.ofObject(deployment.map("spec", "selector"))
                            .matches(now.labels())) {
                        loop.add(Key.of(deployment));
                    }
                }
            }
        });
        // A Recreate deployment waits for the last old pod to go.
        context.listen(Kinds.PODS, (old, now) -> {
            if (old != null
                    && (now == null || now.isTerminating() != old.isTerminating() || PodState.isFinished(now))) {
                controller.deploymentOf(old).ifPresent(loop::add);
            }
        });
    }

    private Optional<Key> deploymentOf(KubeObject pod) {
        return Owners.controllerKey(pod, "ReplicaSet")
                .flatMap(key -> sets.find(key.namespace(), key.name()))
                .flatMap(set -> Owners.controllerKey(set, "Deployment"));
    }

    @Override
    public Next reconcile(Key key) {
        KubeObject deployment = deployments
                .find(key.namespace(), key.name())
                .map(KubeObject::copy)
                .orElse(null);
        if (deployment == null || deployment.map("spec", "selector").isEmpty()) {
            return Next.ON_CHANGE;
        }
        List<KubeObject> owned = claims.claim(
                deployment,
                sets.claimable(key.namespace(), deployment.uid()),
                LabelSelector.ofObject(deployment.map("spec", "selector")),
                "");
        owned.sort(DeploymentScaling.BY_AGE);
        if (deployment.isTerminating()) {
            return status.write(deployment, owned, revisions.sync(deployment, owned, false));
        }
        KubeObject checked = status.checkPaused(deployment);
        if (checked != null) {
            return Next.ON_CHANGE;
        }
        boolean paused = deployment.flag("spec", "paused");
        boolean back = DeploymentRollback.isWanted(deployment);
        if (!paused && back) {
            return goBack(deployment, owned);
        }
        if (paused || scaling.isScalingEvent(deployment, owned)) {
            KubeObject newest = revisions.sync(deployment, owned, false);
            scaling.scale(deployment, owned, newest);
            if (paused && !back) {
                revisions.cleanUp(deployment, owned, newest);
            }
            return status.write(deployment, owned, newest);
        }
        return deployment.text("spec", "strategy", "type").equals("Recreate")
                ? recreate(deployment, owned)
                : roll(deployment, owned);
    }

    private Next goBack(KubeObject deployment, List<KubeObject> owned) {
        KubeObject newest = revisions.sync(deployment, owned, true);
        if (newest != null) {
            rollback.run(deployment, including(owned, newest));
        }
        return Next.ON_CHANGE;
    }

    private Next roll(KubeObject deployment, List<KubeObject> owned) {
        KubeObject newest = revisions.sync(deployment, owned, true);
        if (newest == null) {
            return Next.ON_CHANGE;
        }
        List<KubeObject> all = including(owned, newest);
        if (scaling.scaleNewUp(deployment, all, newest)) {
            return status.writeRollout(deployment, all, newest);
        }
        if (scaling.scaleOldDown(deployment, all, newest)) {
            return status.writeRollout(deployment, all, newest);
        }
        if (DeploymentStatus.isComplete(deployment)) {
            revisions.cleanUp(deployment, all, newest);
        }
        return status.writeRollout(deployment, all, newest);
    }

    private Next recreate(KubeObject deployment, List<KubeObject> owned) {
        KubeObject newest = revisions.sync(deployment, owned, false);
        List<KubeObject> old = new ArrayList<>(owned);
        old.removeIf(set -> newest != null && set.uid().equals(newest.uid()));
        boolean scaled = false;
        for (KubeObject set : old) {
            scaled |= scaling.scaleTo(deployment, set, 0);
        }
        if (scaled || hasPodsOf(deployment, old, newest)) {
            return status.writeRollout(deployment, owned, newest);
        }
        KubeObject made = newest == null ? revisions.sync(deployment, owned, true) : newest;
        if (made == null) {
            return Next.ON_CHANGE;
        }
        List<KubeObject> all = including(owned, made);
        scaling.scaleTo(deployment, made, deployment.number(1, "spec", "replicas"));
        if (DeploymentStatus.isComplete(deployment)) {
            revisions.cleanUp(deployment, all, made);
        }
        return status.writeRollout(deployment, all, made);
    }

    private boolean hasPodsOf(KubeObject deployment, List<KubeObject> old, @Nullable KubeObject newest) {
        return DeploymentScaling.sumStatus(old, "replicas") > 0
                || old.stream()
                        .filter(set -> newest == null || !newest.uid().equals(set.uid()))
                        .anyMatch(set -> pods.claimable(deployment.namespace(), set.uid()).stream()
                                .anyMatch(pod -> !PodState.isFinished(pod) && Owners.controls(set, pod)));
    }

    private static List<KubeObject> including(List<KubeObject> owned, KubeObject newest) {
        List<KubeObject> all = new ArrayList<>();
        for (KubeObject set : owned) {
            if (!set.uid().equals(newest.uid())) {
                all.add(set);
            }
        }
        all.add(newest);
        return all;
    }
}
