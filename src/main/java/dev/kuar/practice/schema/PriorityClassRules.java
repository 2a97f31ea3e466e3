package dev.kuar.practice.schema;

import dev.kuar.practice.object.KubeObject;

/** Priority classes: what users may take, and that a value stays. */
final class PriorityClassRules implements KindRules {
    private static final long HIGHEST = 1_000_000_000;

    @Override
    public void check(KubeObject priority, FieldErrors errors) {
        boolean system = priority.name().equals("system-cluster-critical")
                || priority.name().equals("system-node-critical");
        if (priority.name().startsWith("system-") && !system) {
            errors.forbidden(
                    "metadata.name",
                    "priority class names with 'system-' prefix are reserved for system use only. error: "
                            + priority.name() + " is not a known system priority class");
        } else if (!system && priority.number(0, "value") > HIGHEST) {
            errors.forbidden("value", "maximum allowed value of a user defined priority is " + HIGHEST);
        }
    }

    @Override
    public void change(KubeObject priority, KubeObject old, FieldErrors errors) {
        if (priority.number(0, "value") != old.number(0, "value")) {
            errors.forbidden("value", "may not be changed in an update.");
        }
    }
}
