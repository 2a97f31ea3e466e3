package dev.kuar.lesson;

import java.util.List;
import java.util.Map;

/**
 * The texts of a step in one language, as Markdown; what a step hasn't is empty.
 *
 * @param body what this is and why
 * @param hints from far to near
 * @param conditional hints by id
 * @param drift notes by id
 * @param reasons by id
 */
public record StepText(
        String title,
        String body,
        String task,
        String question,
        List<String> hints,
        Map<String, String> conditional,
        String debrief,
        Map<String, String> drift,
        Map<String, ReasonText> reasons) {
    static final StepText EMPTY = new StepText("", "", "", "", List.of(), Map.of(), "", Map.of(), Map.of());
}
