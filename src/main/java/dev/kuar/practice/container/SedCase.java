package dev.kuar.practice.container;

import dev.kuar.practice.container.SedCommand.Part;
import java.util.List;
import java.util.Locale;

/** Puts a replacement together, with what changes its letters: {@code \U}, {@code \l} and their like. */
final class SedCase {
    private SedCase() {}

    static void append(StringBuilder out, List<Part> parts, PosixRegex.Search match) {
        char all = 'E';
        char one = 0;
        for (Part part : parts) {
            if (part.group() == Part.CASE) {
                char letter = part.text().charAt(0);
                if (letter == 'u' || letter == 'l') {
                    one = letter;
                } else {
                    all = letter;
                }
                continue;
            }
            String text = part.group() == Part.TEXT ? part.text() : match.group(part.group());
            if (text.isEmpty()) {
                continue;
            }
            String cased =
                    all == 'U' ? text.toUpperCase(Locale.ROOT) : all == 'L' ? text.toLowerCase(Locale.ROOT) : text;
            if (one != 0) {
                String first = cased.substring(0, 1);
                cased = (one == 'u' ? first.toUpperCase(Locale.ROOT) : first.toLowerCase(Locale.ROOT))
                        + cased.substring(1);
                one = 0;
            }
            out.append(cased);
        }
    }
}
