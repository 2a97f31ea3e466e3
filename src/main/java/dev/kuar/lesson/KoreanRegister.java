package dev.kuar.lesson;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The register in which kuar speaks Korean: statements end in 니다, requests in 세요 or 시다, questions in 요 or 니까.
 *
 * <p>Noun phrases (of titles, say) are of no register. Code and what stands in it is left alone.
 */
final class KoreanRegister {
    private static final Pattern CODE = Pattern.compile("`[^`]*`");
    private static final String CLOSING = "[)*\"'”’]*";
    private static final Pattern PLAIN = Pattern.compile("[가-힣]*(?:"
            + "(?<!니|시)다" + CLOSING + "(?=[.!:(]|\\s*$|\\s*\n\\s*\n)"
            + "|라" + CLOSING + "(?=[.!])"
            + "|[하보두우]자" + CLOSING + "(?=[.!])"
            + ")|[가-힣]+(?<!요|니까)" + CLOSING + "(?=\\?)");

    private KoreanRegister() {}

    /** The last words of the sentences that are in another register, in their order. */
    static List<String> slips(String text) {
        return PLAIN.matcher(CODE.matcher(text).replaceAll("X"))
                .results()
                .map(slip -> slip.group().strip())
                .toList();
    }
}
