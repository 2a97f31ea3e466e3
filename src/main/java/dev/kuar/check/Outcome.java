package dev.kuar.check;

/** What came of evaluating an expression. */
sealed interface Outcome {
    /** A value: a string, a Long, a Double, a Boolean, a list or a map. */
    record Value(Object value) implements Outcome {}

    /** A field, key or index that the expression relies on isn't there. */
    record Missing(String detail) implements Outcome {}

    /** The cluster, or the expression itself, kept it from being evaluated. */
    record Failed(Verdict.CannotCheck verdict) implements Outcome {}

    /** Whether this is the value true. */
    default boolean holds() {
        return this instanceof Value v && Boolean.TRUE.equals(v.value());
    }
}
