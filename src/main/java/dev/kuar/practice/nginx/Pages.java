package dev.kuar.practice.nginx;

import dev.kuar.practice.network.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The pages that nginx makes itself. */
final class Pages {
    private Pages() {}

    static HttpResponse error(Exchange exchange, int code) {
        return html(code, page(title(code), exchange.software()));
    }

    private static String page(String title, String software) {
        return "<html>\r\n<head><title>" + title + "</title></head>\r\n<body>\r\n<center><h1>" + title
                + "</h1></center>\r\n<hr><center>" + software + "</center>\r\n</body>\r\n</html>\r\n";
    }

    static HttpResponse html(int code, String body) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "text/html");
        return new HttpResponse(code, headers, body.getBytes(StandardCharsets.UTF_8));
    }

    /** A redirect; a path becomes a URL of the host that was asked. */
    static HttpResponse redirect(Exchange exchange, int code, String target) {
        HttpResponse response = error(exchange, code);
        response.headers().put("Location", absolute(exchange, target));
        return response;
    }

    /** A path as a URL of the host that was asked, unless {@code absolute_redirect} is off. */
    static String absolute(Exchange exchange, String target) {
        String url = target;
        if (target.startsWith("/") && exchange.scope().on("absolute_redirect", true)) {
            Variables variables = exchange.variables();
            String scheme = variables.fill("$scheme");
            int port = exchange.site().port();
            boolean usual = port == (scheme.equals("https") ? 443 : 80);
            boolean shown = !usual && exchange.scope().on("port_in_redirect", true);
            url = variables.fill("$scheme://$host") + (shown ? ":" + port : "") + target;
        }
        return url;
    }

    static HttpResponse status(Exchange exchange) {
        long count = exchange.site().requests();
        return HttpResponse.text(
                200,
                "text/plain",
                "Active connections: 1 \nserver accepts handled requests\n " + count + " " + count + " " + count
                        + " \nReading: 0 Writing: 1 Waiting: 0 \n");
    }

    private static String title(int code) {
        String words =
                switch (code) {
                    case 301 -> "Moved Permanently";
                    case 302 -> "Found";
                    case 303 -> "See Other";
                    case 307 -> "Temporary Redirect";
                    case 308 -> "Permanent Redirect";
                    case 400 -> "Bad Request";
                    case 401 -> "Authorization Required";
                    case 402 -> "Payment Required";
                    case 403 -> "Forbidden";
                    case 404 -> "Not Found";
                    case 405 -> "Not Allowed";
                    case 406 -> "Not Acceptable";
                    case 408 -> "Request Time-out";
                    case 409 -> "Conflict";
                    case 410 -> "Gone";
                    case 411 -> "Length Required";
                    case 412 -> "Precondition Failed";
                    case 413 -> "Request Entity Too Large";
                    case 414 -> "Request-URI Too Large";
                    case 415 -> "Unsupported Media Type";
                    case 416 -> "Requested Range Not Satisfiable";
                    case 429 -> "Too Many Requests";
                    case 500 -> "Internal Server Error";
                    case 501 -> "Not Implemented";
                    case 502 -> "Bad Gateway";
                    case 503 -> "Service Temporarily Unavailable";
                    case 504 -> "Gateway Time-out";
                    case 505 -> "HTTP Version Not Supported";
                    case 507 -> "Insufficient Storage";
                    default -> "";
                };
        return words.isEmpty() ? Integer.toString(code) : code + " " + words;
    }
}
