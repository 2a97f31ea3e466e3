package dev.kuar.practice.container;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/** Pi, to as many digits as are asked for. */
final class PerlNumbers {
    private static final int MOST = 20_000;
    private static final int GUARD = 10;

    private PerlNumbers() {}

    /** Pi with {@code digits} digits in all, rounded, by Machin's formula. */
    static BigDecimal pi(int digits) {
        int wanted = Math.max(1, Math.min(MOST, digits));
        BigInteger one = BigInteger.TEN.pow(wanted + GUARD);
        BigInteger pi = arctan(5, one)
                .multiply(BigInteger.valueOf(16))
                .subtract(arctan(239, one).multiply(BigInteger.valueOf(4)));
        return new BigDecimal(pi, wanted + GUARD).round(new MathContext(wanted));
    }

    /** The arc tangent of {@code 1 / x}, times {@code one}. */
    private static BigInteger arctan(int x, BigInteger one) {
        BigInteger square = BigInteger.valueOf((long) x * x);
        BigInteger term = one.divide(BigInteger.valueOf(x));
        BigInteger sum = term;
        for (int n = 3; term.signum() != 0; n += 2) {
            term = term.divide(square);
            BigInteger part = term.divide(BigInteger.valueOf(n));
            sum = n % 4 == 3 ? sum.subtract(part) : sum.add(part);
        }
        return sum;
    }
}
