package dev.kuar.tutor;

import dev.kuar.check.Check;
import dev.kuar.check.Verdict;
import dev.kuar.lesson.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Remembers which checks were seen true and which false: one that is never false checks nothing. */
final class Truths {
    private final Step step;
    private final Set<String> seenTrue = new HashSet<>();
    private final Set<String> seenFalse = new HashSet<>();

    Truths(Step step) {
        this.step = step;
    }

    StepVerdict note(StepVerdict verdict) {
        verdict.judgement().verdicts().forEach((id, v) -> {
            if (v.passed()) {
                seenTrue.add(id);
            } else if (v instanceof Verdict.NotYet) {
                seenFalse.add(id);
            }
        });
        return verdict;
    }

    /** A {@code cannot} speaks of a world that lessons don't make; it need not be seen false. */
    List<Said> failures() {
        List<Said> failures = new ArrayList<>();
        for (Check check : step.checks()) {
            if (!seenTrue.contains(check.id())) {
                failures.add(Said.message("proof.never-true", check.id()));
            }
            if (!seenFalse.contains(check.id()) && check.cannot() == null) {
                failures.add(Said.message("proof.never-false", check.id()));
            }
        }
        return failures;
    }
}
