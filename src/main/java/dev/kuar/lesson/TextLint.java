package dev.kuar.lesson;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Lint of the Markdown: every text there, in every language. */
final class TextLint {
    private final Lesson lesson;
    private final List<Finding> findings = new ArrayList<>();

    TextLint(Lesson lesson) {
        this.lesson = lesson;
    }

    List<Finding> findings() {
        for (String language : Course.LANGUAGES) {
            LessonText text = lesson.texts().get(language);
            if (text == null) {
                add(language, "language-missing");
                continue;
            }
            if (!lesson.titles().containsKey(language)) {
                add("lesson.yaml", "title-missing", language);
            }
            text.steps().keySet().stream()
                    .filter(id -> lesson.step(id).isEmpty())
                    .forEach(id -> add(language, "step-unknown", id));
            lesson.steps().forEach(step -> parts(language, text.step(step.id()), step));
        }
        if (findings.isEmpty()) {
            findings.addAll(new LanguageLint(lesson).findings());
        }
        return findings;
    }

    private void parts(String language, StepText text, Step step) {
        need(language, step, "title", text.title());
        need(language, step, "text", text.body());
        need(language, step, "task", text.task());
        need(language, step, "debrief", text.debrief());
        if (step.question() != null) {
            need(language, step, "question", text.question());
        } else if (!text.question().isEmpty()) {
            add(language, "question-unknown", step.id());
        }
        if (text.hints().size() < 2) {
            add(language, "hints-too-few", step.id());
        }
        same(
                language,
                step,
                "hints",
                ids(step.hints().stream().map(Step.Conditional::id).toList()),
                text.conditional().keySet());
        same(
                language,
                step,
                "drift",
                ids(step.drift().stream().map(Step.Drift::id).toList()),
                text.drift().keySet());
        String all = text.body() + text.task() + text.hints() + text.debrief() + text.question();
        for (String name : Placeholder.names(all)) {
            if (!step.variables().containsKey(name) && !lesson.variables().containsKey(name)) {
                add(language, "unknown-variable", name);
            }
        }
        for (String line : step.solution().lines()) {
            if (line.contains(" ") && text.hints().stream().anyMatch(h -> h.contains("`" + line + "`"))) {
                add(language, "hint-is-solution", step.id(), line);
            }
        }
    }

    private static Set<String> ids(List<String> list) {
        return new LinkedHashSet<>(list);
    }

    private void same(String language, Step step, String part, Set<String> yaml, Set<String> markdown) {
        if (!yaml.equals(markdown)) {
            add(language, part + "-ids-differ", step.id(), LanguageLint.difference(yaml, markdown));
        }
    }

    private void need(String language, Step step, String part, String text) {
        if (text.isBlank()) {
            add(language, "part-missing", step.id(), part);
        }
    }

    private void add(String file, String key, String... arguments) {
        String name = file.contains(".") ? file : file + ".md";
        findings.add(Finding.of(lesson.slug() + "/" + name, key, arguments));
    }
}
