package dev.kuar.tutor;

import dev.kuar.check.Judgement;
import dev.kuar.check.Verdict;
import java.util.Optional;

/**
 * How a step stands: the verdicts on its checks, and why it isn't passed.
 *
 * @param overall the verdict that stands for the step
 * @param reason the text id of why; a named wrong answer goes before the check's own reason; empty when passed or when
 *     nobody can tell
 * @param named whether the reason is that of a named wrong answer
 */
public record StepVerdict(Judgement judgement, Verdict overall, Optional<String> reason, boolean named) {
    public boolean passed() {
        return overall.passed();
    }

    /** How many of the checks are passed. */
    int done() {
        return (int)
                judgement.verdicts().values().stream().filter(Verdict::passed).count();
    }

    /** In a word, for who writes lessons: the reason, else what kind it is. */
    String word() {
        return reason.orElseGet(() -> overall instanceof Verdict.CannotCheck c
                ? c.why() + " " + c.detail()
                : overall.getClass().getSimpleName());
    }
}
