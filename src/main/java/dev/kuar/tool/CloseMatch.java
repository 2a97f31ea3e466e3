package dev.kuar.tool;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/**
 * The known word that is most like a mistyped one, as gcloud finds it: by the share of letters that lie in common runs (Ratcliff and
 * Obershelp), at least six in ten.
 */
final class CloseMatch {
    private static final double ENOUGH = 0.6;

    private CloseMatch() {}

    static Optional<String> of(String typed, Collection<String> known) {
        String word = typed.toLowerCase(Locale.ROOT);
        return known.stream()
                .filter(each -> ratio(each, word) >= ENOUGH)
                .max(Comparator.comparingDouble((String each) -> ratio(each, word))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** From 0, nothing in common, to 1, the same. */
    static double ratio(String a, String b) {
        int letters = a.length() + b.length();
        return letters == 0 ? 1 : 2.0 * common(a, b) / letters;
    }

    /** Letters of the longest common run, and of what stands before it and behind it in both. */
    private static int common(String a, String b) {
        int length = 0;
        int inA = 0;
        int inB = 0;
        for (int i = 0; i < a.length(); i++) {
            for (int j = 0; j < b.length(); j++) {
                int run = 0;
                while (i + run < a.length() && j + run < b.length() && a.charAt(i + run) == b.charAt(j + run)) {
                    run++;
                }
                if (run > length) {
                    length = run;
                    inA = i;
                    inB = j;
                }
            }
        }
        return length == 0
                ? 0
                : length
                        + common(a.substring(0, inA), b.substring(0, inB))
                        + common(a.substring(inA + length), b.substring(inB + length));
    }
}
