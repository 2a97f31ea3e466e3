package dev.kuar.awk;

/** A number, a text, or a text from outside, which is a number too where it looks like one. */
final class Value {
    static final Value UNSET = new Value(Kind.UNSET, "", 0);
    static final Value ZERO = of(0);
    static final Value ONE = of(1);

    private enum Kind {
        UNSET,
        NUMBER,
        TEXT,
        /** From outside, not yet looked at. */
        INPUT,
        /** From outside, and a number. */
        BOTH
    }

    private Kind kind;
    private final String text;
    private double number;

    private Value(Kind kind, String text, double number) {
        this.kind = kind;
        this.text = text;
        this.number = number;
    }

    static Value of(double number) {
        return new Value(Kind.NUMBER, "", number);
    }

    static Value of(boolean truth) {
        return truth ? ONE : ZERO;
    }

    static Value of(String text) {
        return new Value(Kind.TEXT, text, 0);
    }

    static Value input(String text) {
        return new Value(Kind.INPUT, text, 0);
    }

    boolean isNumber() {
        return kind == Kind.NUMBER;
    }

    /** Whether it compares as a number. */
    boolean isNumeric() {
        look();
        return kind != Kind.TEXT;
    }

    private void look() {
        if (kind == Kind.INPUT) {
            double seen = Numbers.whole(text);
            number = Double.isNaN(seen) ? 0 : seen;
            kind = Double.isNaN(seen) ? Kind.TEXT : Kind.BOTH;
        }
    }

    double number() {
        return switch (kind) {
            case NUMBER, BOTH, UNSET -> number;
            default -> Numbers.prefix(text);
        };
    }

    /** What it says; of a number nothing, which {@link Numbers#text} puts into words. */
    String text() {
        return text;
    }

    boolean truth() {
        look();
        return kind == Kind.TEXT ? !text.isEmpty() : number != 0;
    }
}
