package dev.kuar.practice.schema;

import dev.kuar.practice.object.KubeObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Jobs, autoscalers, quotas, revisions and events. */
final class WorkCells {
    private static final List<String> JOB_STATES =
            List.of("Complete", "Failed", "Suspended", "FailureTarget", "SuccessCriteriaMet");

    private WorkCells() {}

    static void register(Map<String, Cell> cells) {
        cells.put("job.status", (job, now) -> jobStatus(job));
        cells.put("job.completions", (job, now) -> completions(job));
        cells.put("job.duration", (job, now) -> duration(job, now));
        cells.put(
                "hpa.reference",
                (hpa, now) ->
                        hpa.text("spec", "scaleTargetRef", "kind") + "/" + hpa.text("spec", "scaleTargetRef", "name"));
        cells.put("hpa.targets", (hpa, now) -> HpaTargets.of(hpa));
        cells.put("quota.requests", (quota, now) -> quota(quota, false));
        cells.put("quota.limits", (quota, now) -> quota(quota, true));
        cells.put("controllerrevision.controller", (each, now) -> each.ownerReferences().stream()
                .filter(owner -> Boolean.TRUE.equals(owner.get("controller")))
                .map(KubeObject::of)
                .map(WorkCells::owner)
                .findFirst()
                .orElse(Cells.NONE));
        EventCells.register(cells);
    }

    private static String owner(KubeObject owner) {
        int slash = owner.apiVersion().indexOf('/');
        String group = slash < 0 ? "" : "." + owner.apiVersion().substring(0, slash);
        return owner.kind().toLowerCase(Locale.ROOT) + group + "/" + owner.text("name");
    }

    private static String jobStatus(KubeObject job) {
        for (String state : JOB_STATES) {
            boolean holds = job.maps("status", "conditions").stream()
                    .anyMatch(each -> state.equals(each.get("type")) && "True".equals(each.get("status")));
            if (state.equals("Suspended") && job.isTerminating()) {
                return "Terminating";
            }
            if (holds) {
                return state;
            }
        }
        return "Running";
    }

    private static String completions(KubeObject job) {
        long succeeded = job.number(0, "status", "succeeded");
        if (job.at("spec", "completions") != null) {
            return succeeded + "/" + job.number(0, "spec", "completions");
        }
        long parallelism = job.number(0, "spec", "parallelism");
        return parallelism > 1 ? succeeded + "/1 of " + parallelism : succeeded + "/1";
    }

    private static String duration(KubeObject job, Instant now) {
        String start = job.text("status", "startTime");
        String end = job.text("status", "completionTime");
        if (start.isEmpty()) {
            return "";
        }
        return HumanDuration.of(Duration.between(Instant.parse(start), end.isEmpty() ? now : Instant.parse(end)));
    }

    private static String quota(KubeObject quota, boolean limits) {
        List<String> parts = new ArrayList<>();
        Map<String, Object> used = quota.map("status", "used");
        new TreeMap<>(quota.map("status", "hard")).forEach((name, hard) -> {
            if (name.startsWith("limits.") == limits) {
                parts.add(name + ": " + used.getOrDefault(name, "0") + "/" + hard);
            }
        });
        return String.join(", ", parts);
    }
}
