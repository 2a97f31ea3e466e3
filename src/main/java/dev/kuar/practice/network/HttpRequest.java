package dev.kuar.practice.network;

import java.util.Locale;
import java.util.Map;

/**
 * A request to a simulated server.
 *
 * @param target path and query
 * @param headers names as sent; one value each
 * @param peer the client's address
 */
public record HttpRequest(String method, String target, Map<String, String> headers, byte[] body, String peer) {
    public static HttpRequest get(String target, Map<String, String> headers, String peer) {
        return new HttpRequest("GET", target, headers, new byte[0], peer);
    }

    /** Without the query. */
    public String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    /** Empty where there is none. */
    public String query() {
        int query = target.indexOf('?');
        return query < 0 ? "" : target.substring(query + 1);
    }

    /** The value of a header whatever its case; empty where there is none. */
    public String header(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        for (Map.Entry<String, String> header : headers.entrySet()) {
            if (header.getKey().toLowerCase(Locale.ROOT).equals(wanted)) {
                return header.getValue();
            }
        }
        return "";
    }
}
