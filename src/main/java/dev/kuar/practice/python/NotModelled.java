package dev.kuar.practice.python;

/** Something that Python has and this interpreter does not. */
final class NotModelled extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int line;

    NotModelled(String what, int line) {
        super(what);
        this.line = line;
    }

    int line() {
        return line;
    }
}
