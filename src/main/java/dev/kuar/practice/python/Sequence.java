package dev.kuar.practice.python;

import java.math.BigInteger;
import java.util.Iterator;

/** Something that is walked through once, or a range, which can be walked through again. */
interface Sequence {
    Iterator<Object> iterator();

    String type();

    /** Values that come one by one. */
    record Once(String type, Iterator<Object> iterator) implements Sequence {}

    /** {@code range}. */
    record Range(BigInteger start, BigInteger stop, BigInteger step) implements Sequence {
        @Override
        public String type() {
            return "range";
        }

        int size() {
            BigInteger distance = step.signum() > 0 ? stop.subtract(start) : start.subtract(stop);
            BigInteger width = step.abs();
            return distance.signum() <= 0
                    ? 0
                    : distance.add(width).subtract(BigInteger.ONE).divide(width).intValue();
        }

        Object at(int index) {
            return start.add(step.multiply(BigInteger.valueOf(index)));
        }

        @Override
        public Iterator<Object> iterator() {
            return new Iterator<>() {
                private BigInteger next = start;

                @Override
                public boolean hasNext() {
                    return step.signum() > 0 ? next.compareTo(stop) < 0 : next.compareTo(stop) > 0;
                }

                @Override
                public Object next() {
                    BigInteger now = next;
                    next = next.add(step);
                    return now;
                }
            };
        }
    }
}
