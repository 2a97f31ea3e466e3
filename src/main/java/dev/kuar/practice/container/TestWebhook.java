package dev.kuar.practice.container;

import dev.kuar.practice.network.HttpHandler;
import dev.kuar.practice.network.HttpRequest;
import dev.kuar.practice.network.HttpResponse;
import dev.kuar.practice.object.JsonReader;
import dev.kuar.practice.object.JsonWriter;
import dev.kuar.practice.object.KubeObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code agnhost webhook}: an admission webhook with a path for each thing that it can do. */
final class TestWebhook implements HttpHandler {
    static final Map<String, String> FLAGS = Map.of(
            "tls-cert-file",
            "",
            "tls-private-key-file",
            "",
            "port",
            "443",
            "sidecar-image",
            "",
            "v",
            "0",
            "alsologtostderr",
            "false");

    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String MARK = "webhook-e2e-test";
    private static final String INIT =
            "[{\"op\":\"add\",\"path\":\"/spec/initContainers\",\"value\":[{\"image\":\"webhook-added-image\","
                    + "\"name\":\"webhook-added-init-container\",\"resources\":{}}]}]";

    private final Task task;
    private final GoLog log;
    private final String sidecar;

    private TestWebhook(Task task, String sidecar) {
        this.task = task;
        this.log = new GoLog(task);
        this.sidecar = sidecar;
    }

    static void begin(Task task, GoFlags flags) throws IOException, GoFlags.Wrong {
        Sockets sockets = new Sockets(task);
        sockets.tcp(
                flags.number("port"),
                sockets.secure(
                        new TestWebhook(task, flags.text("sidecar-image")),
                        flags.text("tls-cert-file"),
                        flags.text("tls-private-key-file")));
    }

    @Override
    public HttpResponse handle(HttpRequest request) {
        if (request.path().equals("/readyz")) {
            return HttpResponse.text(200, TEXT, "ok");
        }
        if (!request.header("Content-Type").equals("application/json")) {
            log.klog('E', "main.go:111", "contentType=" + request.header("Content-Type") + ", expect application/json");
            return HttpResponse.text(200, TEXT, "");
        }
        KubeObject review;
        try {
            review = KubeObject.of(JsonReader.readMap(request.body()));
        } catch (RuntimeException unreadable) {
            return HttpResponse.text(400, TEXT, "Request could not be decoded: " + unreadable.getMessage() + "\n");
        }
        KubeObject asked = KubeObject.of(review.map("request"));
        Map<String, Object> verdict = verdict(request.path(), asked);
        if (verdict == null) {
            return HttpResponse.text(404, TEXT, "404 page not found\n");
        }
        verdict.put("uid", asked.text("uid"));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("kind", review.kind());
        answer.put("apiVersion", review.apiVersion());
        answer.put("response", verdict);
        return HttpResponse.text(200, "application/json", JsonWriter.text(answer));
    }

    private @Nullable Map<String, Object> verdict(String path, KubeObject asked) {
        boolean deletes = asked.text("operation").equals("DELETE");
        KubeObject object = KubeObject.of(asked.map(deletes ? "oldObject" : "object"));
        return switch (path) {
            case "/always-allow-delay-5s" -> {
                pause(Duration.ofSeconds(5));
                yield allow();
            }
            case "/always-deny" -> deny("message", "this webhook denies all requests");
            case "/add-label" -> addLabel(object);
            case "/pods" -> pods(object);
            case "/pods/attach" -> attach(asked, object);
            case "/mutating-pods" ->
                object.name().equals("webhook-to-be-mutated")
                                && !hasContainer(object, "initContainers", "webhook-added-init-container")
                        ? patch(INIT)
                        : allow();
            case "/mutating-pods-sidecar" -> sidecar(object);
            case "/configmaps" -> data(object, deletes, "configmap", "key and value");
            case "/custom-resource" -> data(object, deletes, "custom resource", "data");
            case "/mutating-configmaps", "/mutating-custom-resource" -> stages(object);
            case "/crd" ->
                object.labels().getOrDefault(MARK, "").equals("webhook-disallow")
                        ? deny("message", "the crd contains unwanted label")
                        : allow();
            default -> null;
        };
    }

    private void pause(Duration time) {
        try {
            task.container().clock().sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Map<String, Object> addLabel(KubeObject object) {
        String value = object.labels().get("added-label");
        String op = "yes".equals(value) ? "" : value == null ? "add" : "replace";
        if (object.labels().isEmpty()) {
            return patch("[{\"op\":\"add\",\"path\":\"/metadata/labels\",\"value\":{\"added-label\":\"yes\"}}]");
        }
        return op.isEmpty()
                ? allow()
                : patch("[{\"op\":\"" + op + "\",\"path\":\"/metadata/labels/added-label\",\"value\":\"yes\"}]");
    }

    private Map<String, Object> pods(KubeObject pod) {
        String label = pod.labels().getOrDefault(MARK, "");
        StringBuilder wrong = new StringBuilder();
        if (label.equals("webhook-disallow")) {
            wrong.append("the pod contains unwanted label; ");
        }
        if (label.equals("wait-forever")) {
            pause(Duration.ofDays(1));
            wrong.append("the pod response should not be sent; ");
        }
        for (Map<String, Object> container : pod.maps("spec", "containers")) {
            if (String.valueOf(container.get("name")).contains("webhook-disallow")) {
                wrong.append("the pod contains unwanted container name; ");
            }
        }
        return wrong.length() == 0 ? allow() : deny("message", wrong.toString().strip());
    }

    private static Map<String, Object> attach(KubeObject asked, KubeObject options) {
        boolean refused = asked.text("name").equals("to-be-attached-pod")
                && options.flag("stdin")
                && options.text("container").equals("container1");
        return refused ? deny("message", "attaching to pod 'to-be-attached-pod' is not allowed") : allow();
    }

    private Map<String, Object> sidecar(KubeObject pod) {
        if (sidecar.isEmpty()) {
            return deny("message", "No image specified by the sidecar-image parameter");
        }
        return hasContainer(pod, "containers", "webhook-added-sidecar")
                ? allow()
                : patch("[{\"op\":\"add\",\"path\":\"/spec/containers/-\",\"value\":{\"image\":\"" + sidecar
                        + "\",\"name\":\"webhook-added-sidecar\",\"resources\":{}}}]");
    }

    private static boolean hasContainer(KubeObject pod, String list, String name) {
        return pod.maps("spec", list).stream().anyMatch(container -> name.equals(container.get("name")));
    }

    private static Map<String, Object> data(KubeObject object, boolean deletes, String what, String unwanted) {
        String mark = object.textMap("data").getOrDefault(MARK, "");
        if (!deletes && mark.equals("webhook-disallow")) {
            return deny("reason", "the " + what + " contains unwanted " + unwanted);
        }
        return deletes && mark.equals("webhook-nondeletable")
                ? deny("reason", "the " + what + " cannot be deleted because it contains unwanted key and value")
                : allow();
    }

    private static Map<String, Object> stages(KubeObject object) {
        Map<String, String> data = object.textMap("data");
        int stage = "yes".equals(data.get("mutation-stage-1")) ? 2 : "yes".equals(data.get("mutation-start")) ? 1 : 0;
        return stage == 0
                ? allow()
                : patch("[{\"op\":\"add\",\"path\":\"/data/mutation-stage-" + stage + "\",\"value\":\"yes\"}]");
    }

    private static Map<String, Object> allow() {
        Map<String, Object> verdict = new LinkedHashMap<>();
        verdict.put("allowed", true);
        return verdict;
    }

    private static Map<String, Object> deny(String field, String words) {
        Map<String, Object> verdict = new LinkedHashMap<>();
        verdict.put("allowed", false);
        verdict.put("status", Map.of("metadata", Map.of(), field, words));
        return verdict;
    }

    private static Map<String, Object> patch(String operations) {
        Map<String, Object> verdict = allow();
        verdict.put("patch", Base64.getEncoder().encodeToString(operations.getBytes(StandardCharsets.UTF_8)));
        verdict.put("patchType", "JSONPatch");
        return verdict;
    }
}
