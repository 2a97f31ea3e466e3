package dev.kuar.practice.schema;

import dev.kuar.practice.object.KubeObject;
import java.util.List;

/** Jobs: counts, and what must stay as it was. */
final class JobRules implements KindRules {
    static final List<String> RESTARTS = List.of("OnFailure", "Never");

    @Override
    public void check(KubeObject job, FieldErrors errors) {
        RuleRun.part(RuleFiles.named("jobspec"), job.map("spec"), "spec", errors);
        if (job.name().length() > 63) {
            errors.syntax("metadata.name", job.name(), Syntax.label(job.name()));
        }
        PodSpecRules.check(KubeObject.of(job.map("spec", "template", "spec")), "spec.template.spec", errors);
        restart(job, "spec.template.spec", errors, "spec", "template", "spec", "restartPolicy");
    }

    static void restart(KubeObject object, String field, FieldErrors errors, String... path) {
        String restart = object.text(path);
        if (restart.isEmpty() || restart.equals("Always")) {
            if (restart.isEmpty()) {
                errors.required(field + ".restartPolicy", "valid values: \"OnFailure\", \"Never\"");
            } else {
                errors.unsupported(field + ".restartPolicy", restart, RESTARTS);
            }
        }
    }

    @Override
    public void change(KubeObject job, KubeObject old, FieldErrors errors) {
        boolean indexed = job.text("spec", "completionMode").equals("Indexed");
        for (String field : List.of("completions", "selector", "template", "completionMode", "podFailurePolicy")) {
            Object now = job.at("spec", field);
            Object before = old.at("spec", field);
            boolean suspended = field.equals("template") && old.flag("spec", "suspend");
            boolean elastic = field.equals("completions") && indexed;
            if (!suspended && !elastic && before != null && !before.equals(now)) {
                errors.invalid("spec." + field, now, "field is immutable");
            }
        }
    }
}
