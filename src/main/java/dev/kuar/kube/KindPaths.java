package dev.kuar.kube;

import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** Where the kinds of a cluster are served, learnt from its discovery documents and remembered. */
final class KindPaths {
    private final UnaryOperator<String> fetch;
    private final Map<String, Served> known = new ConcurrentHashMap<>();

    /** {@code fetch} answers the body of a path, empty for 404. */
    KindPaths(UnaryOperator<String> fetch) {
        this.fetch = fetch;
    }

    /** Empty when the cluster doesn't serve the kind; asked again the next time, since a CRD may come. */
    Optional<Served> find(String apiVersion, String kind) {
        String key = apiVersion + "/" + kind;
        Served served = known.get(key);
        if (served != null) {
            return Optional.of(served);
        }
        String root = apiVersion.contains("/") ? "/apis/" + apiVersion : "/api/" + apiVersion;
        String body = fetch.apply(root);
        if (!body.isEmpty()
                && JsonTrees.read(body) instanceof Map<?, ?> list
                && list.get("resources") instanceof List<?> all) {
            for (Object each : all) {
                Map<String, Object> resource = JsonTrees.object(each);
                String name = String.valueOf(resource.get("name"));
                if (!name.contains("/")) {
                    known.put(
                            apiVersion + "/" + resource.get("kind"),
                            new Served(
                                    apiVersion,
                                    String.valueOf(resource.get("kind")),
                                    name,
                                    Boolean.TRUE.equals(resource.get("namespaced"))));
                }
            }
        }
        return Optional.ofNullable(known.get(key));
    }

    /** A kind that is served. */
    record Served(String apiVersion, String kind, String plural, boolean namespaced) {
        String path(String namespace, String name) {
            String root = apiVersion.contains("/") ? "/apis/" + apiVersion : "/api/" + apiVersion;
            String within = namespaced && !namespace.isEmpty() ? "/namespaces/" + namespace : "";
            return root + within + "/" + plural + (name.isEmpty() ? "" : "/" + name);
        }

        ResourceDefinitionContext definition() {
            int slash = apiVersion.indexOf('/');
            ResourceDefinitionContext.Builder builder = new ResourceDefinitionContext.Builder()
                    .withVersion(apiVersion.substring(slash + 1))
                    .withKind(kind)
                    .withPlural(plural)
                    .withNamespaced(namespaced);
            return slash < 0
                    ? builder.build()
                    : builder.withGroup(apiVersion.substring(0, slash)).build();
        }
    }
}
