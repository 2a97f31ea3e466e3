package dev.kuar.lesson;

import dev.kuar.check.Expression;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One lesson: steps that stand on each other.
 *
 * @param slug its folder
 * @param titles language to title
 * @param goals language to goals, as many in each
 * @param minutes a guess
 * @param prerequisites slugs
 * @param provider the provider whose cluster the lesson creates and deletes; null for a lesson on the current cluster
 * @param namespace where {@code setup} goes
 * @param variables names computed from the cluster, in order
 * @param makes the objects that a learner makes in it and that {@code lesson clean} takes away, in the order of deletion
 * @param steps in order
 * @param texts language to texts
 * @param source where its files come from
 */
public record Lesson(
        String slug,
        Map<String, String> titles,
        Map<String, List<String>> goals,
        int minutes,
        List<String> prerequisites,
        @Nullable String provider,
        String namespace,
        Map<String, Expression> variables,
        List<Change.Target> makes,
        List<Step> steps,
        Map<String, LessonText> texts,
        LessonSource source) {

    public Lesson {
        titles = Map.copyOf(titles);
        goals = Map.copyOf(goals);
        prerequisites = List.copyOf(prerequisites);
        makes = List.copyOf(makes);
        steps = List.copyOf(steps);
        texts = Map.copyOf(texts);
    }

    public Optional<Step> step(String id) {
        return steps.stream().filter(s -> s.id().equals(id)).findFirst();
    }

    /** The texts in {@code language}, in English where it has none. */
    public LessonText text(String language) {
        LessonText text = texts.get(language);
        return text != null ? text : texts.getOrDefault("en", LessonText.EMPTY);
    }

    public StepText text(String language, Step step) {
        return text(language).step(step.id());
    }

    /** A file of {@code setup/} as text. */
    public String setup(String file) {
        return source.text(slug + "/setup/" + file);
    }

    /** A file of {@code files/} as text. */
    public String file(String file) {
        return source.text(slug + "/files/" + file);
    }
}
