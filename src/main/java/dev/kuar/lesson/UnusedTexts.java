package dev.kuar.lesson;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds reasons in the Markdown that no step refers to. */
final class UnusedTexts {
    private final Lesson lesson;

    UnusedTexts(Lesson lesson) {
        this.lesson = lesson;
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        for (Map.Entry<String, LessonText> text : lesson.texts().entrySet()) {
            String file = lesson.slug() + "/" + text.getKey() + ".md";
            Set<String> everywhere = new HashSet<>();
            for (Step step : lesson.steps()) {
                Set<String> used = StepLint.reasonIds(step);
                everywhere.addAll(used);
                text.getValue().step(step.id()).reasons().keySet().stream()
                        .filter(id -> !used.contains(id))
                        .forEach(id -> findings.add(Finding.of(file, "text-unused", step.id(), id)));
            }
            text.getValue().common().keySet().stream()
                    .filter(id -> !everywhere.contains(id))
                    .forEach(id -> findings.add(Finding.of(file, "text-unused", "common", id)));
        }
        return findings;
    }
}
