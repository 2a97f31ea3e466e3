package dev.kuar.awk;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** An extended regular expression; finds the leftmost match and of those the longest. */
final class Ere {
    private final Pattern pattern;
    private final boolean choices;

    private Ere(Pattern pattern, boolean choices) {
        this.pattern = pattern;
        this.choices = choices;
    }

    boolean isIn(String text) {
        return pattern.matcher(text).find();
    }

    /** Where matches are, one after the other. */
    Search search(CharSequence text) {
        return new Search(text);
    }

    /** A walk over the matches in a text. */
    final class Search {
        private final CharSequence text;
        private final Matcher matcher;
        private int start;
        private int end;
        private boolean reachedEnd;

        private Search(CharSequence text) {
            this.text = text;
            this.matcher = pattern.matcher(text).useAnchoringBounds(false).useTransparentBounds(true);
        }

        /** The first match that begins at {@code from} or later. */
        boolean find(int from) {
            if (from > text.length()) {
                return false;
            }
            matcher.region(from, text.length());
            if (!matcher.find()) {
                reachedEnd = matcher.hitEnd();
                return false;
            }
            start = matcher.start();
            end = matcher.end();
            reachedEnd = matcher.hitEnd();
            if (choices) {
                // Java takes the first way that fits, awk the longest.
                for (int to = text.length(); to > end; to--) {
                    if (matcher.region(start, to).matches()) {
                        end = to;
                    }
                }
            }
            return true;
        }

        int start() {
            return start;
        }

        int end() {
            return end;
        }

        /** Whether more text might have made another match. */
        boolean reachedEnd() {
            return reachedEnd;
        }
    }

    /** Those that a program uses, by what it wrote. */
    static final class Shelf {
        private static final int SIZE = 500;
        private final AwkDialect dialect;
        private final Map<String, Ere> known = new LinkedHashMap<>();

        Shelf(AwkDialect dialect) {
            this.dialect = dialect;
        }

        Ere of(String source) {
            Ere ere = known.get(source);
            if (ere == null) {
                if (known.size() >= SIZE) {
                    known.clear();
                }
                ere = compile(source, dialect);
                known.put(source, ere);
            }
            return ere;
        }
    }

    private static Ere compile(String source, AwkDialect dialect) {
        try {
            String java = new Translation(source, dialect).java();
            return new Ere(Pattern.compile(java, Pattern.DOTALL), source.indexOf('|') >= 0 || source.indexOf('(') >= 0);
        } catch (PatternSyntaxException e) {
            throw dialect.regex(source, e.getDescription());
        }
    }

    /** The way of one expression into Java's. */
    private static final class Translation {
        private final String source;
        private final AwkDialect dialect;
        private final StringBuilder out = new StringBuilder();
        private final Deque<Integer> groups = new ArrayDeque<>();
        private int at;
        /** Where the last atom begins; -1 where a repetition has nothing to repeat. */
        private int atom = -1;

        private boolean repeated;

        Translation(String source, AwkDialect dialect) {
            this.source = source;
            this.dialect = dialect;
        }

        String java() {
            while (at < source.length()) {
                char c = source.charAt(at);
                switch (c) {
                    case '(' -> {
                        groups.push(out.length());
                        out.append("(?:");
                        atom = -1;
                        at++;
                    }
                    case ')' -> close();
                    case '|' -> {
                        out.append('|');
                        atom = -1;
                        at++;
                    }
                    case '*', '+', '?' -> repeat(String.valueOf(c), 1);
                    case '{' -> interval();
                    case '[' -> {
                        int end = Bracket.end(source, at);
                        begin();
                        out.append(Bracket.java(source.substring(at, end), source));
                        at = end;
                    }
                    case '\\' -> escape();
                    case '^' -> {
                        out.append('^');
                        atom = -1;
                        at++;
                    }
                    case '$' -> {
                        begin();
                        out.append("\\z");
                        at++;
                    }
                    case '.' -> {
                        begin();
                        out.append('.');
                        at++;
                    }
                    default -> {
                        begin();
                        literal(c);
                        at++;
                    }
                }
            }
            if (!groups.isEmpty()) {
                throw new PatternSyntaxException("missing ')'", source, at);
            }
            return out.toString();
        }

        private void begin() {
            atom = out.length();
            repeated = false;
        }

        private void literal(char c) {
            if (c < 128 && !Character.isLetterOrDigit(c)) {
                out.append('\\');
            }
            out.append(c);
        }

        private void close() {
            if (groups.isEmpty()) {
                throw new PatternSyntaxException("unexpected ')'", source, at);
            }
            atom = groups.pop();
            repeated = false;
            out.append(')');
            at++;
        }

        private void repeat(String times, int length) {
            at += length;
            if (atom < 0) {
                begin();
                out.append('\\').append(times);
                return;
            }
            if (repeated) {
                out.insert(atom, "(?:").append(')');
            }
            out.append(times);
            repeated = true;
        }

        private void interval() {
            int end = source.indexOf('}', at);
            String times = end < 0 ? "" : source.substring(at, end + 1);
            if (dialect.hasIntervals() && atom >= 0 && times.matches("\\{\\d+(,\\d*)?}|\\{,\\d+}")) {
                repeat(times.startsWith("{,") ? "{0" + times.substring(1) : times, times.length());
                return;
            }
            begin();
            out.append("\\{");
            at++;
        }

        private void escape() {
            if (at + 1 == source.length()) {
                begin();
                out.append("\\\\");
                at++;
                return;
            }
            char next = source.charAt(at + 1);
            begin();
            at += 2;
            if ("wWsS".indexOf(next) >= 0) {
                out.append('\\').append(next);
            } else if ("<>y".indexOf(next) >= 0) {
                out.append("\\b");
            } else if (next >= '0' && next <= '7') {
                int value = 0;
                for (at--; at < source.length() && value < 32 && "01234567".indexOf(source.charAt(at)) >= 0; at++) {
                    value = value * 8 + source.charAt(at) - '0';
                }
                literal((char) value);
            } else {
                int plain = Escapes.plain(next);
                literal(plain >= 0 ? (char) plain : next);
            }
        }
    }
}
