package dev.kuar.practice;

import dev.kuar.practice.object.JsonReader;
import dev.kuar.practice.object.JsonWriter;
import dev.kuar.practice.object.KubeObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Requests in a row with the answers that they must have.
 *
 * <p>A case begins with {@code ## title}. A line that begins with a method is a request: the target, and the body if there is
 * one. Before the next request stand, each on its line: {@code + Name: value}, a header; the answer, {@code CODE}, and for a
 * refusal {@code CODE reason message}; {@code ! text}, a warning; {@code = path value}, a field as JSON, {@code -} where it is
 * absent; {@code @ Name: value}, a header of the answer; {@code ~ text}, the body as it is; {@code > name path}, a field
 * to remember ({@code @Name}: a header of the answer), which is meant by <code>${name}</code> from there on; <code>${long}</code> is a long text.
 */
final class RequestCase {
    private static final int LONG = 200_000;

    private final String title;
    private final List<List<String>> exchanges = new ArrayList<>();

    private RequestCase(String title) {
        this.title = title;
    }

    static List<RequestCase> parse(String text) {
        List<RequestCase> cases = new ArrayList<>();
        for (String line : text.split("\n")) {
            if (line.startsWith("## ")) {
                cases.add(new RequestCase(line.substring(3)));
            } else if (line.matches("(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|FOO) .*")) {
                cases.get(cases.size() - 1).exchanges.add(new ArrayList<>(List.of(line)));
            } else if (!line.isBlank() && !line.startsWith("#")) {
                List<List<String>> all = cases.get(cases.size() - 1).exchanges;
                all.get(all.size() - 1).add(line);
            }
        }
        return cases;
    }

    String title() {
        return title;
    }

    /** The lines of the case. */
    String expected() {
        StringBuilder all = new StringBuilder();
        exchanges.forEach(exchange -> exchange.forEach(line -> all.append(line).append('\n')));
        return all.toString();
    }

    /** The same lines with what was answered in the place of what was expected. */
    String answered(Sender sender) throws IOException, InterruptedException {
        StringBuilder all = new StringBuilder();
        Map<String, String> known = new HashMap<>(Map.of("long", "x".repeat(LONG)));
        for (List<String> exchange : exchanges) {
            HttpResponse<byte[]> answer = sender.send(exchange, known);
            String body = new String(answer.body(), StandardCharsets.UTF_8);
            List<String> warnings = new ArrayList<>(answer.headers().allValues("Warning"));
            for (String line : exchange) {
                all.append(
                                switch (line.charAt(0)) {
                                    case '=' -> field(line, body);
                                    case '@' -> header(line, answer, known);
                                    case '~' -> ("~ " + body.strip()).strip();
                                    case '!' -> "! " + (warnings.isEmpty() ? "" : text(warnings.remove(0)));
                                    case '>' -> remember(line, answer, body, known);
                                    default ->
                                        Character.isDigit(line.charAt(0))
                                                ? outcome(answer.statusCode(), body, known)
                                                : line;
                                })
                        .append('\n');
            }
            warnings.forEach(more -> all.append("! ").append(text(more)).append('\n'));
        }
        return all.toString();
    }

    private static String text(String warning) {
        return warning.substring("299 - \"".length(), warning.length() - 1).replace("\\\"", "\"");
    }

    private static String outcome(int code, String body, Map<String, String> known) {
        if (code < 400 || !body.startsWith("{")) {
            return Integer.toString(code);
        }
        KubeObject status = object(body);
        String reason = status.text("reason");
        String said = code + (reason.isEmpty() ? "" : " " + reason) + " "
                + status.text("message").replace("\n", "\\n");
        return named(said, known).strip();
    }

    private static String field(String line, String body) {
        String path = line.split(" ", 3)[1];
        Object value = object(body).tree();
        for (String step : path.split("\\.")) {
            value = value instanceof List<?> list
                    ? list.get(Integer.parseInt(step))
                    : value instanceof Map<?, ?> map ? map.get(step) : null;
        }
        return "= " + path + " " + (value == null ? "-" : JsonWriter.text(value));
    }

    private static String header(String line, HttpResponse<byte[]> answer, Map<String, String> known) {
        String name = line.substring(2, line.indexOf(':'));
        String said = "@ " + name + ": " + String.join(", ", answer.headers().allValues(name));
        return named(said, known).strip();
    }

    private static String remember(String line, HttpResponse<byte[]> answer, String body, Map<String, String> known) {
        String[] words = line.split(" ");
        known.put(
                words[1],
                words[2].startsWith("@")
                        ? answer.headers().firstValue(words[2].substring(1)).orElse("")
                        : object(body).text(words[2].split("\\.")));
        return line;
    }

    private static String named(String said, Map<String, String> known) {
        String all = said;
        for (Map.Entry<String, String> each : known.entrySet()) {
            all = each.getValue().isEmpty() ? all : all.replace(each.getValue(), "${" + each.getKey() + "}");
        }
        return all;
    }

    private static KubeObject object(String body) {
        return KubeObject.of(JsonReader.readMap(body.getBytes(StandardCharsets.UTF_8)));
    }

    /** Sends requests as the administrator, or as who is named by a header {@code Authorization}. */
    static final class Sender {
        private final HttpClient http;
        private final HttpClient bare;
        private final String server;

        Sender(WireClient wire) {
            HttpClient.Builder builder = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1);
            http = builder.sslContext(wire.tls()).build();
            bare = builder.sslContext(wire.bareTls()).build();
            server = "https://127.0.0.1:" + wire.port();
        }

        private static String filled(String line, Map<String, String> known) {
            String all = line;
            for (Map.Entry<String, String> each : known.entrySet()) {
                all = all.replace("${" + each.getKey() + "}", each.getValue());
            }
            return all;
        }

        private HttpResponse<byte[]> send(List<String> exchange, Map<String, String> known)
                throws IOException, InterruptedException {
            String[] parts = filled(exchange.get(0), known).split(" ", 3);
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server + parts[1]))
                    .method(
                            parts[0],
                            parts.length < 3
                                    ? HttpRequest.BodyPublishers.noBody()
                                    : HttpRequest.BodyPublishers.ofString(parts[2]))
                    .timeout(Duration.ofMinutes(1))
                    .setHeader("User-Agent", "test/1")
                    .setHeader("Content-Type", "application/json");
            HttpClient client = http;
            for (String each : exchange) {
                if (each.startsWith("+ ")) {
                    int colon = each.indexOf(':');
                    String name = each.substring(2, colon);
                    request.setHeader(name, filled(each.substring(colon + 1).strip(), known));
                    client = name.equals("Authorization") ? bare : client;
                }
            }
            return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        }
    }
}
