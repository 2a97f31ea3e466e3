package dev.kuar.check;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code gitVersion} of an answer to {@code /version}. */
final class ServerVersion {
    private static final Pattern GIT_VERSION = Pattern.compile("\"gitVersion\"\\s*:\\s*\"([^\"]*)\"");

    private ServerVersion() {}

    static String of(String body) {
        Matcher matcher = GIT_VERSION.matcher(body);
        return matcher.find() ? matcher.group(1) : "";
    }
}
