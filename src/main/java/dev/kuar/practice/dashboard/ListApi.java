package dev.kuar.practice.dashboard;

import dev.kuar.practice.network.HttpHandler;
import dev.kuar.practice.network.HttpRequest;
import dev.kuar.practice.network.HttpResponse;
import dev.kuar.practice.object.JsonReader;
import dev.kuar.practice.object.JsonWriter;
import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A JSON API on the Dashboard's paths: who one is, and lists of names below {@code /api/v1/KIND[/NAMESPACE]}. */
final class ListApi {
    private static final Map<String, String> PATHS = Map.of(
            "namespace", "/api/v1/namespaces",
            "node", "/api/v1/nodes",
            "pod", "/api/v1/pods",
            "service", "/api/v1/services",
            "deployment", "/apis/apps/v1/deployments",
            "daemonset", "/apis/apps/v1/daemonsets",
            "statefulset", "/apis/apps/v1/statefulsets",
            "replicaset", "/apis/apps/v1/replicasets",
            "job", "/apis/batch/v1/jobs",
            "cronjob", "/apis/batch/v1/cronjobs");

    /** {@code login} takes a token in JSON and gives it back if the API server takes it; {@code me} names the visitor. */
    HttpResponse account(HttpRequest request, KubeAsk ask, HttpHandler api) {
        boolean login = request.path().endsWith("/login");
        KubeAsk asked = login ? new KubeAsk(api, postedToken(request)) : ask;
        if (asked.token().isEmpty()) {
            return unauthorized();
        }
        KubeAsk.Who who = asked.who();
        if (who.status() >= 400) {
            return who.status() == 401 ? unauthorized() : status(who.status(), who.name());
        }
        return json(200, login ? Map.of("token", asked.token()) : Map.of("name", who.name(), "authenticated", true));
    }

    private static String postedToken(HttpRequest request) {
        try {
            String token = KubeObject.of(JsonReader.readMap(request.body())).text("token");
            return token.chars().allMatch(c -> c > ' ' && c < 127) ? token : "";
        } catch (RuntimeException noJson) {
            return Visitor.formToken(request);
        }
    }

    HttpResponse list(HttpRequest request, KubeAsk ask) {
        String[] parts = request.path().replaceFirst("^/api/v1/", "").split("/");
        String path = PATHS.get(parts[0]);
        if (path == null || parts.length > 2) {
            return status(404, "the page is not known");
        }
        if (ask.token().isEmpty()) {
            return unauthorized();
        }
        if (parts.length == 2) {
            int end = path.lastIndexOf('/');
            path = path.substring(0, end) + "/namespaces/" + parts[1].replaceAll("[^-a-z0-9.]", "")
                    + path.substring(end);
        }
        KubeAsk.Reply reply = ask.objects(path);
        if (reply.refused()) {
            return json(reply.status(), reply.body().tree());
        }
        List<Object> items = new ArrayList<>();
        for (Map<String, Object> each : reply.body().maps("items")) {
            KubeObject object = KubeObject.of(each);
            Map<String, Object> meta = new LinkedHashMap<>();
            for (String field : List.of("name", "namespace", "uid", "creationTimestamp", "labels")) {
                Object value = object.at("metadata", field);
                if (value != null) {
                    meta.put(field, value);
                }
            }
            Map<String, Object> item = new LinkedHashMap<>();
            item.put("objectMeta", meta);
            item.put("typeMeta", Map.of("kind", parts[0]));
            items.add(item);
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("listMeta", Map.of("totalItems", (long) items.size()));
        answer.put(path.substring(path.lastIndexOf('/') + 1), items);
        return json(200, answer);
    }

    private static HttpResponse unauthorized() {
        return status(401, "Unauthorized");
    }

    private static HttpResponse status(int code, String message) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("kind", "Status");
        tree.put("apiVersion", "v1");
        tree.put("message", message);
        tree.put("code", (long) code);
        return json(code, tree);
    }

    private static HttpResponse json(int status, Map<String, Object> tree) {
        return HttpResponse.text(status, "application/json", JsonWriter.text(tree) + "\n");
    }
}
