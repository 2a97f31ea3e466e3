package dev.kuar.practice.container;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/**
 * A basic or extended regular expression of POSIX with GNU's additions, over text that is kept byte by byte; finds the leftmost
 * match and of those the longest.
 */
final class PosixRegex {
    private static final String KEPT = "kept";

    private final Pattern pattern;
    private final boolean choices;
    private final int groups;

    private PosixRegex(Pattern pattern, boolean choices, int groups) {
        this.pattern = pattern;
        this.choices = choices;
        this.groups = groups;
    }

    /** An expression that is none; the message is the C library's. */
    static final class Wrong extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Wrong(String message) {
            super(message);
        }

        String words() {
            return String.valueOf(getMessage());
        }
    }

    /** How an expression is read. */
    record Style(boolean extended, boolean ignoringCase, boolean multiline, boolean looseBraces) {
        static final Style BASIC = new Style(false, false, false, false);

        int flags() {
            return Pattern.DOTALL | (ignoringCase ? Pattern.CASE_INSENSITIVE : 0) | (multiline ? Pattern.MULTILINE : 0);
        }
    }

    /** @throws Wrong where it is none */
    static PosixRegex of(String source, Style style) {
        PosixTranslation translation = new PosixTranslation(source, style);
        try {
            String java = translation.java();
            return new PosixRegex(Pattern.compile(java, style.flags()), translation.choices(), translation.groups());
        } catch (PatternSyntaxException e) {
            throw new Wrong("Invalid regular expression");
        }
    }

    /** One in Perl's words; what stands before {@code \K} is no part of a match. */
    static PosixRegex perl(String source, boolean ignoringCase) {
        int kept = source.indexOf("\\K");
        String java =
                kept < 0 ? source : source.substring(0, kept) + "(?<" + KEPT + ">" + source.substring(kept + 2) + ")";
        try {
            return new PosixRegex(Pattern.compile(java, ignoringCase ? Pattern.CASE_INSENSITIVE : 0), false, 0);
        } catch (PatternSyntaxException e) {
            throw new Wrong(e.getDescription());
        }
    }

    /** What matches any of several, between two other pieces. */
    static PosixRegex any(List<PosixRegex> each, String before, String after) {
        if (each.size() == 1 && before.isEmpty() && after.isEmpty()) {
            return each.get(0);
        }
        String all = each.stream().map(one -> one.pattern.pattern()).collect(Collectors.joining("|"));
        int flags = each.isEmpty() ? 0 : each.get(0).pattern.flags();
        boolean choices = each.size() > 1 || each.stream().anyMatch(one -> one.choices);
        return new PosixRegex(Pattern.compile(before + "(?:" + all + ")" + after, flags), choices, 0);
    }

    /** How many groups it has. */
    int groups() {
        return groups;
    }

    Search search(String text) {
        return new Search(text);
    }

    /** A walk over the matches in a text. */
    final class Search {
        private final String text;
        private final Matcher matcher;

        private Search(String text) {
            this.text = text;
            this.matcher = pattern.matcher(text).useAnchoringBounds(false).useTransparentBounds(true);
        }

        /** The first match that begins at {@code from} or later. */
        boolean find(int from) {
            if (from > text.length() || !matcher.region(from, text.length()).find()) {
                return false;
            }
            if (choices) {
                // Java takes the first way that fits, POSIX the longest; where none got as far as the piece's end, no
                // longer one has any.
                int start = matcher.start();
                int end = matcher.end();
                boolean open = true;
                for (int to = end + 1; open && to <= text.length(); to++) {
                    boolean fits = matcher.region(start, to).matches();
                    end = fits ? to : end;
                    open = fits || matcher.hitEnd();
                }
                return matcher.region(start, end).matches()
                        || matcher.region(start, text.length()).find();
            }
            return true;
        }

        int start() {
            return pattern.pattern().contains("(?<" + KEPT + ">") ? matcher.start(KEPT) : matcher.start();
        }

        int end() {
            return matcher.end();
        }

        /** What a group matched; empty where it took no part. */
        String group(int number) {
            String part = number > matcher.groupCount() ? null : matcher.group(number);
            return part == null ? "" : part;
        }
    }
}
