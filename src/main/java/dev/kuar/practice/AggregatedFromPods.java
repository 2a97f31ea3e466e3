package dev.kuar.practice;

import dev.kuar.practice.api.NodeConnector.HttpReply;
import dev.kuar.practice.auth.UserInfo;
import dev.kuar.practice.controller.AggregatedApis;
import dev.kuar.practice.http.Aggregation;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.JsonReader;
import dev.kuar.practice.object.JsonWriter;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The aggregation layer for the controllers: their questions take the way that a client's take. */
final class AggregatedFromPods implements AggregatedApis {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final UserInfo CONTROLLERS = UserInfo.of("system:kube-controller-manager", "system:masters");
    private static final Map<String, List<String>> JSON =
            Map.of("Accept", List.of("application/json"), "Content-Type", List.of("application/json"));

    private final Aggregation aggregation;

    AggregatedFromPods(Aggregation aggregation) {
        this.aggregation = aggregation;
    }

    private static String at(KubeObject apiService) {
        return "/apis/" + apiService.text("spec", "group") + "/" + apiService.text("spec", "version");
    }

    private HttpReply ask(KubeObject apiService, String path) throws IOException {
        return aggregation.send(apiService, CONTROLLERS, "GET", at(apiService) + path, JSON, new byte[0], LIMIT);
    }

    @Override
    public String probe(KubeObject apiService) {
        String service = aggregation.address(apiService) + at(apiService);
        try {
            HttpReply reply = ask(apiService, "");
            return reply.status() >= 200 && reply.status() < 300
                    ? ""
                    : service + ": bad status from " + service + ": " + reply.status();
        } catch (IOException refused) {
            return service + ": Get \"" + service + "\": " + refused.getMessage();
        }
    }

    @Override
    public Optional<KubeObject> get(String group, String version, String path) {
        return aggregation.available(group, version).flatMap(service -> {
            try {
                return Optional.of(
                        KubeObject.of(JsonReader.readMap(ask(service, path).body())));
            } catch (IOException | RuntimeException broken) {
                return Optional.empty();
            }
        });
    }

    @Override
    public Discovered discover() {
        Map<GroupResource, Resource> resources = new LinkedHashMap<>();
        List<String> failed = new ArrayList<>();
        List<KubeObject> services = new ArrayList<>(aggregation.all());
        services.sort(Comparator.comparingLong((KubeObject each) -> each.number(0, "spec", "versionPriority"))
                .reversed());
        for (KubeObject service : services) {
            String group = service.text("spec", "group");
            String version = service.text("spec", "version");
            Optional<KubeObject> found =
                    get(group, version, "").filter(each -> each.kind().equals("APIResourceList"));
            if (found.isEmpty()) {
                failed.add(group + "/" + version);
                continue;
            }
            for (Map<String, Object> each : found.get().maps("resources")) {
                KubeObject resource = KubeObject.of(each);
                if (!resource.text("name").contains("/")) {
                    GroupResource name = GroupResource.of(group, resource.text("name"));
                    resources.putIfAbsent(
                            name,
                            new Resource(
                                    name,
                                    version,
                                    resource.text("kind"),
                                    resource.flag("namespaced"),
                                    new LinkedHashSet<>(resource.texts("verbs"))));
                }
            }
        }
        failed.sort(Comparator.naturalOrder());
        return new Discovered(List.copyOf(resources.values()), failed);
    }

    @Override
    public List<KubeObject> list(Resource resource, String namespace) {
        KubeObject list = work(resource, "GET", path(resource, namespace, ""), new byte[0]);
        List<KubeObject> items = new ArrayList<>();
        for (Map<String, Object> each : list.maps("items")) {
            each.putIfAbsent("apiVersion", resource.apiVersion());
            each.putIfAbsent("kind", resource.kind());
            items.add(KubeObject.of(each));
        }
        return items;
    }

    @Override
    public void delete(Resource resource, String namespace, String name, String uid, String propagation) {
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("kind", "DeleteOptions");
        options.put("apiVersion", "v1");
        options.put("preconditions", Map.of("uid", uid));
        options.put("propagationPolicy", propagation);
        try {
            work(resource, "DELETE", path(resource, namespace, name), json(options));
        } catch (ApiException refused) {
            if (!refused.isNotFound() && !refused.isConflict()) {
                throw refused;
            }
        }
    }

    @Override
    public KubeObject update(Resource resource, KubeObject object) {
        return work(resource, "PUT", path(resource, object.namespace(), object.name()), json(object.tree()));
    }

    private static byte[] json(Map<String, Object> tree) {
        return JsonWriter.text(tree).getBytes(StandardCharsets.UTF_8);
    }

    private static String path(Resource resource, String namespace, String name) {
        return (namespace.isEmpty() ? "" : "/namespaces/" + namespace) + "/"
                + resource.name().resource() + (name.isEmpty() ? "" : "/" + name);
    }

    private KubeObject work(Resource resource, String method, String path, byte[] body) {
        KubeObject service = aggregation
                .available(resource.name().group(), resource.version())
                .orElseThrow(() -> unavailable("the server is currently unable to handle the request"));
        try {
            HttpReply reply = aggregation.send(service, CONTROLLERS, method, at(service) + path, JSON, body, LIMIT);
            KubeObject tree = KubeObject.of(JsonReader.readMap(reply.body()));
            if (reply.status() >= 300) {
                throw new ApiException(
                        new Status(reply.status(), tree.text("reason"), tree.text("message"), tree.map("details")));
            }
            return tree;
        } catch (IOException gone) {
            throw unavailable("error trying to reach service: " + gone.getMessage());
        } catch (ApiException refused) {
            throw refused;
        } catch (RuntimeException noJson) {
            throw unavailable("the server answers no JSON");
        }
    }

    private static ApiException unavailable(String why) {
        return new ApiException(Status.failure(503, "ServiceUnavailable", why));
    }
}
