package dev.kuar.practice.container;

/** Numbers with units, {@code 10}, {@code 4k}, {@code 1M}, {@code 2MB}. */
final class Sizes {
    private Sizes() {}

    /** @param signs what may stand in front */
    static boolean isNumber(String text, String signs) {
        return text.matches("[" + signs.replace("-", "\\-") + "]?\\d{1,12}(b|[kKMGT](B|iB)?)?");
    }

    /** Without its sign. */
    static long number(String text) {
        long figure = Long.parseLong(text.replaceAll("\\D", ""));
        String unit = text.replaceAll("[-+0-9]", "");
        if (unit.isEmpty()) {
            return figure;
        }
        if (unit.equals("b")) {
            return figure * 512;
        }
        long base = unit.endsWith("B") && !unit.endsWith("iB") ? 1000 : 1024;
        for (int i = "KMGT".indexOf(Character.toUpperCase(unit.charAt(0))); i >= 0; i--) {
            figure *= base;
        }
        return figure;
    }
}
