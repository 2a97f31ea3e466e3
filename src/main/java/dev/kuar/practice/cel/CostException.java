package dev.kuar.practice.cel;

/** An expression that costs too much, by itself or with those before it. */
public final class CostException extends CelException {
    private static final long serialVersionUID = 1;

    private final boolean one;

    private CostException(String message, boolean one) {
        super(message, null);
        this.one = one;
    }

    static CostException ofOne() {
        return new CostException("operation cancelled: actual cost limit exceeded", true);
    }

    static CostException ofAll() {
        return new CostException(
                "validation failed due to running out of cost budget, no further validation rules will be run", false);
    }

    /** Whether the one expression is too much; else all together. */
    public boolean isOfOne() {
        return one;
    }
}
