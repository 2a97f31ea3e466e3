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
        cells.put("job.status", job -> jobStatus(job));
        cells.put("job.completions", job -> completions(job));
        cells.put("job.duration", job -> duration(job));
        cells.put(
                "hpa.reference",
                hpa -> hpa.text("spec", "scaleTargetRef", "kind") + "/" + hpa.text("spec", "scaleTargetRef", "name"));
        cells.put("hpa.targets", hpa -> HpaTargets.of(hpa));
        cells.put("quota.requests", quota -> quota(quota, false));
        cells.put("quota.limits", quota -> quota(quota, true));
        cells.put("controllerrevision.controller", each -> each.ownerReferences().stream()
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

    private static Object duration(KubeObject job) {
        String start = job.text("status", "startTime");
        String end = job.text("status", "completionTime");
        if (start.isEmpty()) {
            return "";
        }
        Instant began = Instant.parse(start);
        return end.isEmpty() ? new Ago("", began, "") : HumanDuration.of(Duration.between(began, Instant.parse(end)));
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
