package dev.kuar.practice.http;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.NodeConnector.HttpReply;
import dev.kuar.practice.auth.UserInfo;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The aggregation layer: group versions whose APIService names a Service are served by what is behind it.
 *
 * <p>Requests go over TLS, with the front proxy's certificate and in {@code X-Remote-} headers the caller's name, groups, uid and
 * extra values. Models kube-aggregator of Kubernetes 1.36, which finds servers by their Service's cluster IP.
 */
public final class Aggregation {
    private static final GroupResource API_SERVICES = GroupResource.of("apiregistration.k8s.io", "apiservices");
    private static final GroupResource SERVICES = GroupResource.core("services");

    private final @Nullable ApiClient api;
    private final ExtensionDialer dialer;

    private Aggregation(@Nullable ApiClient api, ExtensionDialer dialer) {
        this.api = api;
        this.dialer = dialer;
    }

    public static Aggregation over(ApiClient api, ExtensionDialer dialer) {
        return new Aggregation(api, dialer);
    }

    /** Of a server that has none. */
    public static Aggregation none() {
        return new Aggregation(null, ExtensionDialer.NONE);
    }

    /** APIServices with a Service, in the order of their names. */
    public List<KubeObject> all() {
        return api == null
                ? List.of()
                : api.informer(API_SERVICES).all().stream()
                        .filter(Aggregation::hasService)
                        .sorted(Comparator.comparing(KubeObject::name))
                        .toList();
    }

    /** Every APIService, those without a Service too. */
    List<KubeObject> registered() {
        return api == null ? List.of() : List.copyOf(api.informer(API_SERVICES).all());
    }

    /** The APIService of a group version that is not served here. */
    Optional<KubeObject> find(String group, String version) {
        return api == null
                ? Optional.empty()
                : api.informer(API_SERVICES).find("", version + "." + group).filter(Aggregation::hasService);
    }

    private static boolean hasService(KubeObject apiService) {
        return apiService.at("spec", "service") instanceof Map;
    }

    public static boolean isAvailable(KubeObject apiService) {
        return apiService.maps("status", "conditions").stream()
                .anyMatch(each -> "Available".equals(each.get("type")) && "True".equals(each.get("status")));
    }

    /** The APIService of a group version, for the control plane's own questions; empty where it is not available. */
    public Optional<KubeObject> available(String group, String version) {
        return find(group, version).filter(Aggregation::isAvailable);
    }

    /** Where the server is asked, {@code https://10.96.7.7:443}. */
    public String address(KubeObject apiService) {
        return "https://"
                + target(apiService)
                        .map(found -> found.text("spec", "clusterIP"))
                        .orElse("")
                + ":" + port(apiService);
    }

    private Optional<KubeObject> target(KubeObject apiService) {
        return api == null
                ? Optional.empty()
                : api.informer(SERVICES)
                        .find(
                                apiService.text("spec", "service", "namespace"),
                                apiService.text("spec", "service", "name"));
    }

    private static long port(KubeObject apiService) {
        return apiService.number(443, "spec", "service", "port");
    }

    /**
     * Asks the server behind, and reads its whole answer.
     *
     * @param limit for the whole of it
     * @throws IOException worded as Go's client words it
     */
    public HttpReply send(
            KubeObject apiService,
            UserInfo user,
            String method,
            String target,
            Map<String, List<String>> more,
            byte[] body,
            Duration limit)
            throws IOException {
        try (ExtensionExchange exchange = open(apiService, user, method, target, more, body, "", limit)) {
            return new HttpReply(
                    exchange.status(), exchange.headers(), exchange.body().readAllBytes());
        }
    }

    /**
     * Asks the server behind.
     *
     * @param upgrade what the connection shall become; empty for HTTP
     * @param limit for the whole answer; zero for none
     */
    ExtensionExchange open(
            KubeObject apiService,
            UserInfo user,
            String method,
            String target,
            Map<String, List<String>> more,
            byte[] body,
            String upgrade,
            Duration limit)
            throws IOException {
        KubeObject service = target(apiService)
                .orElseThrow(() ->
                        new IOException("service \"" + apiService.text("spec", "service", "name") + "\" not found"));
        long port = port(apiService);
        String portName = service.maps("spec", "ports").stream()
                .map(KubeObject::of)
                .filter(each -> each.number(0, "port") == port)
                .map(each -> each.text("name"))
                .findFirst()
                .orElseThrow(() ->
                        new IOException("no service port " + port + " found for service \"" + service.name() + "\""));
        Map<String, List<String>> headers = new LinkedHashMap<>(more);
        FrontProxyHeaders.put(headers, user);
        Socket socket = dialer.dial(apiService, service, portName);
        boolean sent = false;
        try {
            socket.setSoTimeout((int) limit.toMillis());
            String host = service.text("spec", "clusterIP") + ":" + port;
            ExtensionExchange exchange = ExtensionExchange.send(socket, host, method, target, headers, body, upgrade);
            sent = true;
            return exchange;
        } finally {
            if (!sent) {
                socket.close();
            }
        }
    }
}
