package dev.kuar.practice.dashboard;

import dev.kuar.practice.network.HttpRequest;
import dev.kuar.practice.network.HttpResponse;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** What a request says about who sent it: header, cookie, form. */
final class Visitor {
    private static final String COOKIE = "token";

    private Visitor() {}

    /** The bearer token of the header, else of the cookie; empty where there is none. */
    static String token(HttpRequest request) {
        String header = request.header("Authorization");
        if (header.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return clean(header.substring(7));
        }
        for (String part : request.header("Cookie").split(";")) {
            String[] pair = part.strip().split("=", 2);
            if (pair.length == 2 && pair[0].equals(COOKIE)) {
                return clean(pair[1]);
            }
        }
        return "";
    }

    /** Tokens consist of visible ASCII; anything else would break out of the header. */
    private static String clean(String token) {
        String stripped = token.strip();
        return stripped.chars().allMatch(c -> c > ' ' && c < 127) ? stripped : "";
    }

    static String formToken(HttpRequest request) {
        return clean(field(new String(request.body(), StandardCharsets.UTF_8), "token"));
    }

    /** A parameter of the query; empty where there is none. */
    static String parameter(HttpRequest request, String name) {
        return field(request.query(), name);
    }

    private static String field(String form, String name) {
        for (String part : form.split("&")) {
            String[] pair = part.split("=", 2);
            if (pair.length == 2 && pair[0].equals(name)) {
                try {
                    return URLDecoder.decode(pair[1], StandardCharsets.UTF_8);
                } catch (IllegalArgumentException damaged) {
                    return "";
                }
            }
        }
        return "";
    }

    /** No path is given with it: it then holds for where the page is, behind a proxy too. */
    static HttpResponse remember(HttpResponse response, String token, String location) {
        response.headers().put("Location", location);
        response.headers().put("Set-Cookie", COOKIE + "=" + token + "; HttpOnly; SameSite=Strict");
        return response;
    }

    static HttpResponse forget(HttpResponse response, String location) {
        if (!location.isEmpty()) {
            response.headers().put("Location", location);
        }
        response.headers().put("Set-Cookie", COOKIE + "=; HttpOnly; SameSite=Strict; Max-Age=0");
        return response;
    }
}
