package dev.kuar.practice.container;

import dev.kuar.practice.network.HttpHandler;
import dev.kuar.practice.network.HttpRequest;
import dev.kuar.practice.network.HttpResponse;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** The book's demo application: a page about its pod, {@code /healthy} and {@code /ready} that can be made to fail, {@code /env}, {@code /fs/}. */
final class KuardSite implements HttpHandler {
    private final Task task;
    private final AtomicBoolean healthy = new AtomicBoolean(true);
    private final AtomicBoolean ready = new AtomicBoolean(true);
    private final AtomicInteger failures = new AtomicInteger();

    KuardSite(Task task) {
        this.task = task;
    }

    @Override
    public HttpResponse handle(HttpRequest request) {
        String path = request.path();
        if (path.equals("/healthy") || path.equals("/ready")) {
            boolean good = (path.equals("/healthy") ? healthy : ready).get()
                    && failures.getAndUpdate(n -> Math.max(0, n - 1)) == 0;
            return text(good ? 200 : 500, good ? "ok" : "fail");
        }
        if (path.startsWith("/healthy/api") || path.startsWith("/ready/api")) {
            AtomicBoolean probe = path.startsWith("/healthy") ? healthy : ready;
            probe.set(!new String(request.body(), java.nio.charset.StandardCharsets.UTF_8).contains("\"fail"));
            return text(200, "");
        }
        if (path.equals("/env/api")) {
            return HttpResponse.text(
                    200,
                    "application/json",
                    dev.kuar.practice.object.JsonWriter.text(
                            java.util.Map.of("commandLine", task.args(), "env", task.env())));
        }
        if (path.startsWith("/fs/")) {
            return files(path.substring(3));
        }
        return path.equals("/") || path.startsWith("/-/") ? page(request) : text(404, "404 page not found\n");
    }

    private HttpResponse files(String path) {
        try {
            if (task.files().isDirectory(path)) {
                StringBuilder list = new StringBuilder("<pre>\n");
                for (String name : task.files().list(path)) {
                    String shown = task.files().isDirectory(path + "/" + name) ? name + "/" : name;
                    list.append("<a href=\"")
                            .append(shown)
                            .append("\">")
                            .append(shown)
                            .append("</a>\n");
                }
                return HttpResponse.text(
                        200, "text/html; charset=utf-8", list.append("</pre>\n").toString());
            }
            return text(200, task.files().readText(path));
        } catch (FileError e) {
            return text(404, "404 page not found\n");
        }
    }

    private HttpResponse page(HttpRequest request) {
        return HttpResponse.text(
                200,
                "text/html",
                "<!doctype html>\n\n<html lang=\"en\">\n<head>\n  <meta charset=\"utf-8\">\n  <title>KUAR Demo</title>\n"
                        + "</head>\n<body>\n<h1>Demo application</h1>\n<p>Hostname: "
                        + task.container().spec().hostname()
                        + "</p>\n<p>Addresses: " + task.container().network().ip() + "</p>\n<p>Version: "
                        + new Template(task).fill("${tag}") + "</p>\n<p>Request from: " + request.peer()
                        + "</p>\n</body>\n</html>\n");
    }

    private static HttpResponse text(int status, String body) {
        return HttpResponse.text(status, "text/plain", body);
    }
}
