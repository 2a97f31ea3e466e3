package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How many pods each ReplicaSet of a Deployment should have, step by step. */
final class DeploymentScaling {
    static final String DESIRED = "deployment.kubernetes.io/desired-replicas";
    static final String MAX = "deployment.kubernetes.io/max-replicas";

    /** The oldest first. */
    static final Comparator<KubeObject> BY_AGE =
            Comparator.comparing(PodState::created).thenComparing(KubeObject::name);

    private final ApiClient client;
    private final EventRecorder events;

    DeploymentScaling(ApiClient client, EventRecorder events) {
        this.client = client;
        this.events = events;
    }

    static long replicas(KubeObject object) {
        return object.number(1, "spec", "replicas");
    }

    private static boolean isRolling(KubeObject deployment) {
        return !deployment.text("spec", "strategy", "type").equals("Recreate");
    }

    static long maxSurge(KubeObject deployment) {
        return isRolling(deployment)
                ? Trees.scaled(
                        deployment.at("spec", "strategy", "rollingUpdate", "maxSurge"), replicas(deployment), true)
                : 0;
    }

    static long maxUnavailable(KubeObject deployment) {
        if (!isRolling(deployment) || replicas(deployment) == 0) {
            return 0;
        }
        long unavailable = Trees.scaled(
                deployment.at("spec", "strategy", "rollingUpdate", "maxUnavailable"), replicas(deployment), false);
        if (unavailable == 0 && maxSurge(deployment) == 0) {
            return 1;
        }
        return Math.min(unavailable, replicas(deployment));
    }

    static long sum(List<KubeObject> sets) {
        return sets.stream().mapToLong(DeploymentScaling::replicas).sum();
    }

    static long sumStatus(List<KubeObject> sets, String field) {
        return sets.stream().mapToLong(set -> set.number(0, "status", field)).sum();
    }

    /** What the new set may have, all others as they are. */
    long replicasOfNew(KubeObject deployment, List<KubeObject> all, long now) {
        if (!isRolling(deployment)) {
            return replicas(deployment);
        }
        long free = replicas(deployment) + maxSurge(deployment) - sum(all);
        return free <= 0 ? now : now + Math.min(free, replicas(deployment) - now);
    }

    /** Whether {@code spec.replicas} changed since the sets were last annotated. */
    boolean isScalingEvent(KubeObject deployment, List<KubeObject> sets) {
        return sets.stream()
                .filter(set -> replicas(set) > 0 && annotated(set, DESIRED) >= 0)
                .anyMatch(set -> annotated(set, DESIRED) != replicas(deployment));
    }

    boolean scaleNewUp(KubeObject deployment, List<KubeObject> all, KubeObject newest) {
        long wanted = replicas(deployment);
        if (replicas(newest) == wanted) {
            return false;
        }
        long next = replicas(newest) > wanted ? wanted : replicasOfNew(deployment, all, replicas(newest));
        return scaleTo(deployment, newest, next);
    }

    /** Takes old pods away, unhealthy ones first, as far as availability allows. */
    boolean scaleOldDown(KubeObject deployment, List<KubeObject> all, KubeObject newest) {
        List<KubeObject> old = new ArrayList<>(all);
        old.removeIf(set -> set.uid().equals(newest.uid()));
        if (sum(old) == 0) {
            return false;
        }
        long minAvailable = replicas(deployment) - maxUnavailable(deployment);
        long newUnavailable = replicas(newest) - newest.number(0, "status", "availableReplicas");
        long budget = sum(all) - minAvailable - newUnavailable;
        if (budget <= 0) {
            return false;
        }
        old.sort(BY_AGE);
        boolean scaled = false;
        for (int i = 0; i < old.size() && budget > 0; i++) {
            KubeObject set = old.get(i);
            long unhealthy = replicas(set) - set.number(0, "status", "availableReplicas");
            long take = Math.min(budget, Math.max(0, unhealthy));
            if (take > 0) {
                old.set(i, scaled(deployment, set, replicas(set) - take));
                budget -= take;
                scaled = true;
            }
        }
        List<KubeObject> after = new ArrayList<>(old);
        after.add(newest);
        long spare = sumStatus(after, "availableReplicas") - minAvailable;
        for (int i = 0; i < old.size() && spare > 0; i++) {
            long take = Math.min(spare, replicas(old.get(i)));
            if (take > 0) {
                scaled(deployment, old.get(i), replicas(old.get(i)) - take);
                spare -= take;
                scaled = true;
            }
        }
        return scaled;
    }

    /** A number that the controller has noted on a set; -1 for none that can be used. */
    private static long annotated(KubeObject set, String annotation) {
        try {
            return Math.max(-1, Integer.parseInt(set.annotations().getOrDefault(annotation, "-1")));
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** After {@code spec.replicas} changed: the one active set, or the youngest, gets it all, several in proportion. */
    void scale(KubeObject deployment, List<KubeObject> all, @Nullable KubeObject newest) {
        List<KubeObject> active = new ArrayList<>(all);
        active.removeIf(set -> replicas(set) == 0);
        if (active.size() < 2) {
            KubeObject only = active.isEmpty() ? newest : active.get(0);
            only = only == null ? all.stream().max(BY_AGE).orElse(null) : only;
            if (only != null) {
                scaleTo(deployment, only, replicas(deployment));
            }
            return;
        }
        if (newest != null && isSaturated(deployment, newest)) {
            for (KubeObject set : active) {
                if (!set.uid().equals(newest.uid())) {
                    scaleTo(deployment, set, 0);
                }
            }
            return;
        }
        if (isRolling(deployment)) {
            proportionally(deployment, active);
        }
    }

    private static boolean isSaturated(KubeObject deployment, KubeObject newest) {
        long replicas = replicas(deployment);
        return replicas(newest) == replicas
                && annotated(newest, DESIRED) == replicas
                && newest.number(0, "status", "availableReplicas") == replicas;
    }

    private void proportionally(KubeObject deployment, List<KubeObject> active) {
        long allowed = replicas(deployment) > 0 ? replicas(deployment) + maxSurge(deployment) : 0;
        long toAdd = allowed - sum(active);
        Comparator<KubeObject> bySize =
                Comparator.comparingLong(DeploymentScaling::replicas).reversed();
        active.sort(bySize.thenComparing(toAdd > 0 ? BY_AGE.reversed() : BY_AGE));
        long added = 0;
        long[] target = new long[active.size()];
        for (int i = 0; i < active.size(); i++) {
            long share = toAdd == added ? 0 : share(deployment, active.get(i));
            long left = toAdd - added;
            long step = toAdd > 0 ? Math.min(share, left) : Math.max(share, left);
            target[i] = replicas(active.get(i)) + step;
            added += step;
        }
        for (int i = 0; i < active.size(); i++) {
            scaled(deployment, active.get(i), i == 0 ? Math.max(0, target[0] + toAdd - added) : target[i]);
        }
    }

    /** How many more a set gets for keeping its part of the whole. */
    private static long share(KubeObject deployment, KubeObject set) {
        if (replicas(deployment) == 0) {
            return -replicas(set);
        }
        long before = annotated(set, MAX) > 0 ? annotated(set, MAX) : deployment.number(0, "status", "replicas");
        double all = replicas(deployment) + maxSurge(deployment);
        return before == 0 ? 0 : Math.round(replicas(set) * all / before) - replicas(set);
    }

    /** Whether the number of replicas changed; a set of the right size is not touched. */
    boolean scaleTo(KubeObject deployment, KubeObject set, long replicas) {
        if (replicas(set) == replicas) {
            return false;
        }
        scaled(deployment, set, replicas);
        return true;
    }

    private KubeObject scaled(KubeObject deployment, KubeObject set, long replicas) {
        long before = replicas(set);
        KubeObject changed = set.copy();
        changed.set(replicas, "spec", "replicas");
        annotate(deployment, changed);
        if (changed.equals(set)) {
            return set;
        }
        KubeObject written = client.update(Kinds.REPLICA_SETS, changed);
        if (before != replicas) {
            events.normal(
                    deployment,
                    "ScalingReplicaSet",
                    "Scaled " + (before < replicas ? "up" : "down") + " replica set " + set.name() + " from " + before
                            + " to " + replicas);
        }
        return written;
    }

    void annotate(KubeObject deployment, KubeObject set) {
        set.set(String.valueOf(replicas(deployment)), "metadata", "annotations", DESIRED);
        set.set(String.valueOf(replicas(deployment) + maxSurge(deployment)), "metadata", "annotations", MAX);
    }
}
