package dev.kuar.lesson;

import java.util.Map;
import java.util.Optional;

/**
 * The texts of a lesson in one language, as Markdown.
 *
 * @param introduction what stands before the first step
 * @param steps step id to texts, in order
 * @param common reasons that several steps share
 */
public record LessonText(
        String title, String introduction, Map<String, StepText> steps, Map<String, ReasonText> common) {
    static final LessonText EMPTY = new LessonText("", "", Map.of(), Map.of());

    /** The texts of a step; empty ones where the file has no such heading. */
    public StepText step(String id) {
        return steps.getOrDefault(id, StepText.EMPTY);
    }

    /** The text of a reason: the step's own, else a common one. */
    public Optional<ReasonText> reason(String step, String id) {
        ReasonText own = step(step).reasons().get(id);
        return Optional.ofNullable(own != null ? own : common.get(id));
    }
}
