package dev.kuar.practice.scheduler;

import dev.kuar.practice.object.KubeObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether the devices of an allocated claim are prepared, where their drivers have to say so before a pod is bound. */
final class DeviceConditions {
    /** How long a driver may take. */
    static final Duration LONGEST = Duration.ofMinutes(10);

    private DeviceConditions() {}

    static boolean any(KubeObject claim) {
        return results(claim).stream()
                .anyMatch(each -> !each.texts("bindingConditions").isEmpty());
    }

    private static List<KubeObject> results(KubeObject claim) {
        return claim.maps("status", "allocation", "devices", "results").stream()
                .map(KubeObject::of)
                .toList();
    }

    /** What a driver says went wrong; null for nothing. */
    static @Nullable String failure(KubeObject claim) {
        for (KubeObject result : results(claim)) {
            for (String type : result.texts("bindingFailureConditions")) {
                KubeObject condition = condition(claim, result, type);
                if (!result.texts("bindingConditions").isEmpty() && isTrue(condition)) {
                    return "device binding failed: claim=" + claim.name() + ", reason=" + condition.text("reason")
                            + ", message=\"" + condition.text("message") + "\"";
                }
            }
        }
        return null;
    }

    static boolean areMet(KubeObject claim) {
        return results(claim).stream().allMatch(result -> result.texts("bindingConditions").stream()
                .allMatch(type -> isTrue(condition(claim, result, type))));
    }

    /** Whether it took too long. */
    static boolean isLate(KubeObject claim, Instant now) {
        String since = claim.text("status", "allocation", "allocationTimestamp");
        return any(claim)
                && !since.isEmpty()
                && Instant.parse(since).plus(LONGEST).isBefore(now);
    }

    private static boolean isTrue(KubeObject condition) {
        return condition.text("status").equals("True");
    }

    private static KubeObject condition(KubeObject claim, KubeObject result, String type) {
        for (Map<String, Object> each : claim.maps("status", "devices")) {
            KubeObject device = KubeObject.of(each);
            if (device.text("device").equals(result.text("device"))
                    && device.text("driver").equals(result.text("driver"))
                    && device.text("pool").equals(result.text("pool"))) {
                return device.maps("conditions").stream()
                        .map(KubeObject::of)
                        .filter(condition -> condition.text("type").equals(type))
                        .findFirst()
                        .orElse(KubeObject.of(Map.of()));
            }
        }
        return KubeObject.of(Map.of());
    }
}
