package dev.kuar.practice.cel;

/** How long texts are that are made of others. */
final class TextCosts {
    private TextCosts() {}

    /** Of a text in which each {@code what} becomes {@code with}. */
    static CallCost replace(Bounds text, Bounds what, Bounds with) {
        long most = 0;
        long kept = 0;
        if (what.min() == 0) {
            most = Bounds.sum(text.max(), 1);
            kept = text.max();
        } else if (Long.compareUnsigned(with.max(), what.min()) <= 0) {
            kept = text.max();
        } else {
            most = share(text.max(), what.min());
        }
        long least = 0;
        long left = 0;
        if (what.max() == 0) {
            least = Bounds.sum(text.min(), 1);
            left = text.min();
        } else if (Long.compareUnsigned(what.max(), with.min()) <= 0) {
            left = text.min();
        } else {
            least = share(text.min(), what.max());
        }
        return new CallCost(
                text.times(2 * 0.1), new Bounds(least, most).times(with).plus(new Bounds(left, kept)));
    }

    private static long share(long whole, long part) {
        double times = Math.ceil(Bounds.toDouble(whole) / Bounds.toDouble(part));
        return times < 0x1p63 ? (long) times : Bounds.ENDLESS;
    }

    /** Of what stands between the items of a list. */
    static Bounds separators(Bounds items, Bounds separator) {
        return separator.times(
                new Bounds(items.min() == 0 ? 0 : items.min() - 1, items.max() == 0 ? 0 : items.max() - 1));
    }
}
