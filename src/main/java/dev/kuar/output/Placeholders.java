package dev.kuar.output;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fills {@code {0}} and {@code {0|을|를}} in a text. */
final class Placeholders {
    static final Pattern PLACE = Pattern.compile("\\{(\\d)(?:\\|([^|{}]*)\\|([^|{}]*))?}");
    private static final int FIRST_SYLLABLE = 0xAC00;
    private static final int LAST_SYLLABLE = 0xD7A3;
    private static final int FINALS = 28;
    private static final int FINAL_L = 8;

    private Placeholders() {}

    static String fill(String pattern, Object... arguments) {
        Matcher place = PLACE.matcher(pattern);
        StringBuilder text = new StringBuilder();
        while (place.find()) {
            int index = Integer.parseInt(place.group(1));
            if (index >= arguments.length) {
                place.appendReplacement(text, Matcher.quoteReplacement(place.group()));
                continue;
            }
            String value = String.valueOf(arguments[index]);
            String particle = place.group(2) == null ? "" : particle(value, place.group(2), place.group(3));
            place.appendReplacement(text, Matcher.quoteReplacement(value + particle));
        }
        return place.appendTail(text).toString();
    }

    /** The particle after a final consonant or after a vowel; 로 also follows a final ㄹ. Latin letters and digits by how they are read. */
    private static String particle(String value, String afterConsonant, String afterVowel) {
        int end = value.length();
        while (end > 0 && !Character.isLetterOrDigit(value.charAt(end - 1))) {
            end--;
        }
        char last = end == 0 ? 'a' : Character.toLowerCase(value.charAt(end - 1));
        boolean l;
        boolean consonant;
        if (last >= FIRST_SYLLABLE && last <= LAST_SYLLABLE) {
            int tail = (last - FIRST_SYLLABLE) % FINALS;
            consonant = tail != 0;
            l = tail == FINAL_L;
        } else {
            l = "lr178".indexOf(last) >= 0;
            consonant = l || "mn036bkptcg".indexOf(last) >= 0;
        }
        return consonant && !(l && afterVowel.startsWith("로")) ? afterConsonant : afterVowel;
    }
}
