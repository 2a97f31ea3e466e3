package dev.kuar.shell.language;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes secrets out of lines before they are kept or shown: DESIGN's list of options, variables and JWTs. */
public final class Secrets {
    private static final String MASK = "***";
    /** A word's rest, quotes and escapes included; a quote that is never closed reaches to the end. */
    private static final String VALUE = "(?:'[^']*(?:'|$)|\"(?:[^\"\\\\]|\\\\.)*(?:\"|$)|\\\\.|[^\\s;|&'\"\\\\])+";

    private static final String NAMES = "(?:token|password|docker-password)";
    private static final Pattern QUOTED =
            Pattern.compile("((['\"])--(?:" + NAMES + "=|from-literal=[^='\"]*=))(?:(?!\\2).)*", Pattern.DOTALL);
    private static final Pattern QUOTED_LITERAL =
            Pattern.compile("(--from-literal(?:=|\\s+)(['\"])[^='\"]*=)(?:(?!\\2).)*", Pattern.DOTALL);
    private static final Pattern BEARER = Pattern.compile("(?i)(authorization:\\s*(?:bearer|basic)\\s+)[^\\s'\"]+");
    private static final Pattern GUARD_TOKEN = Pattern.compile("()kuar-[A-Za-z0-9_-]{43}");
    private static final Pattern OPTION = Pattern.compile("(--" + NAMES + "(?:=|\\s+))" + VALUE);
    private static final Pattern LITERAL = Pattern.compile("(--from-literal(?:=|\\s+)[^=\\s'\"]*=)" + VALUE);
    private static final Pattern VARIABLE = Pattern.compile(
            "(?i)((?:^|[\\s;&|('\"])[a-z_][a-z0-9_]*?(?:token|secret|password|key)[a-z0-9_]*=)" + VALUE);
    private static final Pattern BARE_VARIABLE =
            Pattern.compile("(?i)((?:^|[\\s;&|('\"])(?:token|secret|password|key)[a-z0-9_]*=)" + VALUE);
    private static final Pattern JWT = Pattern.compile("()eyJ[\\w-]+\\.[\\w-]+\\.?[\\w-]*");

    private Secrets() {}

    /** {@code text} with three asterisks for each secret's value. */
    public static String mask(String text) {
        String masked = text;
        for (Pattern pattern : new Pattern[] {
            QUOTED, QUOTED_LITERAL, BEARER, OPTION, LITERAL, VARIABLE, BARE_VARIABLE, JWT, GUARD_TOKEN
        }) {
            masked = pattern.matcher(masked).replaceAll("$1" + Matcher.quoteReplacement(MASK));
        }
        return masked;
    }
}
