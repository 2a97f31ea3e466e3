package dev.kuar.practice.http;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.NodeConnector;
import dev.kuar.practice.api.NodeConnector.HttpCall;
import dev.kuar.practice.api.NodeConnector.HttpReply;
import dev.kuar.practice.auth.UserInfo;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.JsonReader;
import dev.kuar.practice.object.KubeObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The aggregation layer: group versions whose APIService names a Service are served by its endpoints.
 *
 * <p>Requests go on with the caller's name and groups in {@code X-Remote-} headers, as the front proxy sends them.
 */
public final class Aggregation {
    private static final GroupResource API_SERVICES = GroupResource.of("apiregistration.k8s.io", "apiservices");
    private static final GroupResource SERVICES = GroupResource.core("services");

    private final ApiClient api;
    private final Supplier<NodeConnector> nodes;

    public Aggregation(ApiClient api, Supplier<NodeConnector> nodes) {
        this.api = api;
        this.nodes = nodes;
    }

    /** APIServices with a Service, in the order of their names. */
    List<KubeObject> all() {
        return api.informer(API_SERVICES).all().stream()
                .filter(each -> each.at("spec", "service") instanceof Map)
                .sorted(java.util.Comparator.comparing(KubeObject::name))
                .toList();
    }

    /** The APIService of a group version that is not served here. */
    Optional<KubeObject> find(String group, String version) {
        return api.informer(API_SERVICES)
                .find("", version + "." + group)
                .filter(each -> each.at("spec", "service") instanceof Map);
    }

    /** The APIService that a path below {@code /apis/GROUP/VERSION} belongs to. */
    Optional<KubeObject> ofPath(String path) {
        List<String> parts = Paths.split(path);
        return parts.size() >= 3 && parts.get(0).equals("apis") ? find(parts.get(1), parts.get(2)) : Optional.empty();
    }

    static boolean isAvailable(KubeObject apiService) {
        return apiService.maps("status", "conditions").stream()
                .anyMatch(each -> "Available".equals(each.get("type")) && "True".equals(each.get("status")));
    }

    /**
     * Sends a request to the server behind.
     *
     * @throws IOException worded as the dialler words it, or where no endpoint is ready
     */
    public HttpReply send(
            KubeObject apiService,
            UserInfo user,
            String method,
            String target,
            Map<String, List<String>> more,
            byte[] body)
            throws IOException {
        String namespace = apiService.text("spec", "service", "namespace");
        String name = apiService.text("spec", "service", "name");
        KubeObject service = api.informer(SERVICES)
                .find(namespace, name)
                .orElseThrow(() -> new IOException("service/" + name + " in \"" + namespace + "\" is not present"));
        long port = apiService.number(443, "spec", "service", "port");
        String portName = service.maps("spec", "ports").stream()
                .map(KubeObject::of)
                .filter(each -> each.number(0, "port") == port)
                .map(each -> each.text("name"))
                .findFirst()
                .orElse("");
        Map<String, List<String>> headers = new LinkedHashMap<>(more);
        headers.put("X-Remote-User", List.of(user.name()));
        headers.put("X-Remote-Group", List.copyOf(user.groups()));
        return nodes.get()
                .proxyToService(
                        service, portName, new HttpCall(true, namespace, name, 0, method, target, headers, body))
                .orElseThrow(() -> new IOException("endpoints for service/" + name + " in \"" + namespace
                        + "\" have no addresses with port name \"" + portName + "\""));
    }

    /** The APIService of a group version, for the control plane's own questions. */
    public Optional<KubeObject> available(String group, String version) {
        return find(group, version).filter(Aggregation::isAvailable);
    }

    /** Passes a call on whole. */
    Handled pass(Call call, KubeObject apiService, Map<String, List<String>> headers) throws IOException {
        if (!isAvailable(apiService)) {
            return plain(call, 503, "service unavailable\n");
        }
        String query = call.exchange().getQueryString();
        try {
            HttpReply reply = send(
                    apiService,
                    call.actingUser(),
                    call.method(),
                    call.path() + (query.isEmpty() ? "" : "?" + query),
                    headers,
                    call.body());
            reply.headers().forEach((key, values) -> {
                if (!key.equalsIgnoreCase("Content-Length") && !key.equalsIgnoreCase("Connection")) {
                    values.forEach(value -> call.addHeader(key, value));
                }
            });
            Reply.sized(call, reply.status(), "", reply.body());
            return Handled.DONE;
        } catch (IOException refused) {
            return plain(call, 503, "error trying to reach service: " + refused.getMessage() + "\n");
        }
    }

    private static Handled plain(Call call, int status, String text) throws IOException {
        call.setHeader("X-Content-Type-Options", "nosniff");
        Reply.bytes(call, status, Reply.TEXT, text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return Handled.DONE;
    }

    /** What changes when discovery does. */
    String stamp() {
        StringBuilder stamp = new StringBuilder();
        all().forEach(each ->
                stamp.append(each.name()).append(isAvailable(each)).append(each.uid()));
        return stamp.toString();
    }

    /** Entries of {@code APIGroupDiscoveryList}: with the resources that the server itself tells of, or stale. */
    List<RankedGroup> aggregated() {
        List<RankedGroup> items = new ArrayList<>();
        for (KubeObject each : all()) {
            Map<String, Object> version = new LinkedHashMap<>();
            version.put("version", each.text("spec", "version"));
            Optional<List<Object>> resources = isAvailable(each) ? resources(each) : Optional.empty();
            resources.filter(list -> !list.isEmpty()).ifPresent(list -> version.put("resources", list));
            version.put("freshness", resources.isPresent() ? "Current" : "Stale");
            Map<String, Object> metadata = new LinkedHashMap<>();
            metadata.put("name", each.text("spec", "group"));
            Map<String, Object> item = new LinkedHashMap<>();
            item.put("metadata", metadata);
            item.put("versions", new ArrayList<>(List.of(version)));
            items.add(ranked(each, item));
        }
        return items;
    }

    private Optional<List<Object>> resources(KubeObject apiService) {
        String group = apiService.text("spec", "group");
        String version = apiService.text("spec", "version");
        try {
            HttpReply reply = send(
                    apiService,
                    UserInfo.of("system:aggregator", "system:masters"),
                    "GET",
                    "/apis/" + group + "/" + version,
                    Map.of("Accept", List.of("application/json")),
                    new byte[0]);
            List<Object> resources = new ArrayList<>();
            for (Map<String, Object> tree :
                    KubeObject.of(JsonReader.readMap(reply.body())).maps("resources")) {
                KubeObject resource = KubeObject.of(tree);
                Map<String, Object> kind = new LinkedHashMap<>();
                kind.put("group", group);
                kind.put("version", version);
                kind.put("kind", resource.text("kind"));
                Map<String, Object> entry = new LinkedHashMap<>();
                entry.put("resource", resource.text("name"));
                entry.put("responseKind", kind);
                entry.put("scope", resource.flag("namespaced") ? "Namespaced" : "Cluster");
                entry.put("singularResource", resource.text("singularName"));
                entry.put("verbs", new ArrayList<>(resource.texts("verbs")));
                if (!resource.texts("shortNames").isEmpty()) {
                    entry.put("shortNames", new ArrayList<>(resource.texts("shortNames")));
                }
                resources.add(entry);
            }
            return Optional.of(resources);
        } catch (IOException | RuntimeException broken) {
            return Optional.empty();
        }
    }

    /** Entries of {@code APIGroupList}, whether they are available or not. */
    List<RankedGroup> groups() {
        List<RankedGroup> groups = new ArrayList<>();
        for (KubeObject each : all()) {
            Map<String, Object> version = new LinkedHashMap<>();
            version.put("groupVersion", each.text("spec", "group") + "/" + each.text("spec", "version"));
            version.put("version", each.text("spec", "version"));
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("name", each.text("spec", "group"));
            entry.put("versions", new ArrayList<>(List.of(version)));
            entry.put("preferredVersion", version);
            groups.add(ranked(each, entry));
        }
        return groups;
    }

    private static RankedGroup ranked(KubeObject apiService, Map<String, Object> entry) {
        return new RankedGroup(
                apiService.text("spec", "group"), apiService.number(0, "spec", "groupPriorityMinimum"), entry);
    }
}
