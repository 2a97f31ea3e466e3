package dev.kuar.practice.container;

import dev.kuar.practice.dashboard.DashboardSite;
import dev.kuar.practice.network.ClusterNetwork;
import dev.kuar.practice.network.HttpHandler;
import dev.kuar.practice.network.HttpRequest;
import dev.kuar.practice.network.HttpResponse;
import dev.kuar.practice.network.HttpService;
import dev.kuar.practice.network.PortService;
import dev.kuar.practice.object.KubeObject;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Makes what answers on a port from the data of an image. */
final class HttpServers {
    private HttpServers() {}

    static PortService of(Task task, Template template, KubeObject port) {
        String kind = port.text("kind");
        ClusterNetwork network = task.container().runtime().network();
        if (kind.equals("dns") && network != null) {
            return network.dns();
        }
        if (kind.equals("etcd")) {
            return EtcdPort.start(task, HttpService.plain(request -> route(task, template, port, request)));
        }
        if (kind.equals("memcached")) {
            return new MemcachedService(task);
        }
        if (kind.equals("grpc-health")) {
            return new GrpcHealth(task, template);
        }
        HttpHandler handler =
                switch (kind) {
                    case "static" -> new StaticSite(task, port.text("root"), port.text("server"));
                    case "wordpress" -> new WordPressSite(task);
                    case "guestbook" -> new GuestbookSite(task);
                    case "kuard" -> new KuardSite(task);
                    case "dashboard" ->
                        new DashboardSite(
                                DashboardSite.Role.valueOf(port.text("role").toUpperCase(Locale.ROOT)),
                                port.text("product"),
                                new ApiFromContainer(task));
                    case "gateway" -> Gateway.of(task, template.fill(port.text("configuration")), port.flag("tls"));
                    case "ingress" -> new IngressProxy(task, port.flag("tls"));
                    case "metrics-server" -> new MetricsServer(task);
                    case "apiserver" -> apiServer(task, template, port);
                    default -> request -> route(task, template, port, request);
                };
        String log = port.text("accessLog");
        long cost = port.number(0, "cpuMillisPerRequest");
        HttpHandler working = cost == 0
                ? handler
                : request -> {
                    try {
                        task.container().processor().work(Duration.ofMillis(cost), 1);
                    } catch (InterruptedException ended) {
                        Thread.currentThread().interrupt();
                        return HttpResponse.text(503, "text/plain; charset=utf-8", "");
                    }
                    return handler.handle(request);
                };
        AtomicLong requests = new AtomicLong();
        HttpHandler logged = log.isEmpty()
                ? working
                : request -> {
                    HttpResponse response = working.handle(request);
                    try {
                        task.println(template.fill(
                                        log.replace("${requests}", Long.toString(requests.incrementAndGet())), request)
                                .replace("$status", Integer.toString(response.status()))
                                .replace("$bytes", Integer.toString(response.body().length)));
                    } catch (IOException e) {
                        return response;
                    }
                    return response;
                };
        if (!port.flag("tls")) {
            PortService plain = HttpService.plain(logged);
            return port.text("health").isEmpty() ? plain : new HealthyServer(plain, port.text("health"));
        }
        String name = port.text("certificate").isEmpty() ? "localhost" : template.fill(port.text("certificate"));
        return HttpService.secure(
                logged,
                () -> task.container().runtime().services().certificates().apply(name));
    }

    private static HttpHandler apiServer(Task task, Template template, KubeObject port) {
        HttpHandler gateway = task.container().runtime().services().apiServer();
        return gateway != null ? gateway : request -> route(task, template, port, request);
    }

    private static HttpResponse route(Task task, Template template, KubeObject port, HttpRequest request) {
        KubeObject best = null;
        for (Map<String, Object> entry : port.maps("routes")) {
            KubeObject route = KubeObject.of(entry);
            String path = route.text("path");
            boolean fits = path.endsWith("*")
                    ? request.path().startsWith(path.substring(0, path.length() - 1))
                    : request.path().equals(path);
            if (fits && (route.text("method").isEmpty() || route.text("method").equals(request.method()))) {
                best = route;
                break;
            }
        }
        if (best == null) {
            return HttpResponse.text(404, "text/plain; charset=utf-8", "404 page not found\n");
        }
        if (!best.text("readyFile").isEmpty() && !task.files().exists(best.text("readyFile"))) {
            return HttpResponse.text(503, "text/plain; charset=utf-8", "not ready\n");
        }
        long millis = best.number(0, "afterMillis");
        if (task.started().plusMillis(millis).isAfter(task.container().clock().now())) {
            return HttpResponse.text(503, "text/plain; charset=utf-8", "");
        }
        String type = best.text("type").isEmpty() ? "text/plain; charset=utf-8" : best.text("type");
        HttpResponse plain =
                HttpResponse.text((int) best.number(200, "status"), type, template.fill(best.text("body"), request));
        Map<String, String> headers = new LinkedHashMap<>(plain.headers());
        best.textMap("headers").forEach((name, value) -> headers.put(name, template.fill(value, request)));
        return new HttpResponse(plain.status(), headers, plain.body());
    }
}
