package dev.kuar.tutor;

import static dev.kuar.tutor.Said.message;

import dev.kuar.check.Verdict;
import dev.kuar.lesson.LessonText;
import dev.kuar.lesson.ReasonText;
import dev.kuar.lesson.Step;
import dev.kuar.lesson.StepText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts the texts of a step, and verdicts on it, into words in one language. */
final class Phrases {
    private final StepRun run;
    private final LessonText lesson;
    private final StepText text;

    Phrases(StepRun run, String language) {
        this.run = run;
        this.lesson = run.lesson().text(language);
        this.text = lesson.step(run.step().id());
    }

    /** What the step is about, and its task. */
    List<Said> introduction() {
        List<Said> words = new ArrayList<>();
        words.add(prose(text.body()));
        words.addAll(task());
        return words;
    }

    List<Said> task() {
        List<Said> words = new ArrayList<>();
        words.add(field("task", text.task()));
        if (!text.question().isEmpty()) {
            words.add(field("question", text.question()));
        }
        return words;
    }

    Said question() {
        return field("question", text.question());
    }

    /** Hint {@code number} from 0: those that fit the cluster now, then the tiers; empty when there are no more. */
    List<Said> hint(int number) {
        List<String> hints = new ArrayList<>();
        for (Step.Conditional conditional : run.step().hints()) {
            if (run.holds(conditional.when())) {
                hints.add(text.conditional().getOrDefault(conditional.id(), ""));
            }
        }
        hints.addAll(text.hints());
        if (number >= hints.size()) {
            return List.of();
        }
        return List.of(message("hint", number + 1, hints.size()), prose(hints.get(number)));
    }

    List<Said> debrief() {
        List<Said> words = new ArrayList<>();
        words.add(prose(text.debrief()));
        for (Step.Drift drift : run.step().drift()) {
            if (drift.when() == null || run.holds(drift.when())) {
                words.add(drift.since().isEmpty() ? message("drift") : message("drift-since", drift.since()));
                words.add(prose(text.drift().getOrDefault(drift.id(), "")));
            }
        }
        return words;
    }

    List<Said> verdict(StepVerdict verdict) {
        List<Said> words = new ArrayList<>();
        Verdict overall = verdict.overall();
        if (overall instanceof Verdict.Passed) {
            words.add(message("passed"));
        } else if (overall instanceof Verdict.NotYet notYet) {
            words.add(message("not-yet"));
            reason(verdict.reason(), words);
            notYet.expected().ifPresent(e -> words.add(field("expected", escape(e))));
            notYet.actual().ifPresent(a -> words.add(field("actual", escape(a))));
            // The solution isn't given away by a line that shows the state.
            notYet.show()
                    .filter(s -> !run.step().solution().lines().contains(s))
                    .ifPresent(s -> words.add(field("show", "`" + s + "`")));
            tryNext(verdict.reason(), words);
        } else if (overall instanceof Verdict.NoLongerPossible) {
            words.add(message("no-longer-possible"));
            reason(verdict.reason(), words);
            tryNext(verdict.reason(), words);
            words.add(message("reset-mends"));
        } else if (overall instanceof Verdict.CannotCheck cannot) {
            words.add(message("cannot-check"));
            words.add(message("obstacle." + cannot.why().name().toLowerCase(java.util.Locale.ROOT), cannot.detail()));
            reason(verdict.reason(), words);
            tryNext(verdict.reason(), words);
        }
        return words;
    }

    /** Each check by itself, for {@code why}. */
    List<Said> checks(StepVerdict verdict) {
        List<Said> words = new ArrayList<>();
        for (Map.Entry<String, Verdict> check : verdict.judgement().verdicts().entrySet()) {
            Verdict v = check.getValue();
            if (v instanceof Verdict.Passed) {
                words.add(message("check.passed", check.getKey()));
            } else if (v instanceof Verdict.NotYet) {
                words.add(message("check.not-yet", check.getKey()));
            } else if (v instanceof Verdict.CannotCheck c && c.why() == Verdict.Obstacle.DEPENDS) {
                words.add(message("check.depends", check.getKey(), c.detail()));
            } else {
                words.add(message("check.cannot", check.getKey()));
            }
        }
        return words;
    }

    Optional<ReasonText> reason(String id) {
        return lesson.reason(run.step().id(), id);
    }

    private void reason(Optional<String> id, List<Said> words) {
        id.flatMap(this::reason).ifPresent(reason -> words.add(prose(reason.what())));
    }

    private void tryNext(Optional<String> id, List<Said> words) {
        id.flatMap(this::reason)
                .filter(reason -> !reason.tryNext().isEmpty())
                .ifPresent(reason -> words.add(field("try", reason.tryNext())));
    }

    String title() {
        return text.title();
    }

    /** A text in which Markdown finds nothing to do. */
    private static String escape(String text) {
        return text.replaceAll("([\\\\`*_<>\\[\\]#&!|-])", "\\\\$1");
    }

    private Said field(String key, String markdown) {
        return new Said.Field("tutor." + key, run.fill(markdown));
    }

    Said prose(String markdown) {
        return new Said.Prose(run.fill(markdown));
    }
}
