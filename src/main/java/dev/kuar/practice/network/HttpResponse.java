package dev.kuar.practice.network;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An answer of a simulated server; Content-Length is added where it is written as bytes.
 *
 * @param protocol of its first line; what speaks {@code HTTP/1.0} hangs up after it
 * @param phrase of its first line; empty for the usual one
 */
public record HttpResponse(int status, Map<String, String> headers, byte[] body, String protocol, String phrase) {
    public HttpResponse(int status, Map<String, String> headers, byte[] body) {
        this(status, headers, body, "HTTP/1.1", "");
    }

    public static HttpResponse text(int status, String contentType, String body) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", contentType);
        return new HttpResponse(status, headers, body.getBytes(StandardCharsets.UTF_8));
    }

    /** {@code Name: value} of all headers in order, Content-Length where it was put or last, without ends of lines. */
    public List<String> headerLines() {
        List<String> lines = new ArrayList<>();
        String length = "Content-Length: " + body.length;
        headers.forEach(
                (name, value) -> lines.add(name.equalsIgnoreCase("Content-Length") ? length : name + ": " + value));
        if (!lines.contains(length)) {
            lines.add(length);
        }
        return lines;
    }

    public String bodyText() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** The reason phrase: its own, or that of {@link #status}. */
    public String reason() {
        if (!phrase.isEmpty()) {
            return phrase;
        }
        return switch (status) {
            case 101 -> "Switching Protocols";
            case 200 -> "OK";
            case 201 -> "Created";
            case 202 -> "Accepted";
            case 204 -> "No Content";
            case 301 -> "Moved Permanently";
            case 302 -> "Found";
            case 303 -> "See Other";
            case 304 -> "Not Modified";
            case 307 -> "Temporary Redirect";
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 409 -> "Conflict";
            case 413 -> "Request Entity Too Large";
            case 422 -> "Unprocessable Entity";
            case 429 -> "Too Many Requests";
            case 500 -> "Internal Server Error";
            case 501 -> "Not Implemented";
            case 502 -> "Bad Gateway";
            case 503 -> "Service Unavailable";
            case 504 -> "Gateway Timeout";
            default -> "Unknown";
        };
    }
}
