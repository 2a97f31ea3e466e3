package dev.kuar.lesson;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Lessons in memory; begins with a lesson of one step that lint has nothing against. */
public final class LessonFiles implements LessonSource {
    private final Map<String, String> files = new HashMap<>();

    public LessonFiles() {
        put("course.yaml", "formatVersion: 1\ntitle: {en: C, ko: C}\nlessons: [one]\n");
        put("one/lesson.yaml", """
                formatVersion: 1
                title: {en: One, ko: 하나}
                minutes: 5
                goals: {en: [Know], ko: [알아봅니다]}
                variables:
                  first: nodes[0].metadata.name
                steps:
                  - id: look
                    row: 11
                    solution: kubectl get nodes
                    checks:
                      - expect: size(nodes) == 2
                        else: too-few
                """);
        for (String language : Course.LANGUAGES) {
            put("one/" + language + ".md", """
                    # One

                    ## look: Look
                    Text with `kubectl` and 3 things, e.g. {{first}}.
                    ### task
                    Do.
                    ### hints
                    1. One.
                    2. Two,
                       and more.
                    ### debrief
                    Seen.
                    ### reasons
                    #### too-few
                    Too few.

                    Add one.
                    """);
        }
    }

    public LessonFiles put(String name, String text) {
        files.put(name, text);
        return this;
    }

    public LessonFiles replace(String name, String from, String to) {
        String old = files.getOrDefault(name, "");
        if (!old.contains(from)) {
            throw new IllegalArgumentException(name + " doesn't contain " + from);
        }
        return put(name, old.replace(from, to));
    }

    @Override
    public Optional<String> find(String name) {
        return Optional.ofNullable(files.get(name));
    }

    @Override
    public String place(String name) {
        return name;
    }
}
