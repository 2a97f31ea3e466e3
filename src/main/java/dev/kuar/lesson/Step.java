package dev.kuar.lesson;

import dev.kuar.check.Check;
import dev.kuar.check.Expression;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One step of a lesson, without its texts.
 *
 * @param row the row of the chapter's table, 1 to 17
 * @param only providers on which it appears; empty for all
 * @param except providers on which it doesn't
 * @param setup files applied when it begins
 * @param files files copied into the work folder when it begins
 * @param before lines run when it begins
 * @param until what has to hold before it begins; null for nothing
 * @param question the right answer's expression; null without a question
 * @param offline whether it can be judged while the cluster doesn't answer
 * @param checksHash a digest of all that decides whether the step is passed
 */
public record Step(
        String id,
        int row,
        List<String> only,
        List<String> except,
        List<CannotShow> cannotShow,
        List<String> setup,
        List<String> files,
        List<String> before,
        @Nullable Expression until,
        List<Need> needs,
        Map<String, Expression> variables,
        Route solution,
        List<Route> accepted,
        List<Check> checks,
        @Nullable Expression question,
        List<Wrong> wrong,
        List<Broken> broken,
        List<Conditional> hints,
        List<Drift> drift,
        boolean offline,
        String checksHash) {

    /** Where the step can't be shown, why, and what proves it. */
    public record CannotShow(List<String> on, String because, Expression expect) {}

    /** What has to be there for the step to make sense. */
    public record Need(Expression expect, String otherwise) {}

    /**
     * A wrong answer that has a name.
     *
     * @param route lines that give it; null for an {@code answer}
     * @param answer an answer that gives it; null for lines
     * @param when recognises it; null where the check's own reason is meant
     * @param reason a text id
     */
    public record Wrong(
            @Nullable Route route,
            @Nullable Expression answer,
            @Nullable Expression when,
            String reason) {}

    /** A cluster on which the solution must not pass; {@code until} may be null. */
    public record Broken(
            String id, List<Change> changes, @Nullable Expression until, String reason) {}

    /** A text that is shown only when an expression holds. */
    public record Conditional(String id, Expression when) {}

    /** A note on what changed since the book; {@code since} and {@code when} may be empty, null. */
    public record Drift(String id, String since, @Nullable Expression when) {}

    /** Whether the step appears on a provider at all. */
    public boolean appearsOn(String provider) {
        return (only.isEmpty() || only.contains(provider)) && !except.contains(provider);
    }

    /** Why the step can't be shown on a provider. */
    public Optional<CannotShow> cannotShowOn(String provider) {
        return cannotShow.stream().filter(c -> c.on().contains(provider)).findFirst();
    }
}
