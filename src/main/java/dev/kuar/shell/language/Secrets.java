package dev.kuar.shell.language;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes secrets out of lines before they are kept or shown: DESIGN's list of options, variables and JWTs. */
public final class Secrets {
    private static final String MASK = "***";
    private static final String VALUE = "(?:'[^']*'|\"(?:[^\"\\\\]|\\\\.)*\"|[^\\s;|&]+)+";
    private static final Pattern OPTION = Pattern.compile("(--(?:token|password|docker-password)(?:=|\\s+))" + VALUE);
    private static final Pattern LITERAL = Pattern.compile("(--from-literal(?:=|\\s+)['\"]?[^=\\s'\"]*=)" + VALUE);
    private static final Pattern VARIABLE =
            Pattern.compile("(?i)((?:^|[\\s;&|(])[a-z_][a-z0-9_]*?(?:token|secret|password|key)[a-z0-9_]*=)" + VALUE);
    private static final Pattern BARE_VARIABLE =
            Pattern.compile("(?i)((?:^|[\\s;&|(])(?:token|secret|password|key)[a-z0-9_]*=)" + VALUE);
    private static final Pattern JWT = Pattern.compile("()eyJ[\\w-]+\\.[\\w-]+\\.?[\\w-]*");

    private Secrets() {}

    /** {@code text} with three asterisks for each secret's value. */
    public static String mask(String text) {
        String masked = text;
        for (Pattern pattern : new Pattern[] {OPTION, LITERAL, VARIABLE, BARE_VARIABLE, JWT}) {
            masked = pattern.matcher(masked).replaceAll("$1" + Matcher.quoteReplacement(MASK));
        }
        return masked;
    }
}
