package dev.kuar.check;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads versions such as {@code v1.36.2} or {@code 1.33.5-gke.100}. */
final class KubernetesVersion {
    private static final Pattern FORM = Pattern.compile("v?[0-9]+\\.([0-9]+).*");

    private KubernetesVersion() {}

    static long minor(String version) {
        Matcher matcher = FORM.matcher(version);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a version: '" + version + "'");
        }
        return Long.parseLong(matcher.group(1));
    }
}
