package dev.kuar.practice.api;

import dev.kuar.practice.admission.AdmissionRequest;
import dev.kuar.practice.auth.Access;
import dev.kuar.practice.auth.Authorizer;
import dev.kuar.practice.auth.Credentials;
import dev.kuar.practice.auth.Impersonated;
import dev.kuar.practice.auth.Impersonation;
import dev.kuar.practice.auth.Impersonator;
import dev.kuar.practice.auth.UserInfo;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.AuditNotes;
import dev.kuar.practice.object.FieldSelector;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Statuses;
import dev.kuar.practice.schema.Catalog;
import dev.kuar.practice.schema.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds out what a request is about, asks whether it may be, and hands it to the verb. */
final class KubeApiServer implements ApiServer {
    private final Parts parts;
    private final Function<Credentials, UserInfo> authenticator;
    private final Authorizer authorizer;
    private final Impersonator impersonator;
    private final Lists lists;
    private final Watches watches;
    private final Verbs verbs;
    private final EtcdView etcd;
    private final Executor dispatch;
    private final Map<String, Special> specials;
    private final Runnable storage;
    private final List<AutoCloseable> owned;
    private final Map<GroupResource, Informer> informers = new ConcurrentHashMap<>();

    KubeApiServer(
            Parts parts,
            Function<Credentials, UserInfo> authenticator,
            Authorizer authorizer,
            Verbs verbs,
            Map<String, Special> specials,
            EtcdView etcd,
            Executor dispatch,
            Runnable storage,
            List<AutoCloseable> owned) {
        this.parts = parts;
        this.authenticator = authenticator;
        this.authorizer = authorizer;
        this.impersonator = new Impersonator(authorizer);
        this.lists = verbs.lists();
        this.watches = new Watches(parts.storage(), parts.clock());
        this.verbs = verbs;
        this.specials = Map.copyOf(specials);
        this.etcd = etcd;
        this.dispatch = dispatch;
        this.storage = storage;
        this.owned = List.copyOf(owned);
    }

    @Override
    public List<String> warnings(Kind kind) {
        return parts.warnings(kind);
    }

    @Override
    public Catalog catalog() {
        return parts.catalog();
    }

    @Override
    public UserInfo authenticate(Credentials credentials) {
        return authenticator.apply(credentials);
    }

    @Override
    public Impersonated impersonate(UserInfo user, Impersonation wanted, ApiRequest request) {
        return impersonator.impersonate(
                user, wanted, access(request, request.verb().word()));
    }

    @Override
    public Impersonated impersonate(UserInfo user, Impersonation wanted, String verb, String path) {
        return impersonator.impersonate(user, wanted, Access.toPath(user, verb, path));
    }

    @Override
    public void authorizePath(UserInfo user, String verb, String path, AuditNotes notes) {
        Access access = Access.toPath(user, verb, path);
        decided(authorizer.allows(access), access, notes);
    }

    /** Notes a decision for the audit; a refusal is thrown. */
    private static void decided(@Nullable String reason, Access access, AuditNotes notes) {
        notes.add("authorization.k8s.io/decision", reason == null ? "forbid" : "allow");
        notes.add("authorization.k8s.io/reason", reason == null ? "" : reason);
        if (reason == null) {
            throw access.refusal();
        }
    }

    @Override
    public void authorize(ApiRequest request) {
        authorize(request, request.verb().word());
    }

    @Override
    public void authorize(ApiRequest request, String verb) {
        Access access = access(request, verb);
        if (request.trusted()) {
            return;
        }
        decided(authorizer.allows(access), access, request.notes());
    }

    private static Access access(ApiRequest request, String verb) {
        boolean namespaces = request.resource().equals(GroupResource.core("namespaces"));
        boolean ofMany = request.verb() == Verb.LIST || request.verb() == Verb.WATCH;
        return new Access(
                request.user(),
                verb,
                request.resource().group(),
                request.resource().resource(),
                request.subresource(),
                namespaces && request.namespace().isEmpty() ? request.name() : request.namespace(),
                ofMany && request.name().isEmpty() ? nameOf(request.options().fieldSelector()) : request.name(),
                "");
    }

    /** The name that a field selector asks for: roles may allow a list of one name alone. */
    private static String nameOf(String fieldSelector) {
        try {
            return FieldSelector.parse(fieldSelector).required("metadata.name");
        } catch (ApiException unreadable) {
            return "";
        }
    }

    @Override
    public Answer handle(ApiRequest request) {
        authorize(request);
        storage.run();
        Kind kind = kind(request);
        if (kind.namespaced()
                && !request.name().isEmpty()
                && request.namespace().isEmpty()) {
            throw Statuses.noSuchResource();
        }
        String odd = request.subresource().isEmpty()
                ? kind.groupResource().toString()
                : kind.groupResource() + "/" + request.subresource();
        Special special = specials.get(odd);
        if (special != null && (kind.isVirtual() || !request.subresource().isEmpty())) {
            return special.answer(kind, request);
        }
        return request.subresource().isEmpty() ? plain(kind, request) : sub(kind, request);
    }

    private Answer plain(Kind kind, ApiRequest request) {
        if (kind.isVirtual()) {
            throw Statuses.methodNotAllowed();
        }
        return switch (request.verb()) {
            case GET ->
                new Answer.One(
                        200,
                        lists.get(kind, request.namespace(), request.name(), request.options()),
                        parts.warnings(kind));
            case LIST -> list(kind, request);
            case CREATE -> verbs.creates().create(kind, request);
            case UPDATE -> verbs.updates().put(kind, request);
            case PATCH -> verbs.patches().patch(kind, request);
            case DELETE -> verbs.deletes().delete(kind, request);
            case DELETECOLLECTION -> verbs.deletes().deleteCollection(selection(kind, request), request);
            case WATCH -> throw new IllegalArgumentException("a watch is no request with one answer");
        };
    }

    private Answer list(Kind kind, ApiRequest request) {
        Answer.Many many = lists.list(selection(kind, request), request.options());
        List<String> warnings = parts.warnings(kind);
        return warnings.isEmpty() ? many : many.with(warnings);
    }

    private Answer sub(Kind kind, ApiRequest request) {
        if (kind.subresource(request.subresource()).isEmpty()) {
            if (kind.isCustom()) {
                throw Statuses.notFound(kind.groupResource(), request.name());
            }
            throw Statuses.noSuchResource();
        }
        if (request.subresource().equals("scale")) {
            return scale(kind, request);
        }
        return switch (request.verb()) {
            case GET ->
                new Answer.One(
                        200,
                        lists.get(kind, request.namespace(), request.name(), request.options()),
                        parts.warnings(kind));
            case UPDATE -> verbs.updates().put(kind, request);
            case PATCH -> verbs.patches().patch(kind, request);
            default -> throw Statuses.methodNotAllowed();
        };
    }

    private Answer scale(Kind kind, ApiRequest request) {
        return switch (request.verb()) {
            case GET -> verbs.scales().get(kind, request);
            case UPDATE -> verbs.scales().put(kind, request);
            case PATCH -> verbs.scales().patch(kind, request);
            default -> throw Statuses.methodNotAllowed();
        };
    }

    @Override
    public WatchStream watch(ApiRequest request) {
        authorize(request);
        storage.run();
        Kind kind = kind(request);
        if (kind.isVirtual()) {
            throw Statuses.methodNotAllowed();
        }
        return watches.watch(selection(kind, request), request.options());
    }

    private static Selection selection(Kind kind, ApiRequest request) {
        return Selection.of(
                kind,
                request.namespace(),
                request.options().labelSelector(),
                request.options().fieldSelector());
    }

    @Override
    public KubeObject connect(ApiRequest request) {
        authorize(request);
        Kind kind = kind(request);
        if (request.body().tree() instanceof Map<?, ?>) {
            parts.admission()
                    .connect(new AdmissionRequest(
                            AdmissionRequest.Operation.CONNECT,
                            kind,
                            request.subresource(),
                            request.namespace(),
                            request.name(),
                            request.user(),
                            KubeObject.of(Bodies.plain(request.body())),
                            null,
                            false,
                            new ArrayList<>(),
                            request.notes()));
        }
        return lists.get(kind, request.namespace(), request.name()).object();
    }

    private Kind kind(ApiRequest request) {
        GroupResource resource = request.resource();
        return parts.catalog()
                .find(resource.group(), request.version(), resource.resource())
                .orElseThrow(Statuses::noSuchResource);
    }

    /** In the version that its group prefers. */
    Kind kind(GroupResource resource) {
        return parts.catalog().find(resource.group(), resource.resource()).orElseThrow(Statuses::noSuchResource);
    }

    Informer informer(GroupResource resource) {
        Kind kind = kind(resource);
        if (kind.isCustom()) {
            return new FeedInformer(kind, parts.storage(), dispatch);
        }
        return informers.computeIfAbsent(resource, ignored -> new FeedInformer(kind, parts.storage(), dispatch));
    }

    @Override
    public ApiClient client(UserInfo user, String agent) {
        return new InProcessClient(this, user, agent);
    }

    @Override
    public long revision() {
        return parts.storage().store().revision();
    }

    @Override
    public EtcdView etcd() {
        return etcd;
    }

    @Override
    public void close() {
        for (AutoCloseable each : owned) {
            try {
                each.close();
            } catch (Exception ignored) {
                // the rest is closed all the same
            }
        }
        watches.close();
        parts.storage().close();
    }
}
