package dev.kuar.practice.schema;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Kubernetes' order of API versions, the preferred one first: what is stable before beta before alpha, later before earlier,
 * {@code v10, v2, v1, v11beta2, v10beta3, v3beta1, v12alpha1}; what has no such name comes last, in the order of letters.
 */
public final class VersionOrder implements Comparator<String> {
    private static final Pattern FORM = Pattern.compile("v(\\d{1,18})(?:(alpha|beta)(\\d{1,18}))?");

    @Override
    public int compare(String one, String other) {
        Matcher first = FORM.matcher(one);
        Matcher second = FORM.matcher(other);
        boolean known = first.matches();
        boolean otherKnown = second.matches();
        if (!known || !otherKnown) {
            return known == otherKnown ? one.compareTo(other) : known ? -1 : 1;
        }
        int order = Integer.compare(maturity(first), maturity(second));
        order = order == 0 ? Long.compare(number(first, 1), number(second, 1)) : order;
        order = order == 0 ? Long.compare(number(first, 3), number(second, 3)) : order;
        return -order;
    }

    private static int maturity(Matcher version) {
        String word = version.group(2);
        return word == null ? 2 : word.equals("beta") ? 1 : 0;
    }

    private static long number(Matcher version, int group) {
        String digits = version.group(group);
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
