package dev.kuar.practice.nginx;

import dev.kuar.practice.network.HttpRequest;
import dev.kuar.practice.network.HttpResponse;
import dev.kuar.practice.network.Unreachable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code proxy_pass}: hands a request to a server behind, and its answer back. */
final class Proxying {
    private static final Set<String> HOP = Set.of(
            "host", "connection", "keep-alive", "upgrade", "transfer-encoding", "content-length", "te", "expect");
    private static final Set<String> HIDDEN = Set.of(
            "date",
            "server",
            "x-pad",
            "x-accel-expires",
            "x-accel-redirect",
            "x-accel-limit-rate",
            "x-accel-buffering",
            "x-accel-charset",
            "connection",
            "keep-alive",
            "transfer-encoding",
            "content-length");
    private static final Duration CONNECTING = Duration.ofSeconds(60);

    private final Exchange exchange;
    private final NginxHost host;

    Proxying(Exchange exchange) {
        this.exchange = exchange;
        this.host = exchange.site().host();
    }

    HttpResponse pass(Directive directive) {
        boolean variable = directive.arg(0).contains("$");
        String url = exchange.variables().fill(directive.arg(0));
        PassTarget to = PassTarget.of(url);
        if (to == null || to.port() < 0) {
            exchange.complain("error", "invalid URL prefix in \"" + url + "\"");
            return exchange.fail(500);
        }
        Upstreams.Group group = exchange.site().upstreams().find(to.host(), to.port());
        if (group == null) {
            group = later(to);
            if (group == null) {
                return exchange.fail(502);
            }
        }
        String target = target(to, variable);
        List<Upstreams.Peer> tried = new ArrayList<>();
        int failure = 502;
        while (true) {
            Upstreams.Peer peer = group.next(exchange.request().peer(), tried, host.now());
            if (peer == null) {
                if (tried.isEmpty()) {
                    exchange.setUpstream(scheme(to) + to.authority() + target);
                    exchange.complain("error", "no live upstreams while connecting to upstream");
                }
                return exchange.fail(failure);
            }
            tried.add(peer);
            exchange.setUpstream(scheme(to) + peer.address + ":" + peer.port + target);
            try {
                HttpResponse response = host.send(
                        to.tls(),
                        to.host(),
                        peer.address,
                        peer.port,
                        exchange.request().method(),
                        target,
                        headers(to),
                        exchange.request().body());
                if (response.status() == 0) {
                    exchange.complain(
                            "error",
                            "upstream prematurely closed connection while reading response header from upstream");
                    group.failed(peer, host.now());
                    continue;
                }
                return answer(response, to);
            } catch (Unreachable e) {
                group.failed(peer, host.now());
                failure = failed(e);
            } finally {
                group.answered(peer);
            }
        }
    }

    private static String scheme(PassTarget to) {
        return to.tls() ? "https://" : "http://";
    }

    /** A host that only this request names: its address is asked for now, if a {@code resolver} is there to ask. */
    private Upstreams.@Nullable Group later(PassTarget to) {
        if (to.host().matches("[0-9.]+")) {
            return Upstreams.of(to.host(), List.of(to.host()), to.port());
        }
        if (exchange.scope().find("resolver") == null) {
            exchange.complain("error", "no resolver defined to resolve " + to.host());
            return null;
        }
        List<String> found = host.resolve(to.host());
        if (found.isEmpty()) {
            exchange.complain("error", to.host() + " could not be resolved (3: Host not found)");
            return null;
        }
        return Upstreams.of(to.host(), found, to.port());
    }

    private int failed(Unreachable e) {
        switch (e.cause()) {
            case REFUSED ->
                exchange.complain("error", "connect() failed (111: Connection refused) while connecting to upstream");
            case TIMED_OUT -> {
                try {
                    host.sleep(limit());
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                }
                exchange.complain(
                        "error", "upstream timed out (110: Connection timed out) while connecting to upstream");
                return 504;
            }
            default ->
                exchange.complain("error", "connect() failed (113: Host is unreachable) while connecting to upstream");
        }
        return 502;
    }

    private Duration limit() {
        String text = exchange.scope().text("proxy_connect_timeout", "60s").replaceFirst("s$", "");
        return text.matches("\\d{1,4}") ? Duration.ofSeconds(Long.parseLong(text)) : CONNECTING;
    }

    /** Path and query for the server behind. */
    private String target(PassTarget to, boolean variable) {
        HttpRequest request = exchange.request();
        String query = exchange.args().isEmpty() ? "" : "?" + exchange.args();
        if (variable && !to.uri().isEmpty()) {
            return to.uri();
        }
        Location location = exchange.location();
        if (to.uri().isEmpty()) {
            return exchange.isRewritten() ? exchange.uri() + query : request.target();
        }
        String uri = exchange.uri();
        String rest = location != null && uri.startsWith(location.path())
                ? uri.substring(location.path().length())
                : "";
        return exchange.isBroken() ? uri + query : to.uri() + rest + query;
    }

    private Map<String, String> headers(PassTarget to) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Host", to.authority());
        exchange.request().headers().forEach((name, value) -> {
            if (!HOP.contains(name.toLowerCase(Locale.ROOT))) {
                headers.put(name, value);
            }
        });
        for (Directive each : exchange.scope().all("proxy_set_header")) {
            String name = each.arg(0);
            headers.keySet().removeIf(known -> known.equalsIgnoreCase(name));
            String value = exchange.variables().fill(each.arg(1));
            if (!value.isEmpty() && (name.equalsIgnoreCase("Host") || !HOP.contains(name.toLowerCase(Locale.ROOT)))) {
                headers.put(name, value);
            }
        }
        return headers;
    }

    private HttpResponse answer(HttpResponse response, PassTarget to) {
        if (response.status() >= 300 && exchange.scope().on("proxy_intercept_errors", false)) {
            return exchange.fail(response.status());
        }
        Map<String, String> headers = new LinkedHashMap<>();
        List<Directive> hidden = exchange.scope().all("proxy_hide_header");
        response.headers().forEach((name, value) -> {
            boolean hides = hidden.stream().anyMatch(each -> each.arg(0).equalsIgnoreCase(name));
            if (!hides && !HIDDEN.contains(name.toLowerCase(Locale.ROOT))) {
                headers.put(
                        name, name.equalsIgnoreCase("Location") ? Pages.absolute(exchange, moved(value, to)) : value);
            }
        });
        byte[] body = response.body();
        for (Directive each : exchange.scope().all("sub_filter")) {
            String text = new String(body, java.nio.charset.StandardCharsets.UTF_8);
            String from = exchange.variables().fill(each.arg(0));
            String put = exchange.variables().fill(each.arg(1));
            boolean once = exchange.scope().on("sub_filter_once", true);
            int at = text.indexOf(from);
            if (at >= 0) {
                text = once
                        ? text.substring(0, at) + put + text.substring(at + from.length())
                        : text.replace(from, put);
                body = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
            }
        }
        return new HttpResponse(response.status(), headers, body);
    }

    /** A redirect to the server behind becomes one to here, as {@code proxy_redirect default} does. */
    private String moved(String url, PassTarget to) {
        Location location = exchange.location();
        String behind = scheme(to) + to.authority() + to.uri();
        if (location == null
                || exchange.scope().text("proxy_redirect", "default").equals("off")
                || !url.startsWith(behind)) {
            return url;
        }
        String here = location.path() + url.substring(behind.length());
        return to.uri().isEmpty() ? url.substring(behind.length()) : here;
    }
}
