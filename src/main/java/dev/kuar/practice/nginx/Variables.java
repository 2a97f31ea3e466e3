package dev.kuar.practice.nginx;

import dev.kuar.practice.network.HttpRequest;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The variables of a request. */
final class Variables {
    private static final Pattern NAME = Pattern.compile("\\$(?:\\{(\\w+)}|(\\w+))");
    private static final Set<String> KNOWN = Set.of(
            "args",
            "arg",
            "query_string",
            "is_args",
            "binary_remote_addr",
            "body_bytes_sent",
            "bytes_sent",
            "connection",
            "connection_requests",
            "content_length",
            "content_type",
            "document_root",
            "document_uri",
            "host",
            "hostname",
            "https",
            "http2",
            "limit_rate",
            "msec",
            "nginx_version",
            "pid",
            "pipe",
            "proxy_add_x_forwarded_for",
            "proxy_host",
            "proxy_port",
            "proxy_protocol_addr",
            "realpath_root",
            "remote_addr",
            "remote_port",
            "remote_user",
            "request",
            "request_body",
            "request_body_file",
            "request_completion",
            "request_filename",
            "request_id",
            "request_length",
            "request_method",
            "request_time",
            "request_uri",
            "scheme",
            "server_addr",
            "server_name",
            "server_port",
            "server_protocol",
            "status",
            "tcpinfo_rtt",
            "time_iso8601",
            "time_local",
            "uri",
            "upstream_addr",
            "upstream_response_time",
            "upstream_status",
            "upstream_connect_time",
            "upstream_header_time",
            "upstream_cache_status",
            "upstream_response_length",
            "uid_got",
            "uid_set",
            "gzip_ratio",
            "realip_remote_addr",
            "realip_remote_port",
            "ssl_protocol",
            "ssl_cipher",
            "ssl_client_s_dn",
            "ssl_client_verify",
            "ssl_server_name",
            "ssl_session_id",
            "ssl_session_reused",
            "connections_active",
            "connections_reading",
            "connections_writing",
            "connections_waiting",
            "invalid_referer",
            "slice_range",
            "secure_link",
            "secure_link_expires",
            "modern_browser",
            "ancient_browser",
            "proxy_internal_body_length",
            "fastcgi_script_name",
            "fastcgi_path_info",
            "date_local",
            "date_gmt",
            "connection_time",
            "limit_req_status",
            "limit_conn_status",
            "ssl_client_cert",
            "ssl_client_escaped_cert");

    private final Exchange exchange;

    Variables(Exchange exchange) {
        this.exchange = exchange;
    }

    /** The names that a text mentions. */
    static List<String> names(String text) {
        List<String> names = new ArrayList<>();
        Matcher matcher = NAME.matcher(text);
        while (matcher.find()) {
            names.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
        }
        return names;
    }

    static boolean isKnown(String name) {
        return name.matches("\\d")
                || name.matches("(http|arg|cookie|sent_http|sent_trailer|upstream_http|upstream_cookie)_\\w+")
                || KNOWN.contains(name);
    }

    String fill(String text) {
        if (text.indexOf('$') < 0) {
            return text;
        }
        Matcher matcher = NAME.matcher(text);
        StringBuilder filled = new StringBuilder();
        while (matcher.find()) {
            String name = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
            matcher.appendReplacement(filled, Matcher.quoteReplacement(value(name)));
        }
        return matcher.appendTail(filled).toString();
    }

    private String value(String name) {
        String own = exchange.set().get(name);
        if (own != null) {
            return own;
        }
        HttpRequest request = exchange.request();
        if (name.matches("\\d")) {
            int group = Integer.parseInt(name);
            return group < exchange.captures().size() ? exchange.captures().get(group) : "";
        }
        if (name.startsWith("http_")) {
            return orDash(name, request.header(name.substring(5).replace('_', '-')));
        }
        if (name.startsWith("arg_")) {
            return argument(name.substring(4));
        }
        if (name.startsWith("cookie_")) {
            Matcher cookie = Pattern.compile("(?:^|;\\s*)" + Pattern.quote(name.substring(7)) + "=([^;]*)")
                    .matcher(request.header("Cookie"));
            return cookie.find() ? cookie.group(1) : "";
        }
        for (Directive each : exchange.site().http().own()) {
            if (each.name().equals("map") && each.arg(1).equals("$" + name)) {
                return mapped(each);
            }
        }
        return ofRequest(name, request);
    }

    /** Logs show a dash for a header that is not there; elsewhere it is empty. */
    private String orDash(String name, String value) {
        return value.isEmpty() && exchange.status() != 0 && !name.isEmpty() ? "-" : value;
    }

    private String argument(String name) {
        for (String each : exchange.args().split("&")) {
            if (each.startsWith(name + "=")) {
                return each.substring(name.length() + 1);
            }
        }
        return "";
    }

    private String mapped(Directive map) {
        String source = fill(map.arg(0));
        String otherwise = "";
        for (Directive each : map.children()) {
            String key = each.name();
            if (key.equals("default")) {
                otherwise = each.arg(0);
            } else if (key.startsWith("~")) {
                boolean anyCase = key.startsWith("~*");
                try {
                    Matcher matcher = Pattern.compile(
                                    key.substring(anyCase ? 2 : 1), anyCase ? Pattern.CASE_INSENSITIVE : 0)
                            .matcher(source);
                    if (matcher.find()) {
                        exchange.capture(matcher.reset());
                        return fill(each.arg(0));
                    }
                } catch (PatternSyntaxException e) {
                    continue;
                }
            } else if (key.equalsIgnoreCase(source)) {
                return fill(each.arg(0));
            }
        }
        return fill(otherwise);
    }

    private String ofRequest(String name, HttpRequest request) {
        NginxHost host = exchange.site().host();
        String client = request.peer().replaceFirst(":\\d+$", "");
        return switch (name) {
            case "args", "query_string" -> exchange.args();
            case "is_args" -> exchange.args().isEmpty() ? "" : "?";
            case "body_bytes_sent", "bytes_sent" -> Integer.toString(exchange.bytes());
            case "connection" -> Long.toString(exchange.connection());
            case "connection_requests" -> "1";
            case "content_length" -> request.header("Content-Length");
            case "content_type" -> request.header("Content-Type");
            case "document_root" -> StaticContent.root(exchange);
            case "document_uri", "uri" -> exchange.uri();
            case "host" -> hostName(request);
            case "hostname" -> host.hostname();
            case "https" -> isSecure() ? "on" : "";
            case "scheme" -> isSecure() ? "https" : "http";
            case "msec" -> String.format(Locale.ROOT, "%.3f", host.now().toEpochMilli() / 1000.0);
            case "nginx_version" -> host.version();
            case "pid" -> "29";
            case "pipe" -> ".";
            case "proxy_add_x_forwarded_for" -> {
                String before = request.header("X-Forwarded-For");
                yield before.isEmpty() ? client : before + ", " + client;
            }
            case "proxy_host" -> exchange.upstream().replaceFirst("^https?://([^/]*).*", "$1");
            case "remote_addr", "realip_remote_addr", "binary_remote_addr" -> client;
            case "remote_port" ->
                Integer.toString(41000 + Math.floorMod(request.peer().hashCode(), 9000));
            case "remote_user" -> exchange.user().isEmpty() ? "-" : exchange.user();
            case "request" -> request.method() + " " + request.target() + " HTTP/1.1";
            case "request_body" -> new String(request.body(), java.nio.charset.StandardCharsets.UTF_8);
            case "request_filename" -> StaticContent.file(exchange, exchange.uri());
            case "request_id" ->
                String.format(
                        Locale.ROOT,
                        "%016x%016x",
                        request.hashCode() * 0x9E3779B97F4A7C15L,
                        exchange.connection() * 0xC2B2AE3D27D4EB4FL + host.now().toEpochMilli());
            case "request_length" -> Integer.toString(request.target().length() + request.body().length + 60);
            case "request_method" -> request.method();
            case "request_time", "upstream_response_time", "upstream_connect_time", "upstream_header_time" -> "0.000";
            case "request_uri" -> request.target();
            case "server_addr" -> host.ip();
            case "server_name" ->
                exchange.server().names().isEmpty()
                        ? ""
                        : exchange.server().names().get(0);
            case "server_port" -> Integer.toString(exchange.site().port());
            case "server_protocol" -> "HTTP/1.1";
            case "status" -> String.format(Locale.ROOT, "%03d", exchange.status());
            case "time_iso8601" ->
                DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss'+00:00'", Locale.ROOT)
                        .withZone(ZoneOffset.UTC)
                        .format(host.now());
            case "time_local" ->
                DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
                        .withZone(ZoneOffset.UTC)
                        .format(host.now());
            case "upstream_addr" ->
                exchange.upstream().isEmpty() ? "-" : exchange.upstream().replaceFirst("^https?://([^/]*).*", "$1");
            case "upstream_status" -> exchange.upstream().isEmpty() ? "-" : Integer.toString(exchange.status());
            default -> "";
        };
    }

    private boolean isSecure() {
        return exchange.server().listens().stream()
                .anyMatch(each -> each.port() == exchange.site().port() && each.tls());
    }

    private String hostName(HttpRequest request) {
        String sent = request.header("Host").replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT);
        return sent.isEmpty() ? ofRequest("server_name", request) : sent;
    }
}
