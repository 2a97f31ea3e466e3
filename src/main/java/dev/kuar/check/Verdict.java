package dev.kuar.check;

import java.util.Optional;

/** What a check says of the state of things; 'not yet' is a verdict, never an exception. */
public sealed interface Verdict {

    /** The goal is met. */
    record Passed() implements Verdict {}

    /**
     * The goal isn't met.
     *
     * @param reason the text id of why, and of what to try
     * @param expected what would pass, in words; empty where there is no short way to say it
     * @param actual what is there instead
     * @param show the line that shows the actual state; empty for none
     */
    record NotYet(String reason, Optional<String> expected, Optional<String> actual, Optional<String> show)
            implements Verdict {}

    /**
     * Nobody can tell: the cluster or a tool failed. Never read as a wrong answer.
     *
     * @param why what kept the check from being judged
     * @param detail for {@link Obstacle#LESSON} a text id, for {@link Obstacle#DEPENDS} the id of the check that has to
     *     pass first, otherwise what Kubernetes or CEL said
     */
    record CannotCheck(Obstacle why, String detail) implements Verdict {}

    /** What the step needs is gone; {@code reset} brings it back. */
    record NoLongerPossible(String reason) implements Verdict {}

    /** Why a check can't be judged. */
    enum Obstacle {
        UNREACHABLE,
        REFUSED,
        EXEC_FAILED,
        /** The lesson says so: a {@code cannot}. */
        LESSON,
        /** Another check has to pass first. */
        DEPENDS,
        /** The expression can't be evaluated, or needs more than it may. */
        EXPRESSION
    }

    default boolean passed() {
        return this instanceof Passed;
    }
}
