package dev.kuar.practice.controller;

import dev.kuar.practice.object.KubeObject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How many replicas a metric of pods asks for. Models the replica calculator of Kubernetes 1.36's autoscaler: what pods that
 * are not ready or have no metrics are taken for, so that a guess never scales further than it is safe.
 */
final class ReplicaCalculator {
    private static final Duration CPU_INITIALIZATION = Duration.ofMinutes(5);
    private static final Duration FIRST_READINESS = Duration.ofSeconds(30);

    private final Instant now;
    private final double upTolerance;
    private final double downTolerance;

    ReplicaCalculator(Instant now, double upTolerance, double downTolerance) {
        this.now = now;
        this.upTolerance = upTolerance;
        this.downTolerance = downTolerance;
    }

    /** What one pod used in a window that ended at a time, in thousandths. */
    record PodMetric(long value, Instant at, Duration window) {}

    /**
     * What came of it.
     *
     * @param utilization percent of the request; 0 where the target is a value
     * @param average of the pods with metrics, in thousandths
     */
    record Proposal(long replicas, long utilization, long average) {}

    /** A metric that can't be used, with upstream's words. */
    static final class NoProposal extends Exception {
        private static final long serialVersionUID = 1L;

        NoProposal(String message) {
            super(message);
        }
    }

    private record Groups(long ready, Set<String> unready, Set<String> missing, Set<String> ignored) {}

    private record Ratio(double value, long utilization, long average) {}

    private interface Rate {
        Ratio of(Map<String, PodMetric> metrics) throws NoProposal;
    }

    /**
     * For a target in percent of what the pods request.
     *
     * @param container the one that counts; empty for all
     */
    Proposal byUtilization(
            long current,
            List<KubeObject> pods,
            Map<String, PodMetric> metrics,
            String resource,
            String container,
            long target)
            throws NoProposal {
        long missing = Math.max(100, target);
        Map<String, Long> requests = new HashMap<>();
        return calculate(
                current,
                pods,
                metrics,
                resource,
                m -> {
                    if (requests.isEmpty()) {
                        requests.putAll(PodRequests.of(pods, container, resource));
                    }
                    return utilization(m, requests, target);
                },
                pod -> requests.getOrDefault(pod, 0L) * missing / 100);
    }

    /** For a target in thousandths of a unit a pod. */
    Proposal byAverage(
            long current, List<KubeObject> pods, Map<String, PodMetric> metrics, String resource, long target)
            throws NoProposal {
        return calculate(current, pods, metrics, resource, m -> average(m, target), pod -> target);
    }

    private interface Assumed {
        long of(String pod);
    }

    private Proposal calculate(
            long current,
            List<KubeObject> pods,
            Map<String, PodMetric> all,
            String resource,
            Rate rate,
            Assumed whenMissing)
            throws NoProposal {
        if (pods.isEmpty()) {
            throw new NoProposal("no pods returned by selector while calculating replica count");
        }
        Map<String, PodMetric> metrics = new TreeMap<>(all);
        Groups groups = group(pods, metrics, resource);
        metrics.keySet().removeAll(groups.ignored());
        metrics.keySet().removeAll(groups.unready());
        if (metrics.isEmpty()) {
            throw new NoProposal("did not receive metrics for targeted pods (pods might be unready)");
        }
        Ratio ratio = rate.of(metrics);
        Proposal stay = new Proposal(current, ratio.utilization(), ratio.average());
        boolean unreadyCount = !groups.unready().isEmpty() && ratio.value() > 1;
        if (!unreadyCount && groups.missing().isEmpty()) {
            return isWithinTolerance(ratio.value())
                    ? stay
                    : new Proposal(
                            (long) Math.ceil(ratio.value() * groups.ready()), ratio.utilization(), ratio.average());
        }
        PodMetric nothing = new PodMetric(0, now, Duration.ZERO);
        for (String pod : groups.missing()) {
            if (ratio.value() < 1) {
                metrics.put(pod, new PodMetric(whenMissing.of(pod), now, Duration.ZERO));
            } else if (ratio.value() > 1) {
                metrics.put(pod, nothing);
            }
        }
        if (unreadyCount) {
            groups.unready().forEach(pod -> metrics.put(pod, nothing));
        }
        double cautious = rate.of(metrics).value();
        boolean turned = ratio.value() < 1 && cautious > 1 || ratio.value() > 1 && cautious < 1;
        long replicas = (long) Math.ceil(cautious * metrics.size());
        boolean otherWay = cautious < 1 && replicas > current || cautious > 1 && replicas < current;
        return isWithinTolerance(cautious) || turned || otherWay
                ? stay
                : new Proposal(replicas, ratio.utilization(), ratio.average());
    }

    private boolean isWithinTolerance(double ratio) {
        return 1 - downTolerance <= ratio && ratio <= 1 + upTolerance;
    }

    private static Ratio utilization(Map<String, PodMetric> metrics, Map<String, Long> requests, long target)
            throws NoProposal {
        long used = 0;
        long requested = 0;
        long pods = 0;
        for (Map.Entry<String, PodMetric> each : metrics.entrySet()) {
            Long request = requests.get(each.getKey());
            if (request != null) {
                used += each.getValue().value();
                requested += request;
                pods++;
            }
        }
        if (requested == 0) {
            throw new NoProposal("no metrics returned matched known pods");
        }
        long percent = used * 100 / requested;
        return new Ratio((double) percent / target, percent, used / pods);
    }

    private static Ratio average(Map<String, PodMetric> metrics, long target) {
        long used = metrics.values().stream().mapToLong(PodMetric::value).sum() / metrics.size();
        return new Ratio((double) used / target, 0, used);
    }

    private Groups group(List<KubeObject> pods, Map<String, PodMetric> metrics, String resource) {
        Groups groups = new Groups(0, new LinkedHashSet<>(), new LinkedHashSet<>(), new LinkedHashSet<>());
        long ready = 0;
        for (KubeObject pod : pods) {
            String phase = pod.text("status", "phase");
            PodMetric metric = metrics.get(pod.name());
            if (pod.isTerminating() || phase.equals("Failed")) {
                groups.ignored().add(pod.name());
            } else if (phase.equals("Pending")) {
                groups.unready().add(pod.name());
            } else if (metric == null) {
                groups.missing().add(pod.name());
            } else if (resource.equals("cpu") && isUnready(pod, metric)) {
                groups.unready().add(pod.name());
            } else {
                ready++;
            }
        }
        return new Groups(ready, groups.unready(), groups.missing(), groups.ignored());
    }

    /** Whether what a pod's CPU shows now may be its start, not its work. */
    private boolean isUnready(KubeObject pod, PodMetric metric) {
        Map<String, Object> condition = Trees.condition(pod, "Ready");
        String started = pod.text("status", "startTime");
        if (condition.isEmpty() || started.isEmpty()) {
            return true;
        }
        boolean down = "False".equals(condition.get("status"));
        Instant start = Instant.parse(started);
        Instant since = Instant.parse(Trees.text(condition, "lastTransitionTime"));
        return start.plus(CPU_INITIALIZATION).isAfter(now)
                ? down || metric.at().isBefore(since.plus(metric.window()))
                : down && start.plus(FIRST_READINESS).isAfter(since);
    }
}
