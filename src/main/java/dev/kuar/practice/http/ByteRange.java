package dev.kuar.practice.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A part of a body that a Range header asks for.
 *
 * @param start the first byte, counted from 0
 * @param length in bytes
 */
record ByteRange(int start, int length) {
    private static final String UNIT = "bytes=";

    /** What a header could not be taken for, worded as Go's server words it. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1;
        private final boolean outside;

        private Refused(String message, boolean outside) {
            super(message);
            this.outside = outside;
        }

        /** Whether it is well formed and everything lies behind the end. */
        boolean isOutside() {
            return outside;
        }
    }

    /** The ranges of {@code header} in a body of {@code size} bytes, in its order; none for an empty header. */
    static List<ByteRange> parse(String header, int size) throws Refused {
        if (header.isEmpty()) {
            return List.of();
        }
        if (!header.startsWith(UNIT)) {
            throw invalid();
        }
        List<ByteRange> ranges = new ArrayList<>();
        boolean outside = false;
        for (String each : header.substring(UNIT.length()).split(",", -1)) {
            if (!each.isBlank()) {
                Optional<ByteRange> range = one(each.strip(), size);
                range.ifPresent(ranges::add);
                outside |= range.isEmpty();
            }
        }
        if (outside && ranges.isEmpty()) {
            throw new Refused("invalid range: failed to overlap", true);
        }
        return ranges;
    }

    private static Optional<ByteRange> one(String text, int size) throws Refused {
        int dash = text.indexOf('-');
        if (dash < 0) {
            throw invalid();
        }
        String first = text.substring(0, dash).strip();
        String last = text.substring(dash + 1).strip();
        if (first.isEmpty()) {
            int count = (int) Math.min(number(last), size);
            return Optional.of(new ByteRange(size - count, count));
        }
        long start = number(first);
        if (start >= size) {
            return Optional.empty();
        }
        long end = last.isEmpty() ? size - 1 : number(last);
        if (end < start) {
            throw invalid();
        }
        return Optional.of(new ByteRange((int) start, (int) (Math.min(end, size - 1) - start + 1)));
    }

    private static long number(String text) throws Refused {
        try {
            long number = Long.parseLong(text);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException none) {
            throw invalid();
        }
        throw invalid();
    }

    private static Refused invalid() {
        return new Refused("invalid range", false);
    }

    /** As Content-Range says it. */
    String of(int size) {
        return "bytes " + start + "-" + (start + length - 1) + "/" + size;
    }
}
