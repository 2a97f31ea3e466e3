package dev.kuar.practice.container;

import dev.kuar.practice.network.HttpRequest;
import dev.kuar.practice.network.HttpResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The working directory of a process as busybox's httpd answers with it; says what it was asked where it is told to. */
final class HttpdSite {
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final Task task;
    private final int talkative;
    private final boolean loopback;

    /**
     * @param talkative 1 to name each answer, 2 to name each request as well
     * @param loopback whether nobody from outside the pod is answered
     */
    HttpdSite(Task task, int talkative, boolean loopback) {
        this.task = task;
        this.talkative = talkative;
        this.loopback = loopback;
    }

    HttpResponse handle(HttpRequest request) {
        if (loopback && !request.peer().startsWith("127.")) {
            return HttpResponse.text(0, "text/plain", "");
        }
        HttpResponse response = answer(request);
        String peer = request.peer() + ":" + Sockets.clientPort(request) + ": ";
        if (talkative > 1 && response.status() != 400) {
            say(peer + "url:" + request.path());
        }
        if (talkative > 0) {
            say(peer + "response:" + response.status());
        }
        return response;
    }

    private void say(String line) {
        try {
            task.printError(line + "\n");
        } catch (IOException gone) {
            // Nobody reads it any more.
            return;
        }
    }

    private HttpResponse answer(HttpRequest request) {
        String path = Form.decode(request.path().replace("+", "%2B"));
        if (!path.startsWith("/") || ("/" + path + "/").contains("/../")) {
            return page(400, "Unsupported method");
        }
        if (!request.method().equals("GET") && !request.method().equals("HEAD") || path.startsWith("/cgi-bin/")) {
            return page(501, "The requested method is not recognized");
        }
        String file = "." + path;
        try {
            if (task.files().isDirectory(file)) {
                if (!path.endsWith("/")) {
                    Map<String, String> headers = headers("text/html");
                    headers.put("Location", path + "/");
                    return new HttpResponse(302, headers, new byte[0]);
                }
                file = file + "index.html";
            }
            byte[] body = task.files().read(file);
            long modified = task.files().stat(file).modified();
            Map<String, String> headers = headers(type(file));
            headers.put("Accept-Ranges", "bytes");
            headers.put("Last-Modified", HTTP_DATE.format(Instant.ofEpochMilli(modified)));
            headers.put("ETag", String.format(Locale.ROOT, "\"%x-%x\"", modified / 1000, body.length));
            return new HttpResponse(200, headers, body);
        } catch (FileError e) {
            return page(404, "The requested URL was not found");
        }
    }

    private HttpResponse page(int status, String words) {
        HttpResponse bare = new HttpResponse(status, headers("text/html"), new byte[0]);
        String title = status + " " + bare.reason();
        String body = "<HTML><HEAD><TITLE>" + title + "</TITLE></HEAD>\n<BODY><H1>" + title + "</H1>\n" + words
                + "\n</BODY></HTML>\n";
        return new HttpResponse(status, bare.headers(), body.getBytes(StandardCharsets.UTF_8));
    }

    private Map<String, String> headers(String type) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Date", HTTP_DATE.format(task.container().clock().now()));
        headers.put("Connection", "close");
        headers.put("Content-type", type);
        return headers;
    }

    private static String type(String path) {
        return switch (path.substring(path.lastIndexOf('.') + 1)) {
            case "txt", "h", "c", "cc", "cpp" -> "text/plain";
            case "htm", "html" -> "text/html";
            case "jpg", "jpeg" -> "image/jpeg";
            case "gif" -> "image/gif";
            case "png" -> "image/png";
            case "svg" -> "image/svg+xml";
            case "css" -> "text/css";
            case "js" -> "application/javascript";
            case "wav" -> "audio/wav";
            default -> "application/octet-stream";
        };
    }
}
