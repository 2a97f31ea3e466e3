package dev.kuar.output;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * How a word ends when it is read in Korean, which decides the particle behind it: 을 or 를, 이 or 가, 으로 or 로.
 *
 * <p>Hangul says so itself. Names in Latin letters are taken as English words spelled in Hangul ({@code cluster} is 클러스터 and
 * ends in a vowel, {@code zone} is 존 and doesn't), single letters and digits by their names. A rule, no dictionary: it errs on
 * words that are read against their spelling.
 */
enum KoreanEnding {
    /** A vowel, or nothing that could be read. */
    VOWEL,
    /** A final consonant other than ㄹ. */
    CONSONANT,
    /** A final ㄹ, after which 로 stands rather than 으로. */
    L;

    private static final int FIRST_SYLLABLE = 0xAC00;
    private static final int LAST_SYLLABLE = 0xD7A3;
    private static final int FINALS = 28;
    private static final int FINAL_L = 8;
    private static final Pattern SINGLE_L = Pattern.compile("(.*[^a-z])?[lr]");
    private static final Pattern ENDS_IN_L = Pattern.compile(".*(l|le)");
    private static final Pattern CLOSED = Pattern.compile(
            "(.*[^a-z])?[mn]|.*[a-z](m|n|ng|ck)|.*[a-z](me|ne)|(.*[^aeiou])?[aeiou](b|c|k|p|t|pp|tt)|.*[aeiou]{2}[pk]");

    static KoreanEnding of(String value) {
        int end = value.length();
        while (end > 0 && !Character.isLetterOrDigit(value.charAt(end - 1))) {
            end--;
        }
        if (end == 0) {
            return VOWEL;
        }
        char last = value.charAt(end - 1);
        if (last >= FIRST_SYLLABLE && last <= LAST_SYLLABLE) {
            int tail = (last - FIRST_SYLLABLE) % FINALS;
            return tail == 0 ? VOWEL : tail == FINAL_L ? L : CONSONANT;
        }
        if (Character.isDigit(last)) {
            return "178".indexOf(last) >= 0 ? L : "036".indexOf(last) >= 0 ? CONSONANT : VOWEL;
        }
        return latin(value.substring(0, end).toLowerCase(Locale.ROOT));
    }

    private static KoreanEnding latin(String word) {
        if (SINGLE_L.matcher(word).matches() || ENDS_IN_L.matcher(word).matches()) {
            return L;
        }
        return CLOSED.matcher(word).matches() ? CONSONANT : VOWEL;
    }
}
