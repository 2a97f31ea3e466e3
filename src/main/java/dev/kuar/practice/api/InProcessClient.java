package dev.kuar.practice.api;

import dev.kuar.practice.auth.UserInfo;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.schema.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The control plane's client: the server's own verbs, without a wire and without being authorised again. */
final class InProcessClient implements ApiClient {
    private final KubeApiServer server;
    private final UserInfo user;
    private final String agent;

    InProcessClient(KubeApiServer server, UserInfo user, String agent) {
        this.server = server;
        this.user = user;
        this.agent = agent;
    }

    @Override
    public KubeObject get(GroupResource resource, String namespace, String name) {
        return one(request(Verb.GET, resource, version(resource), namespace, name, ""));
    }

    @Override
    public KubeObject getSubresource(GroupResource resource, String namespace, String name, String subresource) {
        return one(request(Verb.GET, resource, version(resource), namespace, name, subresource));
    }

    @Override
    public Optional<KubeObject> find(GroupResource resource, String namespace, String name) {
        try {
            return Optional.of(get(resource, namespace, name));
        } catch (ApiException refused) {
            if (refused.isNotFound()) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    @Override
    public ObjectList list(GroupResource resource, String namespace, ListOptions options) {
        Map<String, List<String>> query = new LinkedHashMap<>();
        query.put("labelSelector", List.of(options.labelSelector()));
        query.put("fieldSelector", List.of(options.fieldSelector()));
        ApiRequest request = request(Verb.LIST, resource, version(resource), namespace, "", "")
                .with(RequestOptions.parse(query));
        if (!(server.handle(request) instanceof Answer.Many many)) {
            throw new IllegalStateException("a list that is no list: " + resource);
        }
        List<KubeObject> items = new ArrayList<>(many.items().size());
        many.items().forEach(item -> items.add(item.object()));
        return new ObjectList(many.resourceVersion(), items);
    }

    @Override
    public KubeObject create(GroupResource resource, String namespace, KubeObject object) {
        return one(request(Verb.CREATE, resource, version(resource, object), namespace, "", "")
                .with(Body.tree(object.copy().tree())));
    }

    @Override
    public KubeObject update(GroupResource resource, KubeObject object) {
        return updateSubresource(resource, "", object);
    }

    @Override
    public KubeObject updateSubresource(GroupResource resource, String subresource, KubeObject object) {
        String version = subresource.equals("scale") ? version(resource) : version(resource, object);
        return one(request(Verb.UPDATE, resource, version, object.namespace(), object.name(), subresource)
                .with(Body.tree(object.copy().tree())));
    }

    @Override
    public KubeObject patch(
            GroupResource resource, String namespace, String name, String subresource, PatchType type, Object patch) {
        ApiRequest request = request(Verb.PATCH, resource, version(resource), namespace, name, subresource)
                .with(Body.patch(KubeObject.copyOf(patch)))
                .with(type);
        if (type == PatchType.APPLY) {
            request = request.with(
                    RequestOptions.parse(Map.of("fieldManager", List.of(agent), "force", List.of("true"))));
        }
        return one(request);
    }

    @Override
    public KubeObject createSubresource(
            GroupResource resource, String namespace, String name, String subresource, KubeObject body) {
        return one(request(Verb.CREATE, resource, version(resource), namespace, name, subresource)
                .with(Body.tree(body.copy().tree())));
    }

    @Override
    public KubeObject delete(GroupResource resource, String namespace, String name, DeleteOptions options) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("kind", "DeleteOptions");
        body.put("apiVersion", "v1");
        if (!options.propagation().isEmpty()) {
            body.put("propagationPolicy", options.propagation());
        }
        if (options.gracePeriodSeconds() >= 0) {
            body.put("gracePeriodSeconds", options.gracePeriodSeconds());
        }
        if (!options.preconditions().isEmpty()) {
            body.put("preconditions", new LinkedHashMap<>(options.preconditions()));
        }
        return one(request(Verb.DELETE, resource, version(resource), namespace, name, "")
                .with(Body.tree(body)));
    }

    @Override
    public Informer informer(GroupResource resource) {
        return server.informer(resource);
    }

    @Override
    public List<ServedResource> resources() {
        Map<GroupResource, ServedResource> resources = new LinkedHashMap<>();
        for (Kind kind : server.catalog().kinds()) {
            resources.putIfAbsent(
                    kind.groupResource(),
                    new ServedResource(
                            kind.groupResource(),
                            kind.apiVersion(),
                            kind.kind(),
                            kind.namespaced(),
                            new LinkedHashSet<>(kind.verbs())));
        }
        return List.copyOf(resources.values());
    }

    @Override
    public ApiClient as(UserInfo newUser, String newAgent) {
        return new InProcessClient(server, newUser, newAgent);
    }

    private ApiRequest request(
            Verb verb, GroupResource resource, String version, String namespace, String name, String subresource) {
        return ApiRequest.of(user, agent, verb, resource, version, namespace, name, subresource)
                .asTrusted();
    }

    private KubeObject one(ApiRequest request) {
        Answer answer = server.handle(request);
        if (answer instanceof Answer.One one) {
            return one.object().object();
        }
        if (answer instanceof Answer.Outcome outcome) {
            return KubeObject.of(outcome.status().tree());
        }
        throw new IllegalStateException("a list where one object was asked for");
    }

    private String version(GroupResource resource) {
        return server.kind(resource).version();
    }

    private String version(GroupResource resource, KubeObject object) {
        String apiVersion = object.apiVersion();
        String version = apiVersion.substring(apiVersion.indexOf('/') + 1);
        return server.catalog()
                .find(resource.group(), version, resource.resource())
                .map(Kind::version)
                .orElseGet(() -> version(resource));
    }
}
