package dev.kuar.practice.container;

import dev.kuar.practice.network.HttpHandler;
import dev.kuar.practice.network.HttpRequest;
import dev.kuar.practice.network.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Serves the files below a directory of the container, as nginx does with its default configuration. */
final class StaticSite implements HttpHandler {
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final Task task;
    private final String root;
    private final String server;

    StaticSite(Task task, String root, String server) {
        this.task = task;
        this.root = root;
        this.server = new Template(task).fill(server);
    }

    @Override
    public HttpResponse handle(HttpRequest request) {
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            return page(405);
        }
        String path = root + request.path().replaceAll("/\\.\\.(?=/|$)", "");
        try {
            if (task.files().isDirectory(path)) {
                if (!path.endsWith("/")) {
                    return moved(request);
                }
                path = path + "index.html";
                if (!task.files().exists(path)) {
                    return page(403);
                }
            }
            byte[] body = task.files().read(path);
            Map<String, String> headers = headers(type(path));
            headers.put(
                    "Last-Modified",
                    HTTP_DATE.format(
                            Instant.ofEpochMilli(task.files().stat(path).modified())));
            headers.put("Accept-Ranges", "bytes");
            return new HttpResponse(200, headers, body);
        } catch (FileError e) {
            return page(e.kind() == FileError.Kind.DENIED ? 403 : 404);
        }
    }

    private HttpResponse moved(HttpRequest request) {
        HttpResponse page = page(301);
        page.headers().put("Location", "http://" + request.header("Host") + request.path() + "/");
        return page;
    }

    private HttpResponse page(int status) {
        String title = status + " "
                + switch (status) {
                    case 301 -> "Moved Permanently";
                    case 403 -> "Forbidden";
                    case 405 -> "Not Allowed";
                    default -> "Not Found";
                };
        String body = "<html>\r\n<head><title>" + title + "</title></head>\r\n<body>\r\n<center><h1>" + title
                + "</h1></center>\r\n<hr><center>" + server + "</center>\r\n</body>\r\n</html>\r\n";
        return new HttpResponse(status, headers("text/html"), body.getBytes(StandardCharsets.UTF_8));
    }

    private Map<String, String> headers(String type) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Server", server);
        headers.put("Date", HTTP_DATE.format(task.container().clock().now()));
        headers.put("Content-Type", type);
        return headers;
    }

    private static String type(String path) {
        String end = path.substring(path.lastIndexOf('.') + 1);
        return switch (end) {
            case "html", "htm" -> "text/html";
            case "css" -> "text/css";
            case "js" -> "application/javascript";
            case "json" -> "application/json";
            case "txt" -> "text/plain";
            case "xml" -> "text/xml";
            case "svg" -> "image/svg+xml";
            case "png" -> "image/png";
            default -> "application/octet-stream";
        };
    }
}
