package dev.kuar.practice.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.auth.UserInfo;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.JsonReader;
import dev.kuar.practice.object.JsonWriter;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Status;
import dev.kuar.practice.time.SystemClusterClock;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Replays the recorded requests of a real API server, without a wire, and compares codes and the texts of refusals. */
final class GoldenHttpTest {
    private static final Path GOLDEN = Path.of("../shared/golden/http");
    private static final Pattern REFERENCE = Pattern.compile("\\{\\{([a-z0-9-]+):([^}]+)}}");
    private static final Pattern VARIES = Pattern.compile(
            "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|20[0-9-]{8}T[0-9:]{8}Z|(?<=resourceVersion\\\\{0,3}\":\\\\{0,3}\")[0-9]+|(?<=current: |record \\()[0-9]+|\\b[0-9]{4,9}\\b|(?<=continue\":\")[A-Za-z0-9]+|10\\.96\\.[0-9.]+");
    private static final Pattern RESOURCE = Pattern.compile(
            "/(?:api|apis/([^/]+))/([^/]+)(?:/namespaces/([^/]+))?/([a-z]+)(?:/([^/]+))?(?:/([a-z]+))?/?");

    private final Map<String, KubeObject> answers = new TreeMap<>();

    @Test
    void answers_as_the_recorded_server() throws IOException {
        Path golden = Files.isDirectory(GOLDEN) ? GOLDEN : Path.of("../../shared/golden/http");
        Assumptions.assumeTrue(Files.isDirectory(golden), "skipped: no recordings at " + GOLDEN);
        List<String> differences = new ArrayList<>();
        int compared = 0;
        try (TestServer cluster = new TestServer(new SystemClusterClock(10, (what, failure) -> {}));
                Stream<Path> folders = Files.list(golden)) {
            for (Path folder : folders.filter(GoldenHttpTest::isOurs).sorted().toList()) {
                String difference = replay(cluster, folder);
                if (difference != null) {
                    compared++;
                }
                if (difference != null && !difference.isEmpty()) {
                    differences.add(folder.getFileName() + ": " + difference);
                }
            }
        }
        differences.forEach(line -> System.getLogger("golden").log(System.Logger.Level.INFO, line));
        assertThat(differences).hasSizeLessThanOrEqualTo(compared / 7);
    }

    private static boolean isOurs(Path folder) {
        String name = folder.getFileName().toString();
        if (!name.matches("[0-9]{3}-.*")) {
            return false;
        }
        int number = Integer.parseInt(name.substring(0, 3));
        return (number >= 144 && number <= 368) || (number >= 399 && number <= 447);
    }

    /** Null where there is nothing to compare, empty where it agrees. */
    private @Nullable String replay(TestServer cluster, Path folder) throws IOException {
        Path template = folder.resolve("request-template");
        String text = Files.readString(Files.exists(template) ? template : folder.resolve("request"));
        String filled = REFERENCE.matcher(text).replaceAll(this::lookup);
        int blank = filled.indexOf("\n\n");
        String[] head = filled.substring(0, blank < 0 ? filled.length() : blank).split("\r?\n");
        String body = blank < 0 ? "" : filled.substring(blank + 2).replaceFirst("\n+$", "");
        String[] first = head[0].split(" ");
        String[] target = first[1].split("\\?", 2);
        Map<String, List<String>> query = query(target.length < 2 ? "" : target[1]);
        Matcher path = RESOURCE.matcher(target[0]);
        String headers = String.join("\n", head).toLowerCase(Locale.ROOT);
        if (!path.matches()
                || query.containsKey("watch")
                || headers.contains("golden-auth")
                || headers.contains("impersonate")
                || body.startsWith("<")
                || headers.contains("protobuf")) {
            return null;
        }
        Outcome outcome = run(cluster, first[0], path, query, headers, body);
        if (outcome.object != null) {
            answers.put(folder.getFileName().toString().substring(4), outcome.object);
        }
        return compare(folder, outcome);
    }

    private String lookup(java.util.regex.MatchResult reference) {
        KubeObject answer = answers.get(reference.group(1));
        return answer == null ? "1" : answer.text(reference.group(2).split("\\."));
    }

    private record Outcome(
            int code, @Nullable KubeObject object, @Nullable Status status) {}

    private static Outcome run(
            TestServer cluster,
            String method,
            Matcher path,
            Map<String, List<String>> query,
            String headers,
            String body) {
        try {
            Answer answer = cluster.server().handle(request(method, path, query, headers, body));
            if (answer instanceof Answer.One one) {
                return new Outcome(
                        answer.code(),
                        KubeObject.of(JsonReader.readMap(one.object().json())),
                        null);
            }
            if (answer instanceof Answer.Many many) {
                java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
                many.writeJson(out, false);
                return new Outcome(200, KubeObject.of(JsonReader.readMap(out.toByteArray())), null);
            }
            return new Outcome(answer.code(), null, ((Answer.Outcome) answer).status());
        } catch (ApiException refused) {
            return new Outcome(refused.code(), null, refused.status());
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        } catch (RuntimeException broken) {
            java.io.StringWriter trace = new java.io.StringWriter();
            broken.printStackTrace(new java.io.PrintWriter(trace));
            return new Outcome(
                    599, null, Status.failure(599, "", trace.toString().substring(0, 600)));
        }
    }

    private static ApiRequest request(
            String method, Matcher path, Map<String, List<String>> query, String headers, String body) {
        boolean named = path.group(5) != null;
        Verb verb =
                switch (method) {
                    case "POST" -> Verb.CREATE;
                    case "PUT" -> Verb.UPDATE;
                    case "PATCH" -> Verb.PATCH;
                    case "DELETE" -> named ? Verb.DELETE : Verb.DELETECOLLECTION;
                    default -> named ? Verb.GET : Verb.LIST;
                };
        String group = path.group(1) == null ? "" : path.group(1);
        String namespace = path.group(3) == null ? "" : path.group(3);
        ApiRequest request = ApiRequest.of(
                        UserInfo.of("kubernetes-admin", "system:masters", "system:authenticated"),
                        "curl/8",
                        verb,
                        new GroupResource(group, path.group(4)),
                        path.group(2),
                        decode(namespace),
                        named ? decode(path.group(5)) : "",
                        path.group(6) == null ? "" : path.group(6))
                .with(RequestOptions.parse(query));
        if (!body.isEmpty() || method.equals("POST") || method.equals("PUT")) {
            boolean yaml = headers.contains("yaml") && !headers.contains("content-type: application/json");
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            request = request.with(yaml ? Body.yaml(bytes) : Body.json(bytes));
        }
        if (verb == Verb.PATCH) {
            request = request.with(
                    headers.contains("strategic")
                            ? ApiClient.PatchType.STRATEGIC
                            : headers.contains("merge-patch")
                                    ? ApiClient.PatchType.MERGE
                                    : headers.contains("apply-patch")
                                            ? ApiClient.PatchType.APPLY
                                            : ApiClient.PatchType.JSON);
        }
        return request;
    }

    private static Map<String, List<String>> query(String text) {
        Map<String, List<String>> query = new LinkedHashMap<>();
        for (String pair : text.split("&")) {
            String[] parts = pair.split("=", 2);
            if (!pair.isEmpty()) {
                query.computeIfAbsent(decode(parts[0]), k -> new ArrayList<>())
                        .add(parts.length < 2 ? "" : decode(parts[1]));
            }
        }
        return query;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static @Nullable String compare(Path folder, Outcome outcome) throws IOException {
        Path headers = folder.resolve("response-headers");
        Path body = folder.resolve("response-body");
        if (!Files.exists(headers)) {
            return null;
        }
        int code = Integer.parseInt(Files.readString(headers).split(" ")[1]);
        if (code == 415 || code == 405 || code == 406) {
            return null;
        }
        if (code != outcome.code) {
            return "code " + outcome.code + " instead of " + code + " "
                    + (outcome.status == null ? "" : outcome.status.message());
        }
        if (!Files.exists(body) || Files.size(body) > 100_000) {
            return "";
        }
        Object expected;
        try {
            expected = JsonReader.read(Files.readAllBytes(body));
        } catch (IllegalArgumentException notJson) {
            return "";
        }
        KubeObject golden = KubeObject.of(asMap(expected));
        if (golden.kind().equals("Table") || golden.kind().startsWith("Partial")) {
            return "";
        }
        Object ours = outcome.status != null
                ? outcome.status.tree()
                : asMap(outcome.object == null ? null : outcome.object.tree());
        String left = masked(expected);
        String right = masked(ours);
        return left.equals(right) ? "" : "\n   theirs " + around(left, right) + "\n   ours   " + around(right, left);
    }

    private static String around(String text, String other) {
        int same = 0;
        while (same < Math.min(text.length(), other.length()) && text.charAt(same) == other.charAt(same)) {
            same++;
        }
        return text.substring(Math.max(0, same - 80), Math.min(text.length(), same + 160));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> asMap(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    private static String masked(@Nullable Object tree) {
        return VARIES.matcher(JsonWriter.text(sorted(tree))).replaceAll("*");
    }

    private static @Nullable Object sorted(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> sorted = new TreeMap<>();
            map.forEach((k, v) -> {
                if (v != null) {
                    sorted.put(String.valueOf(k), sorted(v));
                }
            });
            return sorted;
        }
        if (value instanceof List<?> list) {
            List<Object> sorted = new ArrayList<>();
            list.forEach(v -> sorted.add(sorted(v)));
            return sorted;
        }
        return value;
    }
}
