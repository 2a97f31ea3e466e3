package dev.kuar.practice.cel;

import static dev.kuar.practice.cel.FunctionSet.SEMVER;
import static dev.kuar.practice.cel.FunctionSet.TEXT;
import static dev.kuar.practice.cel.FunctionSet.TRUTH;
import static dev.kuar.practice.cel.FunctionSet.WHOLE;

import dev.cel.runtime.CelEvaluationException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code semver('1.2.3')} and how versions compare. */
final class SemverFunctions {
    private static final Pattern FORM = Pattern.compile("(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)"
            + "(?:-((?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\\.(?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*))*))?"
            + "(?:\\+([0-9a-zA-Z-]+(?:\\.[0-9a-zA-Z-]+)*))?");

    private SemverFunctions() {}

    /** A version; {@code pre} is empty for a release. What follows a plus makes no difference. */
    record Semver(long major, long minor, long patch, String pre) implements Comparable<Semver> {
        @Override
        public int compareTo(Semver other) {
            int numbers = Long.compare(major, other.major) != 0
                    ? Long.compare(major, other.major)
                    : Long.compare(minor, other.minor) != 0
                            ? Long.compare(minor, other.minor)
                            : Long.compare(patch, other.patch);
            if (numbers != 0 || pre.equals(other.pre)) {
                return numbers;
            }
            if (pre.isEmpty() || other.pre.isEmpty()) {
                return pre.isEmpty() ? 1 : -1;
            }
            String[] mine = pre.split("\\.", -1);
            String[] theirs = other.pre.split("\\.", -1);
            for (int i = 0; i < Math.min(mine.length, theirs.length); i++) {
                int order = part(mine[i], theirs[i]);
                if (order != 0) {
                    return order;
                }
            }
            return Integer.compare(mine.length, theirs.length);
        }

        private static int part(String a, String b) {
            boolean numberA = a.matches("\\d+");
            boolean numberB = b.matches("\\d+");
            if (numberA && numberB) {
                return Long.compare(Long.parseLong(a), Long.parseLong(b));
            }
            return numberA == numberB ? Integer.signum(a.compareTo(b)) : numberA ? -1 : 1;
        }
    }

    static void addTo(FunctionSet set) {
        set.global("isSemver", TRUTH, List.of(TEXT), a -> find((String) a[0]).isPresent());
        set.global("isSemver", TRUTH, List.of(TEXT, TRUTH), a -> find(normal(a)).isPresent());
        set.global("semver", SEMVER, List.of(TEXT), a -> parse((String) a[0]));
        set.global("semver", SEMVER, List.of(TEXT, TRUTH), a -> parse(normal(a)));
        set.member("major", WHOLE, List.of(SEMVER), a -> ((Semver) a[0]).major());
        set.member("minor", WHOLE, List.of(SEMVER), a -> ((Semver) a[0]).minor());
        set.member("patch", WHOLE, List.of(SEMVER), a -> ((Semver) a[0]).patch());
        set.member("isGreaterThan", TRUTH, List.of(SEMVER, SEMVER), a -> compare(a) > 0);
        set.member("isLessThan", TRUTH, List.of(SEMVER, SEMVER), a -> compare(a) < 0);
        set.member("compareTo", WHOLE, List.of(SEMVER, SEMVER), a -> (long) compare(a));
    }

    private static int compare(Object[] a) {
        return ((Semver) a[0]).compareTo((Semver) a[1]);
    }

    /** Without a leading v, with three numbers, without leading zeros, where that is asked for. */
    private static String normal(Object[] a) {
        String text = (String) a[0];
        if (!Boolean.TRUE.equals(a[1])) {
            return text;
        }
        String plain = text.startsWith("v") ? text.substring(1) : text;
        String core = plain.replaceFirst("[-+].*$", "");
        String rest = plain.substring(core.length());
        String[] parts = core.split("\\.", -1);
        StringBuilder whole = new StringBuilder();
        for (int i = 0; i < Math.max(3, parts.length); i++) {
            String part = i < parts.length ? parts[i].replaceFirst("^0+(?=\\d)", "") : "0";
            whole.append(i == 0 ? "" : ".").append(part);
        }
        return whole + rest;
    }

    private static Optional<Semver> find(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String pre = matcher.group(4);
        return Optional.of(new Semver(
                Long.parseLong(matcher.group(1)),
                Long.parseLong(matcher.group(2)),
                Long.parseLong(matcher.group(3)),
                pre == null ? "" : pre));
    }

    static Semver parse(String text) throws CelEvaluationException {
        return find(text)
                .orElseThrow(() -> FunctionSet.failure(
                        text.split("\\.", -1).length < 3
                                ? "No Major.Minor.Patch elements found"
                                : "Invalid character(s) found in version \"" + text + "\""));
    }
}
