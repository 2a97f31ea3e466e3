package dev.kuar.practice.nginx;

import dev.kuar.practice.network.HttpHandler;
import dev.kuar.practice.network.HttpRequest;
import dev.kuar.practice.network.HttpResponse;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** The servers of one port. */
final class NginxSite implements HttpHandler {
    static final String ERROR_LOG = "/var/log/nginx/error.log";
    private static final String ACCESS_LOG = "/var/log/nginx/access.log";
    private static final String COMBINED =
            "$remote_addr - $remote_user [$time_local] \"$request\" $status $body_bytes_sent \"$http_referer\" \"$http_user_agent\"";
    private static final List<String> LEVELS =
            List.of("debug", "info", "notice", "warn", "error", "crit", "alert", "emerg");
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final NginxHost host;
    private final int port;
    private final List<VirtualServer> servers;
    private final VirtualServer first;
    private final Upstreams upstreams;
    private final Scope http;
    private final AtomicLong requests = new AtomicLong();

    NginxSite(
            NginxHost host,
            int port,
            List<VirtualServer> servers,
            VirtualServer first,
            Upstreams upstreams,
            Scope http) {
        this.host = host;
        this.port = port;
        this.servers = List.copyOf(servers);
        this.first = first;
        this.upstreams = upstreams;
        this.http = http;
    }

    NginxHost host() {
        return host;
    }

    int port() {
        return port;
    }

    Upstreams upstreams() {
        return upstreams;
    }

    Scope http() {
        return http;
    }

    /** How many requests this port has been asked. */
    long requests() {
        return requests.get();
    }

    @Override
    public HttpResponse handle(HttpRequest request) {
        String name = request.header("Host").replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT);
        VirtualServer server = first;
        int best = 0;
        for (VirtualServer each : servers) {
            int fits = each.fits(name);
            if (fits > best) {
                best = fits;
                server = each;
            }
        }
        Exchange exchange = new Exchange(this, server, request, requests.incrementAndGet());
        HttpResponse response = exchange.answer();
        access(exchange);
        return response;
    }

    private void access(Exchange exchange) {
        List<Directive> logs = exchange.scope().all("access_log");
        if (logs.isEmpty()) {
            host.append(ACCESS_LOG, exchange.variables().fill(COMBINED));
        }
        for (Directive log : logs) {
            if (log.arg(0).equals("off")) {
                continue;
            }
            String only = log.args().stream()
                    .filter(each -> each.startsWith("if="))
                    .map(each -> exchange.variables().fill(each.substring(3)))
                    .findFirst()
                    .orElse("1");
            if (!only.isEmpty() && !only.equals("0")) {
                String format = log.args().size() > 1 && !log.arg(1).contains("=") ? log.arg(1) : "combined";
                host.append(full(log.arg(0)), exchange.variables().fill(format(format)));
            }
        }
    }

    private String format(String name) {
        for (Directive each : http.own()) {
            if (each.name().equals("log_format") && each.arg(0).equals(name)) {
                int from = each.arg(1).startsWith("escape=") ? 2 : 1;
                return String.join("", each.args().subList(from, each.args().size()));
            }
        }
        return COMBINED;
    }

    /** Complains in the error log that holds in a scope. */
    void complain(Scope scope, String level, String message) {
        Directive log = scope.find("error_log");
        String least = log == null || log.args().size() < 2 ? "error" : log.arg(1);
        if (LEVELS.indexOf(level) >= LEVELS.indexOf(least)) {
            host.append(
                    log == null ? ERROR_LOG : full(log.arg(0)),
                    STAMP.format(host.now()) + " [" + level + "] 29#29: " + message);
        }
    }

    private static String full(String path) {
        return path.startsWith("/") ? path : NginxConfiguration.PREFIX + "/" + path;
    }
}
