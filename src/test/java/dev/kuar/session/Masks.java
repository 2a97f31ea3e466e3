package dev.kuar.session;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What differs from one session to the next, put aside: ages, moments, addresses, generated names, widths of columns. */
final class Masks {
    private static final String GENERATED = "[bcdfghjklmnpqrstvwxz2456789]";
    private static final List<Map.Entry<Pattern, String>> ALL = List.of(
            mask("eyJ[\\w-]+(?:\\.[\\w-]+)*", "<token>"),
            mask("^[EWI]\\d{4} [\\d:.]+ +\\d+ ", "<klog> "),
            mask("\\b[A-Z][a-z]{2}, \\d\\d [A-Z][a-z]{2} \\d{4} [\\d:]{8} (?:[+-]\\d{4}|GMT)", "<time>"),
            mask("\\b[A-Z][a-z]{2} [A-Z][a-z]{2} +\\d+ [\\d:]{8} (?:\\d{4}|UTC \\d{4})", "<time>"),
            mask("\\b\\d{4}-\\d\\d-\\d\\d[T ][\\d:.]+(?:Z|[+-][\\d:]+)?", "<time>"),
            mask("(?<![0-9a-f])[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\\b", "<uid>"),
            mask("\\b[0-9a-f]{16,}\\b", "<hex>"),
            mask("\\b\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}(:\\d{4,5})?\\b", "<address>"),
            mask("-" + GENERATED + "{8,10}-" + GENERATED + "{5}\\b", "-<generated>"),
            mask("-" + GENERATED + "{5}\\b", "-<generated>"),
            mask("\\b(?:\\d+[dhms])+\\b", "<age>"),
            mask("<invalid>", "<age>"),
            mask("took = [\\d.]+(?:µs|ms|s)", "took = <age>"),
            mask("^\\d{3,}$", "<count>"),
            mask("apiserver-[a-z0-9]{26}", "apiserver-<generated>"),
            mask("resourceVersion: \"\\d+\"", "resourceVersion: <number>"),
            mask("\\b[a-z]+-[a-z]+-\\d{8,}\\b", "<generated>"),
            mask("\\b\\d{8,}\\b", "<number>"),
            mask(" {2,}", "  "));

    private Masks() {}

    static String apply(String line) {
        String masked = line;
        for (Map.Entry<Pattern, String> each : ALL) {
            masked = each.getKey().matcher(masked).replaceAll(each.getValue());
        }
        return masked.strip();
    }

    private static Map.Entry<Pattern, String> mask(String pattern, String instead) {
        return Map.entry(Pattern.compile(pattern), instead);
    }
}
