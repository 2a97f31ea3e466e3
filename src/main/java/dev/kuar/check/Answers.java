package dev.kuar.check;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compares what a learner answered with what is right: spaces, case and quotes don't matter, amounts compare as amounts. */
final class Answers {
    private Answers() {}

    /** {@code right} is a string, a number, a boolean, or a list of forms that are all right. */
    static boolean matches(String given, @Nullable Object right) {
        if (given.isBlank() || right == null) {
            return false;
        }
        if (right instanceof List<?> forms) {
            return forms.stream().anyMatch(form -> matches(given, form));
        }
        String said = plain(given);
        String wanted = plain(right.toString());
        if (said.equals(wanted)) {
            return true;
        }
        Optional<BigDecimal> saidAmount = Quantities.parse(given.strip());
        Optional<BigDecimal> wantedAmount = Quantities.parse(right.toString());
        return saidAmount.isPresent()
                && wantedAmount.isPresent()
                && saidAmount.get().compareTo(wantedAmount.get()) == 0;
    }

    private static String plain(String text) {
        String s = text.strip().toLowerCase(Locale.ROOT);
        while (s.length() > 1 && "\"'`".indexOf(s.charAt(0)) >= 0 && s.charAt(s.length() - 1) == s.charAt(0)) {
            s = s.substring(1, s.length() - 1).strip();
        }
        return s.endsWith(".") && s.length() > 1 ? s.substring(0, s.length() - 1) : s;
    }
}
