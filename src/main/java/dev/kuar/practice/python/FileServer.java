package dev.kuar.practice.python;

import dev.kuar.practice.network.HttpHandler;
import dev.kuar.practice.network.HttpRequest;
import dev.kuar.practice.network.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The server of {@code python -m http.server}: the files below a directory, lists of them, its own pages for errors. */
public final class FileServer implements HttpHandler {
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter LOG_DATE =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy HH:mm:ss", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final int DARK = 14;

    private final PythonHost host;
    private final String directory;
    private final String version;
    private final String protocol;

    /** @param protocol {@code HTTP/1.0} unless it was asked for another */
    public FileServer(PythonHost host, String directory, String version, String protocol) {
        this.host = host;
        this.directory = directory;
        this.version = version;
        this.protocol = protocol;
    }

    private int minor() {
        return Integer.parseInt(version.split("\\.")[1]);
    }

    @Override
    public HttpResponse handle(HttpRequest request) {
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            return error(
                    request,
                    501,
                    "Unsupported method ('" + request.method() + "')",
                    "Server does not support this operation");
        }
        String path = located(request.target());
        if (host.kind(path).equals("directory")) {
            String asked = request.target().replaceFirst("[?#].*$", "");
            if (!asked.endsWith("/")) {
                String query = request.target().substring(asked.length());
                Map<String, String> headers = headers(request, 301);
                headers.put("Location", asked + "/" + query);
                return answer(301, headers, new byte[0]);
            }
            String index = host.kind(path + "/index.html").equals("file") ? path + "/index.html" : path + "/index.htm";
            if (!host.kind(index).equals("file")) {
                return listed(request, path);
            }
            path = index;
        }
        return path.endsWith("/") ? missing(request) : file(request, path);
    }

    private HttpResponse missing(HttpRequest request) {
        return error(request, 404, "File not found", "Nothing matches the given URI");
    }

    private HttpResponse file(HttpRequest request, String path) {
        byte[] body;
        try {
            body = host.read(path);
        } catch (PythonHost.SystemFault fault) {
            return missing(request);
        }
        Instant changed = host.modified(path).truncatedTo(ChronoUnit.SECONDS);
        String since = request.header("If-Modified-Since");
        if (!since.isEmpty() && request.header("If-None-Match").isEmpty() && !changed.isAfter(moment(since))) {
            return answer(304, headers(request, 304), new byte[0]);
        }
        Map<String, String> headers = headers(request, 200);
        headers.put("Content-type", MediaTypes.of(path, minor()));
        headers.put("Content-Length", Integer.toString(body.length));
        headers.put("Last-Modified", HTTP_DATE.format(changed));
        return answer(200, headers, body);
    }

    private static Instant moment(String date) {
        try {
            return ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
        } catch (DateTimeException wrong) {
            return Instant.MIN;
        }
    }

    private HttpResponse listed(HttpRequest request, String path) {
        List<String> names;
        try {
            names = new ArrayList<>(host.list(path));
        } catch (PythonHost.SystemFault fault) {
            return error(request, 404, "No permission to list directory", "Nothing matches the given URI");
        }
        names.sort(Comparator.comparing(name -> name.toLowerCase(Locale.ROOT)));
        String shown = escaped(
                unquoted(minor() < 14 ? request.target() : request.target().replaceFirst("[?#].*$", "")));
        String title = "Directory listing for " + shown;
        List<String> lines = new ArrayList<>();
        if (minor() < 12) {
            lines.add("<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 4.01//EN\" \"http://www.w3.org/TR/html4/strict.dtd\">");
            lines.add("<html>\n<head>");
            lines.add("<meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\">");
        } else {
            lines.add("<!DOCTYPE HTML>");
            lines.add("<html lang=\"en\">");
            lines.add("<head>");
            lines.add("<meta charset=\"utf-8\">");
        }
        if (minor() >= DARK) {
            lines.add("<style type=\"text/css\">\n:root {\ncolor-scheme: light dark;\n}\n</style>");
        }
        lines.add("<title>" + title + "</title>\n</head>");
        lines.add("<body>\n<h1>" + title + "</h1>");
        lines.add("<hr>\n<ul>");
        for (String name : names) {
            boolean directory = host.kind(path + "/" + name).equals("directory");
            String link = name + (directory ? "/" : "");
            String display = host.isLink(path + "/" + name) ? name + "@" : link;
            lines.add("<li><a href=\"" + quoted(link, "/") + "\">" + escaped(display) + "</a></li>");
        }
        lines.add("</ul>\n<hr>\n</body>\n</html>\n");
        byte[] body = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
        Map<String, String> headers = headers(request, 200);
        headers.put("Content-type", "text/html; charset=utf-8");
        headers.put("Content-Length", Integer.toString(body.length));
        return answer(200, headers, body);
    }

    private HttpResponse error(HttpRequest request, int status, String message, String why) {
        log(request, "code " + status + ", message " + message);
        String head = minor() < 12
                ? "<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 4.01//EN\"\n        \"http://www.w3.org/TR/html4/strict.dtd\">\n<html>\n"
                        + "    <head>\n        <meta http-equiv=\"Content-Type\" content=\"text/html;charset=utf-8\">\n"
                : "<!DOCTYPE HTML>\n<html lang=\"en\">\n    <head>\n        <meta charset=\"utf-8\">\n";
        String dark = minor() < DARK
                ? ""
                : "        <style type=\"text/css\">\n            :root {\n                color-scheme: light dark;\n"
                        + "            }\n        </style>\n";
        String page = head + dark + "        <title>Error response</title>\n    </head>\n    <body>\n"
                + "        <h1>Error response</h1>\n        <p>Error code: " + status + "</p>\n        <p>Message: "
                + escaped(message) + ".</p>\n        <p>Error code explanation: " + status + " - " + escaped(why)
                + ".</p>\n    </body>\n</html>\n";
        byte[] body = page.getBytes(StandardCharsets.UTF_8);
        Map<String, String> headers = headers(request, status);
        headers.put("Connection", "close");
        headers.put("Content-Type", "text/html;charset=utf-8");
        headers.put("Content-Length", Integer.toString(body.length));
        return new HttpResponse(status, headers, body, protocol, message);
    }

    /** Logs the answer, and says the headers that all begin with. */
    private Map<String, String> headers(HttpRequest request, int status) {
        log(request, "\"" + request.method() + " " + request.target() + " HTTP/1.1\" " + status + " -");
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Server", "SimpleHTTP/0.6 Python/" + version);
        headers.put("Date", HTTP_DATE.format(host.now()));
        return headers;
    }

    private HttpResponse answer(int status, Map<String, String> headers, byte[] body) {
        return new HttpResponse(status, headers, body, protocol, "");
    }

    private void log(HttpRequest request, String text) {
        host.write(2, request.peer() + " - - [" + LOG_DATE.format(host.now()) + "] " + text + "\n");
    }

    /** The file that a path of a URL means; it stays below the directory. */
    private String located(String target) {
        String path = target.replaceFirst("[?#].*$", "");
        Deque<String> words = new ArrayDeque<>();
        for (String word : unquoted(path).split("/")) {
            if (word.equals("..")) {
                words.pollLast();
            } else if (!word.isEmpty() && !word.equals(".")) {
                words.add(word);
            }
        }
        String below = String.join("/", words);
        return directory
                + (below.isEmpty() ? "" : "/" + below)
                + (path.strip().endsWith("/") && !below.isEmpty() ? "/" : "");
    }

    private static String unquoted(String path) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < path.length(); i++) {
            String hex = path.substring(i, Math.min(path.length(), i + 3));
            if (hex.matches("%[0-9a-fA-F]{2}")) {
                bytes.write(Integer.parseInt(hex.substring(1), 16));
                i += 2;
            } else {
                bytes.writeBytes(path.substring(i, i + 1).getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** As {@code urllib.parse.quote} has it. */
    static String quoted(String text, String safe) {
        StringBuilder made = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = c < 128 && (Character.isLetterOrDigit(c) || "_.-~".indexOf(c) >= 0 || safe.indexOf(c) >= 0);
            made.append(plain ? String.valueOf(c) : String.format("%%%02X", (int) c));
        }
        return made.toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
