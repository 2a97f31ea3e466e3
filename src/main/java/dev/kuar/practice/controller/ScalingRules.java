package dev.kuar.practice.controller;

import dev.kuar.practice.object.KubeObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongBinaryOperator;

/**
 * What an autoscaler remembers of one target, and what of a wish for replicas it lets through: stabilisation, the rates of
 * {@code spec.behavior}, minimum and maximum. Models the normalisation of Kubernetes 1.36's autoscaler.
 */
final class ScalingRules {
    private static final Duration DOWNSCALE = Duration.ofMinutes(5);
    private static final String INCREASING =
            "the desired replica count is increasing faster than the maximum scale rate";
    private static final String DECREASING =
            "the desired replica count is decreasing faster than the maximum scale rate";
    private static final String TOO_MANY = "the desired replica count is more than the maximum replica count";
    private static final String TOO_FEW = "the desired replica count is less than the minimum replica count";

    private final List<Moment> advices = new ArrayList<>();
    private final List<Moment> ups = new ArrayList<>();
    private final List<Moment> downs = new ArrayList<>();

    private record Moment(Instant at, long replicas) {}

    /** A condition's status, reason and message. */
    record Word(boolean holds, String reason, String message) {}

    /** How many there shall be, and the conditions AbleToScale and ScalingLimited. */
    record Decision(long replicas, Word able, Word limited) {}

    private record Limited(long replicas, String reason, String message) {}

    /** The first time that a target is seen, what it has counts as an advice. */
    void begin(Instant now, long current) {
        if (advices.isEmpty()) {
            advices.add(new Moment(now, current));
        }
    }

    /** After a change of size was written; kept where a behavior may ask for it. */
    void scaled(KubeObject scaler, Instant now, long from, long to) {
        if (scaler.at("spec", "behavior") != null) {
            (to > from ? ups : downs).add(new Moment(now, Math.abs(to - from)));
        }
    }

    Decision decide(KubeObject scaler, Instant now, long current, long wanted) {
        boolean behaves = scaler.at("spec", "behavior") != null;
        Limited stable = behaves ? stabilize(scaler, now, current, wanted) : stabilize(now, wanted);
        Word able = stable.replicas() == wanted
                ? new Word(true, "ReadyForNewScale", "recommended size matches current size")
                : new Word(true, stable.reason(), stable.message());
        long least = scaler.number(1, "spec", "minReplicas");
        long most = scaler.number(1, "spec", "maxReplicas");
        Limited limited = behaves
                ? rate(scaler, now, current, stable.replicas(), least, most)
                : limit(current, stable.replicas(), least, most);
        return new Decision(
                limited.replicas(),
                able,
                new Word(limited.replicas() != stable.replicas(), limited.reason(), limited.message()));
    }

    private static final String LATER_HIGHER =
            "recent recommendations were higher than current one, applying the highest recent recommendation";
    private static final String LATER_LOWER =
            "recent recommendations were lower than current one, applying the lowest recent recommendation";

    private Limited stabilize(Instant now, long wanted) {
        advices.removeIf(advice -> advice.at().isBefore(now.minus(DOWNSCALE)));
        long highest = Math.max(
                wanted, advices.stream().mapToLong(Moment::replicas).max().orElse(wanted));
        advices.add(new Moment(now, wanted));
        return new Limited(highest, "ScaleDownStabilized", LATER_HIGHER);
    }

    private Limited stabilize(KubeObject scaler, Instant now, long current, long wanted) {
        long up = wanted;
        long down = wanted;
        Instant upCutoff = now.minusSeconds(window(scaler, "scaleUp", 0));
        Instant downCutoff = now.minusSeconds(window(scaler, "scaleDown", DOWNSCALE.toSeconds()));
        for (Moment advice : advices) {
            if (advice.at().isAfter(upCutoff)) {
                up = Math.min(up, advice.replicas());
            }
            if (advice.at().isAfter(downCutoff)) {
                down = Math.max(down, advice.replicas());
            }
        }
        advices.removeIf(advice -> advice.at().isBefore(upCutoff) && advice.at().isBefore(downCutoff));
        advices.add(new Moment(now, wanted));
        long stable = Math.max(current, up);
        stable = Math.min(stable, down);
        return wanted >= current
                ? new Limited(stable, "ScaleUpStabilized", LATER_LOWER)
                : new Limited(stable, "ScaleDownStabilized", LATER_HIGHER);
    }

    private static long window(KubeObject scaler, String direction, long otherwise) {
        return scaler.number(otherwise, "spec", "behavior", direction, "stabilizationWindowSeconds");
    }

    /** Without a behavior: at most twice as many, or four. */
    private static Limited limit(long current, long wanted, long least, long most) {
        long fastest = Math.max(2 * current, 4);
        if (wanted < least) {
            return new Limited(least, "TooFewReplicas", TOO_FEW);
        }
        if (wanted > Math.min(most, fastest)) {
            return most > fastest
                    ? new Limited(fastest, "ScaleUpLimit", INCREASING)
                    : new Limited(most, "TooManyReplicas", TOO_MANY);
        }
        return within(wanted);
    }

    private static Limited within(long wanted) {
        return new Limited(wanted, "DesiredWithinRange", "the desired count is within the acceptable range");
    }

    private Limited rate(KubeObject scaler, Instant now, long current, long wanted, long least, long most) {
        if (wanted > current) {
            long fastest = Math.max(current, fastestUp(scaler, now, current));
            if (wanted > Math.min(most, fastest)) {
                return most > fastest
                        ? new Limited(fastest, "ScaleUpLimit", INCREASING)
                        : new Limited(most, "TooManyReplicas", TOO_MANY);
            }
        } else if (wanted < current) {
            long lowest = Math.min(current, fastestDown(scaler, now, current));
            if (wanted < Math.max(least, lowest)) {
                return least < lowest
                        ? new Limited(lowest, "ScaleDownLimit", DECREASING)
                        : new Limited(least, "TooFewReplicas", TOO_FEW);
            }
        }
        return within(wanted);
    }

    private long fastestUp(KubeObject scaler, Instant now, long current) {
        List<Map<String, Object>> policies = policies(scaler, "scaleUp");
        if (policies.isEmpty()) {
            policies = List.of(
                    Trees.map("type", "Pods", "value", 4L, "periodSeconds", 15L),
                    Trees.map("type", "Percent", "value", 100L, "periodSeconds", 15L));
        }
        return fastest(scaler, "scaleUp", policies, now, current, Math::max, Math::min, (start, policy) -> {
            long value = Trees.number(policy, "value", 0);
            return Trees.text(policy, "type").equals("Pods")
                    ? start + value
                    : (long) Math.ceil(start * (1 + value / 100.0));
        });
    }

    private long fastestDown(KubeObject scaler, Instant now, long current) {
        List<Map<String, Object>> policies = policies(scaler, "scaleDown");
        if (policies.isEmpty()) {
            policies = List.of(Trees.map("type", "Percent", "value", 100L, "periodSeconds", 15L));
        }
        return fastest(scaler, "scaleDown", policies, now, current, Math::min, Math::max, (start, policy) -> {
            long value = Trees.number(policy, "value", 0);
            return Trees.text(policy, "type").equals("Pods") ? start - value : (long) (start * (1 - value / 100.0));
        });
    }

    private interface Proposed {
        long of(long start, Map<String, Object> policy);
    }

    private long fastest(
            KubeObject scaler,
            String direction,
            List<Map<String, Object>> policies,
            Instant now,
            long current,
            LongBinaryOperator most,
            LongBinaryOperator least,
            Proposed proposed) {
        String select = scaler.text("spec", "behavior", direction, "selectPolicy");
        if (select.equals("Disabled")) {
            return current;
        }
        LongBinaryOperator chosen = select.equals("Min") ? least : most;
        return policies.stream()
                .mapToLong(policy -> {
                    Instant from = now.minusSeconds(Trees.number(policy, "periodSeconds", 0));
                    return proposed.of(current - since(ups, from) + since(downs, from), policy);
                })
                .reduce(chosen)
                .orElse(current);
    }

    private static long since(List<Moment> events, Instant from) {
        return events.stream()
                .filter(event -> event.at().isAfter(from))
                .mapToLong(Moment::replicas)
                .sum();
    }

    private static List<Map<String, Object>> policies(KubeObject scaler, String direction) {
        return scaler.maps("spec", "behavior", direction, "policies");
    }
}
