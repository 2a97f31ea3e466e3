package dev.kuar.output;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fills {@code {0}}, {@code {0|을|를}} and, behind a value in quotes, {@code {0!을|를}}, which is the particle alone. */
final class Placeholders {
    static final Pattern PLACE = Pattern.compile("\\{(\\d)(?:([|!])([^|{}]*)\\|([^|{}]*))?}");

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
            String particle = place.group(2) == null ? "" : particle(value, place.group(3), place.group(4));
            place.appendReplacement(
                    text, Matcher.quoteReplacement("!".equals(place.group(2)) ? particle : value + particle));
        }
        return place.appendTail(text).toString();
    }

    private static String particle(String value, String afterConsonant, String afterVowel) {
        KoreanEnding ending = KoreanEnding.of(value);
        boolean closed = ending == KoreanEnding.CONSONANT || ending == KoreanEnding.L && !afterVowel.startsWith("로");
        return closed ? afterConsonant : afterVowel;
    }
}
