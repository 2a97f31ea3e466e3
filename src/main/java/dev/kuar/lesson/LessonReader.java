package dev.kuar.lesson;

import static dev.kuar.lesson.StepReader.need;
import static dev.kuar.lesson.StepReader.strings;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Turns the YAML of one lesson into a {@link Lesson}. */
final class LessonReader {
    private static final Set<String> FIELDS = Set.of(
            "formatVersion",
            "title",
            "minutes",
            "goals",
            "prerequisites",
            "provider",
            "namespace",
            "variables",
            "makes",
            "steps");

    private final LocatedYaml root;

    LessonReader(LocatedYaml root) {
        this.root = root;
    }

    Lesson read(String slug, Map<String, LessonText> texts, LessonSource source) {
        Map<String, LocatedYaml> fields = root.fields(FIELDS);
        StepReader.requireVersion(root, fields);
        LocatedYaml provider = fields.get("provider");
        LocatedYaml namespace = fields.get("namespace");
        LocatedYaml makes = fields.get("makes");
        Map<String, List<String>> goals = new LinkedHashMap<>();
        need(root, fields, "goals")
                .entries()
                .forEach((language, list) -> goals.put(language, list.items(LocatedYaml::text)));
        Set<String> ids = new LinkedHashSet<>();
        List<Step> steps = need(root, fields, "steps").items(step -> {
            Step read = new StepReader(step).read();
            if (!ids.add(read.id())) {
                throw step.failure("a step '" + read.id() + "' stands here twice");
            }
            return read;
        });
        return new Lesson(
                slug,
                StepReader.texts(need(root, fields, "title")),
                goals,
                need(root, fields, "minutes").number(),
                strings(fields.get("prerequisites")),
                provider == null ? null : provider.text(),
                namespace == null ? "default" : namespace.text(),
                StepReader.expressions(fields.get("variables")),
                makes == null ? List.of() : makes.items(ChangeReader::target),
                steps,
                texts,
                source);
    }
}
