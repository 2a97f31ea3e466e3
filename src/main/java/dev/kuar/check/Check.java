package dev.kuar.check;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One goal of a step.
 *
 * @param id its name within the step
 * @param after checks that have to pass before this one is judged
 * @param expect true when the goal is met
 * @param otherwise the text id for 'not yet'; null where {@code cannot} is given
 * @param cannot the text id for 'cannot check' when {@code expect} is false; null where {@code otherwise} is given
 * @param show the line that shows the state; may be null
 * @param expected a string for the learner; null where the judge finds out by itself
 * @param actual likewise
 */
public record Check(
        String id,
        List<String> after,
        Expression expect,
        @Nullable String otherwise,
        @Nullable String cannot,
        @Nullable String show,
        @Nullable Expression expected,
        @Nullable Expression actual) {

    public Check {
        after = List.copyOf(after);
        if ((otherwise == null) == (cannot == null)) {
            throw new IllegalArgumentException("check " + id + " needs exactly one of else and cannot");
        }
    }

    Verdict notMet(Optional<String> wanted, Optional<String> found) {
        return cannot != null
                ? new Verdict.CannotCheck(Verdict.Obstacle.LESSON, cannot)
                : new Verdict.NotYet(String.valueOf(otherwise), wanted, found, Optional.ofNullable(show));
    }
}
