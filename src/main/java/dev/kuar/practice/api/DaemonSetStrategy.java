package dev.kuar.practice.api;

import dev.kuar.practice.object.KubeObject;
import java.util.Objects;

/** DaemonSets: an annotation counts how often the template changed. */
final class DaemonSetStrategy implements Strategy {
    private static final String GENERATION = "deprecated.daemonset.template.generation";

    @Override
    public void decoded(KubeObject object) {
        String given = object.annotations().getOrDefault(GENERATION, "");
        object.set(String.valueOf(number(given) + (given.isEmpty() ? 1 : 0)), "metadata", "annotations", GENERATION);
    }

    @Override
    public void prepareUpdate(Write write) {
        KubeObject old = Objects.requireNonNull(write.old());
        if (!write.subresource().isEmpty()) {
            return;
        }
        long before = number(old.annotations().getOrDefault(GENERATION, "1"));
        boolean changed = !old.map("spec", "template").equals(write.object().map("spec", "template"));
        write.object().set(String.valueOf(changed ? before + 1 : before), "metadata", "annotations", GENERATION);
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
