package dev.kuar.practice.redis;

/** The patterns of KEYS, SCAN, PSUBSCRIBE and CONFIG GET: star, question mark, sets of characters, backslash. */
final class Glob {
    private Glob() {}

    static boolean matches(String pattern, String text) {
        return matches(pattern, 0, text, 0);
    }

    private static boolean matches(String pattern, int from, String text, int start) {
        int p = from;
        int t = start;
        while (p < pattern.length()) {
            char c = pattern.charAt(p);
            if (c == '*') {
                while (p + 1 < pattern.length() && pattern.charAt(p + 1) == '*') {
                    p++;
                }
                for (int i = t; i <= text.length(); i++) {
                    if (matches(pattern, p + 1, text, i)) {
                        return true;
                    }
                }
                return false;
            }
            if (t == text.length()) {
                return false;
            }
            if (c == '[') {
                int end = end(pattern, p);
                if (!inSet(pattern, p + 1, end, text.charAt(t))) {
                    return false;
                }
                p = end;
            } else if (c == '\\' && p + 1 < pattern.length()) {
                p++;
                if (pattern.charAt(p) != text.charAt(t)) {
                    return false;
                }
            } else if (c != '?' && c != text.charAt(t)) {
                return false;
            }
            p++;
            t++;
        }
        return t == text.length();
    }

    private static int end(String pattern, int open) {
        int i = open + 1;
        while (i < pattern.length() && pattern.charAt(i) != ']') {
            i += pattern.charAt(i) == '\\' ? 2 : 1;
        }
        return Math.min(i, pattern.length());
    }

    private static boolean inSet(String pattern, int from, int end, char c) {
        boolean not = from < end && pattern.charAt(from) == '^';
        boolean found = false;
        for (int i = not ? from + 1 : from; i < end; i++) {
            char low = pattern.charAt(i);
            if (low == '\\' && i + 1 < end) {
                low = pattern.charAt(++i);
            }
            char high = low;
            if (i + 2 < end && pattern.charAt(i + 1) == '-') {
                high = pattern.charAt(i + 2);
                i += 2;
            }
            found |= c >= Math.min(low, high) && c <= Math.max(low, high);
        }
        return found != not;
    }
}
