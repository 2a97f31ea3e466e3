package dev.kuar.practice.cel;

/**
 * The least and the most that a size or a cost can be, both as unsigned numbers of 64 bits: sums and products that do not
 * fit are the largest of them. Models the estimates of cel-go's checker.
 */
record Bounds(long min, long max) {
    /** What is larger than anything else: all bits set. */
    static final long ENDLESS = -1L;

    static final Bounds UNKNOWN = new Bounds(0, ENDLESS);

    static Bounds exactly(long value) {
        return new Bounds(value, value);
    }

    Bounds plus(Bounds other) {
        return new Bounds(sum(min, other.min), sum(max, other.max));
    }

    Bounds times(Bounds other) {
        return new Bounds(product(min, other.min), product(max, other.max));
    }

    /** Rounded up. */
    Bounds times(double factor) {
        return new Bounds(scaled(min, factor), scaled(max, factor));
    }

    /** What holds both. */
    Bounds or(Bounds other) {
        return new Bounds(
                Long.compareUnsigned(other.min, min) < 0 ? other.min : min,
                Long.compareUnsigned(other.max, max) > 0 ? other.max : max);
    }

    static long sum(long one, long other) {
        long sum = one + other;
        return Long.compareUnsigned(sum, one) < 0 ? ENDLESS : sum;
    }

    static long product(long one, long other) {
        boolean fits = other == 0 || Long.compareUnsigned(one, Long.divideUnsigned(ENDLESS, other)) <= 0;
        return fits ? one * other : ENDLESS;
    }

    private static long scaled(long value, double factor) {
        double scaled = Math.ceil(toDouble(value) * factor);
        return scaled >= 0x1p64 ? ENDLESS : scaled < 0x1p63 ? (long) scaled : (long) (scaled - 0x1p63) + Long.MIN_VALUE;
    }

    /** An unsigned number as a double. */
    static double toDouble(long value) {
        return value >= 0 ? value : ((value >>> 1) | (value & 1)) * 2.0;
    }
}
