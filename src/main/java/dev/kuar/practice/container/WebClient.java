package dev.kuar.practice.container;

import dev.kuar.practice.network.ClusterNetwork;
import dev.kuar.practice.network.HttpHandler;
import dev.kuar.practice.network.HttpRequest;
import dev.kuar.practice.network.HttpResponse;
import dev.kuar.practice.network.PortService;
import dev.kuar.practice.network.Unreachable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fetches URLs from inside a container. */
final class WebClient {
    private static final Pattern URL = Pattern.compile("(?:(https?)://)?(?:[^@/]*@)?([^:/?]+)(?::(\\d+))?([/?].*)?");

    private final Task task;

    WebClient(Task task) {
        this.task = task;
    }

    /** A URL taken apart; {@code ip} is empty where the name is unknown. */
    record Target(boolean tls, String host, String ip, int port, String path) {}

    Target target(String url) {
        Matcher matcher = URL.matcher(url);
        if (!matcher.matches()) {
            return new Target(false, url, "", 80, "/");
        }
        boolean tls = "https".equals(matcher.group(1));
        String host = matcher.group(2);
        int port = matcher.group(3) == null ? tls ? 443 : 80 : Integer.parseInt(matcher.group(3));
        String path = matcher.group(4) == null
                ? "/"
                : matcher.group(4).startsWith("/") ? matcher.group(4) : "/" + matcher.group(4);
        String ip = host.equals("localhost") ? "127.0.0.1" : new Resolver(task).address(host);
        return new Target(tls, host, ip, port, path);
    }

    HttpResponse send(Target target, String method, Map<String, String> extra, byte[] body) throws Unreachable {
        ClusterNetwork network = task.container().runtime().network();
        if (network == null) {
            throw new Unreachable(Unreachable.Cause.NO_ROUTE, target.ip());
        }
        PortService service = network.dial(task.container().network(), target.ip(), target.port());
        HttpHandler handler = service.http();
        if (handler == null) {
            return HttpResponse.text(0, "text/plain", "");
        }
        if (service.tls() && !target.tls()) {
            return HttpResponse.text(400, "text/plain", "Client sent an HTTP request to an HTTPS server.\n");
        }
        if (target.tls() && !service.tls()) {
            return HttpResponse.text(0, "tls", "");
        }
        boolean usual = target.port() == (target.tls() ? 443 : 80);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Host", target.host() + (usual ? "" : ":" + target.port()));
        headers.putAll(extra);
        return handler.handle(new HttpRequest(method, target.path(), headers, body, from(target.ip())));
    }

    /** The address that a server sees who is called at {@code ip}. */
    private String from(String ip) {
        return ip.startsWith("127.") ? ip : task.container().network().ip();
    }
}
