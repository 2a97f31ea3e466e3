package dev.kuar.progress;

import java.time.Instant;

/**
 * One thing that happened on the way through the lessons.
 *
 * @param lesson a slug; empty where none is meant
 * @param step an id; empty where none is meant
 * @param hash the digest of the step's checks at that time; empty where none is meant
 * @param detail the id of a reason, a language, the number of a hint; empty for none. Never what the learner typed
 */
public record Entry(Instant at, Kind kind, String lesson, String step, String hash, String detail) {

    /** What happened. */
    public enum Kind {
        /** The learner went to a step. */
        AT,
        /** A try that wasn't enough; {@code detail} is the reason. */
        ATTEMPT,
        HINT,
        SOLUTION,
        PASSED,
        SKIPPED,
        /** Forget a step, a lesson, or everything. */
        RESET,
        LANGUAGE
    }

    String key() {
        return lesson + "/" + step;
    }
}
