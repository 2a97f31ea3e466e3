package dev.kuar.kubectl.rest;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** Builds paths and queries. */
public final class Urls {
    private Urls() {}

    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%3A", ":")
                .replace("%40", "@");
    }

    /** {@code path?a=b}; parameters with an empty value are left out. A line break separates repeated values. */
    public static String query(String path, Map<String, String> parameters) {
        String query = parameters.entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .flatMap(entry -> entry.getValue()
                        .lines()
                        .map(value -> entry.getKey() + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8)))
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? path : path + (path.contains("?") ? "&" : "?") + query;
    }
}
