package dev.kuar.practice.container;

import dev.kuar.practice.network.HttpRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The values of a request: of its body, where that is a form, else of its query; the first of each name. */
final class Form {
    private final Map<String, String> values = new HashMap<>();

    static Form of(HttpRequest request) {
        Form form = new Form();
        if (request.header("Content-Type").startsWith("application/x-www-form-urlencoded")) {
            form.add(new String(request.body(), StandardCharsets.UTF_8));
        }
        form.add(request.query());
        return form;
    }

    private void add(String text) {
        for (String pair : text.split("&")) {
            int equals = pair.indexOf('=');
            if (!pair.isEmpty()) {
                values.putIfAbsent(
                        decode(equals < 0 ? pair : pair.substring(0, equals)),
                        decode(equals < 0 ? "" : pair.substring(equals + 1)));
            }
        }
    }

    static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    /** Empty where it isn't given. */
    String text(String name) {
        return values.getOrDefault(name, "");
    }
}
