package dev.kuar.practice.python;

/** Leaves a loop, a function or one turn of a loop. */
final class Jump extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final transient Object value;

    private Jump(Kind kind, Object value) {
        super(null, null, false, false);
        this.kind = kind;
        this.value = value;
    }

    /** Where to. */
    enum Kind {
        BREAK,
        CONTINUE,
        RETURN
    }

    static Jump of(Kind kind) {
        return new Jump(kind, Nothing.NONE);
    }

    static Jump back(Object value) {
        return new Jump(Kind.RETURN, value);
    }

    Kind kind() {
        return kind;
    }

    Object value() {
        return value;
    }
}
