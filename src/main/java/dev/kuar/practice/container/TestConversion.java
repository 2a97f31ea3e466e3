package dev.kuar.practice.container;

import dev.kuar.practice.network.HttpHandler;
import dev.kuar.practice.network.HttpRequest;
import dev.kuar.practice.network.HttpResponse;
import dev.kuar.practice.object.JsonReader;
import dev.kuar.practice.object.JsonWriter;
import dev.kuar.practice.object.KubeObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code agnhost crd-conversion-webhook}: converts between v1 of {@code stable.example.com}, which has a {@code hostPort}, and
 * v2, which has {@code host} and {@code port}. It reads and writes JSON.
 */
final class TestConversion implements HttpHandler {
    static final Map<String, String> FLAGS = Map.of(
            "tls-cert-file", "", "tls-private-key-file", "", "port", "443", "v", "0", "alsologtostderr", "false");

    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String V1 = "stable.example.com/v1";
    private static final String V2 = "stable.example.com/v2";

    private final GoLog log;

    private TestConversion(Task task) {
        this.log = new GoLog(task);
    }

    static void begin(Task task, GoFlags flags) throws IOException, GoFlags.Wrong {
        Sockets sockets = new Sockets(task);
        sockets.tcp(
                flags.number("port"),
                sockets.secure(
                        new TestConversion(task), flags.text("tls-cert-file"), flags.text("tls-private-key-file")));
    }

    @Override
    public HttpResponse handle(HttpRequest request) {
        if (request.path().equals("/readyz")) {
            return HttpResponse.text(200, TEXT, "ok");
        }
        if (!request.path().equals("/crdconvert")) {
            return HttpResponse.text(404, TEXT, "404 page not found\n");
        }
        String type = request.header("Content-Type");
        if (!type.equals("application/json")) {
            return refusal("framework.go:137", "invalid Content-Type header `" + type + "`");
        }
        KubeObject review;
        try {
            review = KubeObject.of(JsonReader.readMap(request.body()));
        } catch (RuntimeException unreadable) {
            return refusal(
                    "framework.go:146",
                    "failed to deserialize body (" + new String(request.body(), StandardCharsets.UTF_8)
                            + ") with error " + unreadable.getMessage());
        }
        boolean known = review.kind().equals("ConversionReview")
                && (review.apiVersion().equals("apiextensions.k8s.io/v1")
                        || review.apiVersion().equals("apiextensions.k8s.io/v1beta1"));
        if (!known) {
            return refusal(
                    "framework.go:185",
                    "Unsupported group version kind: " + review.apiVersion() + ", Kind=" + review.kind());
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("kind", review.kind());
        answer.put("apiVersion", review.apiVersion());
        Map<String, @Nullable Object> asked = new LinkedHashMap<>();
        asked.put("uid", "");
        asked.put("desiredAPIVersion", "");
        asked.put("objects", null);
        answer.put("request", asked);
        answer.put("response", response(KubeObject.of(review.map("request"))));
        return HttpResponse.text(200, "application/json", JsonWriter.text(answer) + "\n");
    }

    private HttpResponse refusal(String from, String why) {
        log.klog('E', from, why);
        return HttpResponse.text(400, TEXT, why + "\n");
    }

    private Map<String, Object> response(KubeObject asked) {
        KubeObject response = KubeObject.of(new LinkedHashMap<>());
        response.set(asked.text("uid"), "uid");
        List<Object> converted = new ArrayList<>();
        String problem = "";
        for (Map<String, Object> each : asked.maps("objects")) {
            KubeObject object = KubeObject.of(KubeObject.copyOf(each));
            problem = convert(object, asked.text("desiredAPIVersion"));
            if (!problem.isEmpty()) {
                break;
            }
            object.set(asked.text("desiredAPIVersion"), "apiVersion");
            converted.add(object.tree());
        }
        if (problem.isEmpty()) {
            response.set(converted, "convertedObjects");
        }
        response.set(new LinkedHashMap<>(), "result", "metadata");
        response.set(problem.isEmpty() ? "Success" : "Failure", "result", "status");
        if (!problem.isEmpty()) {
            log.klog('E', "framework.go:109", problem);
            response.set(problem, "result", "message");
        }
        return response.tree();
    }

    /** Changes {@code object}; says what is wrong, or nothing. */
    private static String convert(KubeObject object, String to) {
        String from = object.apiVersion();
        if (from.equals(to)) {
            return "conversion from a version to itself should not call the webhook: " + to;
        }
        if (!from.equals(V1) && !from.equals(V2)) {
            return "unexpected conversion version \"" + from + "\"";
        }
        if (!to.equals(from.equals(V1) ? V2 : V1)) {
            return "unexpected conversion version \"" + to + "\"";
        }
        return from.equals(V1) ? split(object) : join(object);
    }

    private static String split(KubeObject object) {
        if (!object.tree().containsKey("hostPort")) {
            return "";
        }
        String both = object.text("hostPort");
        String[] parts = both.split(":", -1);
        if (parts.length != 2) {
            return "invalid hostPort value `" + both + "`";
        }
        object.tree().remove("hostPort");
        object.set(parts[0], "host");
        object.set(parts[1], "port");
        return "";
    }

    private static String join(KubeObject object) {
        if (object.tree().containsKey("host") || object.tree().containsKey("port")) {
            object.set(object.text("host") + ":" + object.text("port"), "hostPort");
            object.tree().remove("host");
            object.tree().remove("port");
        }
        return "";
    }
}
