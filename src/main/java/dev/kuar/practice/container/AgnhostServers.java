package dev.kuar.practice.container;

import dev.kuar.practice.network.HttpHandler;
import dev.kuar.practice.network.HttpRequest;
import dev.kuar.practice.network.HttpResponse;
import dev.kuar.practice.network.HttpService;
import dev.kuar.practice.object.JsonWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The small servers of agnhost: serve-hostname, porter, liveness, test-webserver. */
final class AgnhostServers {
    static final Map<String, String> SERVE_HOSTNAME =
            Map.of("tcp", "false", "udp", "false", "http", "true", "close", "false", "port", "9376");

    private static final Pattern SERVE = Pattern.compile("SERVE_(TCP_|UDP_|TLS_)?PORT_(\\d{1,5})");
    private static final Pattern HTML = Pattern.compile(
            "\\s*<(!DOCTYPE HTML|HTML|HEAD|SCRIPT|IFRAME|H1|DIV|FONT|TABLE|A|STYLE|TITLE|B|BODY|BR|P|!--)[ >]",
            Pattern.CASE_INSENSITIVE);
    private static final String TEXT = "text/plain; charset=utf-8";

    private AgnhostServers() {}

    static void serveHostname(Task task, GoFlags flags) throws IOException, GoFlags.Wrong {
        GoLog log = new GoLog(task);
        if (flags.on("http") && (flags.on("tcp") || flags.on("udp"))) {
            log.print("Can't server TCP/UDP mode and HTTP mode at the same time");
            task.end(1);
            return;
        }
        Sockets sockets = new Sockets(task);
        int port = flags.number("port");
        String hostname = task.container().spec().hostname();
        boolean listening = (!flags.on("tcp") || sockets.tcp(port, new BannerService(hostname)))
                && (!flags.on("udp") || sockets.udp(port, Netexec.always(hostname)))
                && (!flags.on("http")
                        || sockets.tcp(port, HttpService.plain(request -> {
                            log.print("HTTP request from " + request.peer() + ":" + Sockets.clientPort(request));
                            return HttpResponse.text(200, TEXT, hostname);
                        })));
        if (!listening) {
            return;
        }
        log.print("Serving on port " + port + ".");
        task.handle(Signal.TERM, signal -> {
            log.print("Shutting down after receiving signal: terminated.");
            log.print("Awaiting pod deletion.");
            task.container().clock().after(Duration.ofSeconds(60), () -> task.end(0));
        });
    }

    static void porter(Task task, GoFlags flags) throws IOException {
        Sockets sockets = new Sockets(task);
        for (Map.Entry<String, String> variable : task.env().entrySet()) {
            Matcher matcher = SERVE.matcher(variable.getKey());
            if (!matcher.matches()) {
                continue;
            }
            int port = Integer.parseInt(matcher.group(2));
            String value = variable.getValue();
            HttpHandler handler = request -> flags.on("json-response")
                    ? HttpResponse.text(
                            200,
                            "application/json",
                            JsonWriter.text(ordered("Method", request.method(), "Body", value)))
                    : HttpResponse.text(200, sniffed(value), value);
            String kind = matcher.group(1) == null ? "" : matcher.group(1);
            boolean listening =
                    switch (kind) {
                        case "UDP_" -> sockets.udp(port, Netexec.always(value));
                        case "TLS_" ->
                            sockets.tcp(
                                    port,
                                    sockets.secure(
                                            handler,
                                            task.env().getOrDefault("CERT_FILE", "localhost.crt"),
                                            task.env().getOrDefault("KEY_FILE", "localhost.key")));
                        default -> sockets.tcp(port, HttpService.plain(handler));
                    };
            if (!listening) {
                return;
            }
        }
        task.handle(Signal.INT, signal -> task.end(130));
    }

    /** What Go takes a body for that nobody says anything of. */
    private static String sniffed(String body) {
        return HTML.matcher(body).lookingAt() ? "text/html; charset=utf-8" : TEXT;
    }

    private static Map<String, Object> ordered(String one, String first, String two, String second) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(one, first);
        map.put(two, second);
        return map;
    }

    static void liveness(Task task, GoFlags flags) throws IOException {
        new Sockets(task).tcp(8080, HttpService.plain(request -> liveness(task, request)));
    }

    private static HttpResponse liveness(Task task, HttpRequest request) {
        double seconds =
                Duration.between(task.started(), task.container().clock().now()).toMillis() / 1000.0;
        return switch (request.path()) {
            case "/started" -> HttpResponse.text(200, TEXT, seconds + "s");
            case "/healthz" ->
                seconds > 10 ? HttpResponse.text(500, TEXT, "error: " + seconds) : HttpResponse.text(200, TEXT, "ok");
            case "/redirect" -> redirect(Form.of(request).text("loc"));
            default -> HttpResponse.text(404, TEXT, "404 page not found\n");
        };
    }

    private static HttpResponse redirect(String location) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "text/html; charset=utf-8");
        headers.put("Location", location);
        return new HttpResponse(
                302, headers, ("<a href=\"" + location + "\">Found</a>.\n\n").getBytes(StandardCharsets.UTF_8));
    }

    static void testWebserver(Task task, GoFlags flags) throws IOException, GoFlags.Wrong {
        new Sockets(task).tcp(flags.number("port"), HttpService.plain(request -> file(task, request)));
    }

    /** As Go's file server: {@code index.html} stands for its directory, and a directory's path ends with a slash. */
    private static HttpResponse file(Task task, HttpRequest request) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Access-Control-Allow-Origin", "*");
        headers.put("Cache-Control", "private");
        String path = request.path();
        try {
            if (path.endsWith("/index.html")) {
                return moved(headers, "./");
            }
            boolean directory = task.files().isDirectory(path);
            if (directory && !path.endsWith("/")) {
                return moved(headers, path.substring(path.lastIndexOf('/') + 1) + "/");
            }
            if (directory && !task.files().exists(path + "index.html")) {
                headers.put("Content-Type", "text/html; charset=utf-8");
                return new HttpResponse(200, headers, listing(task, path).getBytes(StandardCharsets.UTF_8));
            }
            byte[] body = task.files().read(directory ? path + "index.html" : path);
            headers.put("Content-Type", directory || path.endsWith(".html") ? "text/html; charset=utf-8" : TEXT);
            return new HttpResponse(200, headers, body);
        } catch (FileError e) {
            return HttpResponse.text(404, TEXT, "404 page not found\n");
        }
    }

    private static HttpResponse moved(Map<String, String> headers, String location) {
        headers.put("Location", location);
        return new HttpResponse(301, headers, new byte[0]);
    }

    private static String listing(Task task, String path) {
        StringBuilder page =
                new StringBuilder("<!doctype html>\n<meta name=\"viewport\" content=\"width=device-width\">\n<pre>\n");
        for (String name : task.files().list(path)) {
            String shown = task.files().isDirectory(path + name) ? name + "/" : name;
            page.append("<a href=\"").append(shown).append("\">").append(shown).append("</a>\n");
        }
        return page.append("</pre>\n").toString();
    }
}
