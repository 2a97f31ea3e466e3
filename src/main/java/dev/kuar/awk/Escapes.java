package dev.kuar.awk;

/** The escapes of strings: {@code \n}, {@code \"}, {@code \101} and their like. */
final class Escapes {
    private Escapes() {}

    /** @param keepUnknown whether the backslash of an escape that means nothing stays */
    static String resolve(String text, boolean keepUnknown) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\' || i + 1 == text.length()) {
                out.append(c);
                continue;
            }
            char next = text.charAt(++i);
            int plain = plain(next);
            if (next >= '0' && next <= '7') {
                int value = 0;
                int end = Math.min(text.length(), i + 3);
                for (; i < end && text.charAt(i) >= '0' && text.charAt(i) <= '7'; i++) {
                    value = value * 8 + text.charAt(i) - '0';
                }
                i--;
                out.append((char) (value & 0xff));
            } else if (plain >= 0) {
                out.append((char) plain);
            } else if (next != '\n') {
                out.append(keepUnknown ? "\\" : "").append(next);
            }
        }
        return out.toString();
    }

    /** The character behind a backslash; -1 where that means nothing. */
    static int plain(char letter) {
        return switch (letter) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'a' -> 7;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'v' -> 11;
            case '"', '\\', '/' -> letter;
            default -> -1;
        };
    }
}
