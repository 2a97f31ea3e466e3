package dev.kuar.output;

/**
 * Untrusted text made harmless: what could steer a terminal is shown, not obeyed.
 *
 * <p>Control characters other than newline and tab become {@code ^X} as cat -v writes them; C1 controls, bidirectional
 * overrides and invisible format characters become {@code \\u….}.
 */
public final class SafeText {
    private SafeText() {}

    /** {@code text} with every control sequence neutralised; the same instance where there is none. */
    public static String of(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (harmful(text.charAt(i))) {
                return neutralised(text, i);
            }
        }
        return text;
    }

    private static String neutralised(String text, int from) {
        StringBuilder safe = new StringBuilder(text.length() + 16).append(text, 0, from);
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n') {
                continue;
            }
            if (!harmful(c)) {
                safe.append(c);
            } else if (c == 0x7f) {
                safe.append("^?");
            } else if (c < 0x20) {
                safe.append('^').append((char) (c + '@'));
            } else {
                safe.append(String.format("\\u%04x", (int) c));
            }
        }
        return safe.toString();
    }

    private static boolean harmful(char c) {
        return (c < 0x20 && c != '\n' && c != '\t')
                || (c >= 0x7f && c < 0xa0)
                || (c >= 0x202a && c <= 0x202e)
                || (c >= 0x2066 && c <= 0x2069);
    }
}
