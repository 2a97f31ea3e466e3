package dev.kuar.practice.http;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * The Warning headers of an answer, as the recorder of {@code apiserver/pkg/endpoints/filters} writes them: each text once;
 * once all of them have more than 4096 characters, each is cut to 256 and those that are still too many are left out.
 */
final class WarningHeaders {
    private static final int ALL = 4096;
    private static final int EACH = 256;

    private WarningHeaders() {}

    /** The values of the headers; a text with control characters has none. */
    static List<String> of(List<String> warnings) {
        List<String> texts = List.copyOf(new LinkedHashSet<>(warnings));
        int length = texts.stream().mapToInt(WarningHeaders::length).sum();
        List<String> headers = new ArrayList<>(texts.size());
        int written = 0;
        for (String text : texts) {
            if (length > ALL && written >= ALL) {
                break;
            }
            String shown =
                    length > ALL && length(text) > EACH ? text.substring(0, text.offsetByCodePoints(0, EACH)) : text;
            if (!shown.isEmpty() && shown.codePoints().noneMatch(Character::isISOControl)) {
                written += length(shown);
                headers.add("299 - \"" + shown.replace("\\", "\\\\").replace("\"", "\\\"") + "\"");
            }
        }
        return headers;
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
