package dev.kuar.practice.etcd;

/**
 * The keys in {@code [from, to)} in the order of their bytes; {@code to} is empty for no end.
 *
 * <p>The store orders by characters, which comes to the same where both bounds are ASCII; otherwise it is asked for more than is
 * wanted, and what it found is sifted.
 */
record KeyRange(String from, String to) {
    private static final String END = "\uffff";

    boolean contains(String key) {
        return KeyText.compare(key, from) >= 0 && (to.isEmpty() || KeyText.compare(key, to) < 0);
    }

    boolean isEmpty() {
        return !to.isEmpty() && KeyText.compare(from, to) >= 0;
    }

    boolean isExact() {
        return KeyText.isAscii(from) && KeyText.isAscii(to);
    }

    String storeFrom() {
        return ascii(from);
    }

    String storeTo() {
        return to.isEmpty() ? END : KeyText.isAscii(to) ? to : ascii(to) + END;
    }

    private static String ascii(String bound) {
        int end = 0;
        while (end < bound.length() && bound.charAt(end) <= 0x7f) {
            end++;
        }
        return bound.substring(0, end);
    }
}
