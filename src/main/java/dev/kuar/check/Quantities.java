package dev.kuar.check;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;

/** Amounts as Kubernetes writes them ({@code 100m}, {@code 70Mi}, {@code 1e3}), and what is counted for a pod. */
final class Quantities {
    private static final Map<String, BigDecimal> SUFFIXES = Map.ofEntries(
            Map.entry("n", new BigDecimal("1e-9")),
            Map.entry("u", new BigDecimal("1e-6")),
            Map.entry("m", new BigDecimal("0.001")),
            Map.entry("", BigDecimal.ONE),
            Map.entry("k", new BigDecimal(1_000L)),
            Map.entry("M", new BigDecimal(1_000_000L)),
            Map.entry("G", new BigDecimal(1_000_000_000L)),
            Map.entry("T", new BigDecimal(1_000_000_000_000L)),
            Map.entry("P", new BigDecimal("1e15")),
            Map.entry("E", new BigDecimal("1e18")),
            Map.entry("Ki", new BigDecimal(1L << 10)),
            Map.entry("Mi", new BigDecimal(1L << 20)),
            Map.entry("Gi", new BigDecimal(1L << 30)),
            Map.entry("Ti", new BigDecimal(1L << 40)),
            Map.entry("Pi", new BigDecimal(1L << 50)),
            Map.entry("Ei", new BigDecimal(1L << 60)));

    private Quantities() {}

    static Optional<BigDecimal> parse(String text) {
        String value = text.strip();
        int end = value.length();
        while (end > 0 && Character.isLetter(value.charAt(end - 1))) {
            end--;
        }
        BigDecimal unit = SUFFIXES.get(value.substring(end));
        try {
            if (unit == null || end == 0) {
                return end == 0 ? Optional.empty() : Optional.of(new BigDecimal(value));
            }
            return Optional.of(new BigDecimal(value.substring(0, end)).multiply(unit));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Thousandths, rounded up as the scheduler does. */
    static long milli(String text) {
        return require(text)
                .multiply(new BigDecimal(1000))
                .setScale(0, RoundingMode.CEILING)
                .longValueExact();
    }

    /** Whole units (bytes), rounded up. */
    static long units(String text) {
        return require(text).setScale(0, RoundingMode.CEILING).longValueExact();
    }

    /** In the unit of the resource: thousandths for cpu, else whole units. */
    static long of(String resource, String text) {
        return resource.equals("cpu") ? milli(text) : units(text);
    }

    private static BigDecimal require(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException("not a quantity: '" + text + "'"));
    }
}
