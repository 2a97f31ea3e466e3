package dev.kuar.practice.container;

import dev.kuar.practice.network.HttpRequest;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Fills {@code ${…}} in the data of an image: {@code hostname}, {@code ip}, {@code tag}, {@code arg:--port:8080},
 * {@code env:NAME:otherwise}, {@code file:/path}, {@code now:PATTERN}, {@code uptime} in seconds, and of a request {@code method}, {@code path},
 * {@code target}, {@code query}, {@code peer}, {@code header:NAME}, {@code headers}, {@code body}.
 */
final class Template {
    private static final Pattern FIELD = Pattern.compile("\\$\\{([^}]+)}");

    private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final Task task;

    Template(Task task) {
        this.task = task;
    }

    String fill(String text) {
        return fill(text, null);
    }

    String fill(String text, @Nullable HttpRequest request) {
        if (!text.contains("${")) {
            return text;
        }
        Matcher matcher = FIELD.matcher(text);
        StringBuilder filled = new StringBuilder();
        while (matcher.find()) {
            matcher.appendReplacement(filled, Matcher.quoteReplacement(value(matcher.group(1), request)));
        }
        return matcher.appendTail(filled).toString();
    }

    private String value(String field, @Nullable HttpRequest request) {
        String[] parts = field.split(":", 3);
        String second = parts.length > 1 ? parts[1] : "";
        String third = parts.length > 2 ? parts[2] : "";
        switch (parts[0]) {
            case "hostname":
                return task.container().spec().hostname();
            case "ip":
                return task.container().network().ip();
            case "node":
                return task.container().network().node();
            case "tag":
                return ImageReference.parse(task.container().spec().image().reference())
                        .map(ImageReference::tag)
                        .orElse("");
            case "tag-version":
                return value("tag", request).replaceFirst("^v", "").replaceFirst("-\\d+$", "");
            case "iso":
                return ISO.format(task.container().clock().now());
            case "iso-seconds":
                return task.container()
                        .clock()
                        .now()
                        .truncatedTo(java.time.temporal.ChronoUnit.SECONDS)
                        .toString();
            case "iso-millis":
                return task.container()
                        .clock()
                        .now()
                        .truncatedTo(java.time.temporal.ChronoUnit.MILLIS)
                        .toString();
            case "uptime":
                return String.format(
                        Locale.ROOT,
                        "%.3f",
                        java.time.Duration.between(
                                                task.started(),
                                                task.container().clock().now())
                                        .toMillis()
                                / 1000.0);
            case "pid":
                return Integer.toString(task.pid());
            case "arg":
                return argument(second, third);
            case "url-port":
                return port(argument(second, ""), third);
            case "env":
                return task.env().getOrDefault(second, third);
            case "file":
                return file(second);
            case "now":
                return DateTimeFormatter.ofPattern(field.substring(4), Locale.ROOT)
                        .withZone(ZoneOffset.UTC)
                        .format(task.container().clock().now());
            default:
                return request == null ? "" : ofRequest(parts[0], second, request);
        }
    }

    private static String ofRequest(String field, String name, HttpRequest request) {
        return switch (field) {
            case "method" -> request.method();
            case "path" -> request.path();
            case "target" -> request.target();
            case "query" -> request.query();
            case "peer" -> request.peer();
            case "body" -> new String(request.body(), java.nio.charset.StandardCharsets.UTF_8);
            case "header" -> request.header(name);
            case "headers" -> headers(request);
            default -> "";
        };
    }

    private static String headers(HttpRequest request) {
        StringBuilder text = new StringBuilder();
        Map<String, String> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        sorted.putAll(request.headers());
        sorted.forEach(
                (name, value) -> text.append(name).append(": ").append(value).append('\n'));
        return text.toString();
    }

    private String argument(String name, String otherwise) {
        List<String> args = task.args();
        for (int i = 1; i < args.size(); i++) {
            if (args.get(i).startsWith(name + "=")) {
                return args.get(i).substring(name.length() + 1);
            }
            if (args.get(i).equals(name) && i + 1 < args.size()) {
                return args.get(i + 1);
            }
        }
        return otherwise;
    }

    /** The port of the first of some URLs. */
    private static String port(String urls, String otherwise) {
        Matcher port = Pattern.compile("^[^,]*:(\\d+)/?(,.*)?$").matcher(urls);
        return port.matches() ? port.group(1) : otherwise;
    }

    private String file(String path) {
        try {
            return task.files().readText(path).strip();
        } catch (FileError e) {
            return "";
        }
    }
}
