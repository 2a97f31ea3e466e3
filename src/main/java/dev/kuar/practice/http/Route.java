package dev.kuar.practice.http;

import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.Statuses;
import dev.kuar.practice.schema.Kind;
import dev.kuar.practice.schema.Subresource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the router, or the handler of custom resources, says to a path and a method. */
enum Route {
    SERVED,
    CONNECT,
    /** No such path. */
    UNKNOWN,
    /** Such a path, but not for this method. */
    NOT_ALLOWED,
    /** Nobody claims the path at all. */
    NO_PAGE,
    /** Such a custom resource, but not this subresource. */
    ABSENT,
    /** Such a resource, which does not do this. */
    NOT_SUPPORTED,
    /** An object in a namespace that has no name. */
    NAMELESS;

    static final Set<String> CONNECTIONS = Set.of("log", "exec", "attach", "portforward", "proxy");
    private static final Set<String> OF_PROXIES = Set.of("GET", "PUT", "POST", "PATCH", "DELETE", "HEAD", "OPTIONS");
    private static final Set<String> ACROSS_NAMESPACES = Set.of("list", "watch");
    private static final Set<String> NAMED = Set.of("get", "update", "patch", "delete");
    private static final Set<String> OF_SUBRESOURCES = Set.of("get", "update", "patch");

    /** Whether a connection may be asked for by this method. */
    static boolean connects(String subresource, String method) {
        return switch (subresource) {
            case "log" -> method.equals("GET");
            case "proxy" -> OF_PROXIES.contains(method);
            default -> method.equals("GET") || method.equals("POST");
        };
    }

    static Route of(Call call, RequestPath path, Kind kind) {
        if (kind.isCustom()) {
            return custom(path, kind);
        }
        boolean namespaces = kind.group().isEmpty() && kind.resource().equals("namespaces");
        boolean inNamespace = !path.namespace().isEmpty() && !namespaces;
        if (inNamespace && !kind.namespaced()) {
            return UNKNOWN;
        }
        boolean allNamespaces = kind.namespaced() && !inNamespace;
        if (allNamespaces && !path.name().isEmpty()) {
            boolean nameless = call.path().contains("/namespaces//");
            return nameless && path.subresource().isEmpty() && NAMED.contains(path.verb()) ? NAMELESS : UNKNOWN;
        }
        if (path.verbInPath()) {
            return oldWatch(call, path, kind);
        }
        if (!path.subresource().isEmpty()) {
            return below(call, path, kind);
        }
        boolean named = !path.name().isEmpty();
        if (switch (path.verb()) {
            case "create" -> named;
            case "update", "patch" -> !named;
            default -> false;
        }) {
            return NOT_ALLOWED;
        }
        boolean collectionOfAll = allNamespaces && !ACROSS_NAMESPACES.contains(path.verb());
        boolean reviewed = kind.isVirtual() && path.verb().equals("create");
        if (collectionOfAll && !reviewed) {
            return NOT_ALLOWED;
        }
        boolean listed = path.verb().equals("watch") && kind.verbs().contains("list");
        return listed && !kind.verbs().contains("watch") && call.method().equals("GET")
                ? NOT_SUPPORTED
                : allowed(call, kind.verbs(), path.verb());
    }

    private static Route below(Call call, RequestPath path, Kind kind) {
        Optional<Subresource> below = kind.subresource(path.subresource());
        if (below.isEmpty()) {
            return UNKNOWN;
        }
        if (kind.group().isEmpty() && CONNECTIONS.contains(path.subresource())) {
            return CONNECT;
        }
        return path.rest().isEmpty() ? allowed(call, below.get().verbs(), path.verb()) : UNKNOWN;
    }

    private static Route oldWatch(Call call, RequestPath path, Kind kind) {
        if (!path.verb().equals("watch")
                || !path.subresource().isEmpty()
                || !kind.verbs().contains("watch")) {
            return UNKNOWN;
        }
        return call.method().equals("GET") ? SERVED : NOT_ALLOWED;
    }

    private static Route allowed(Call call, List<String> verbs, String verb) {
        return verbs.contains(verb) && !call.method().equals("HEAD") ? SERVED : NOT_ALLOWED;
    }

    /** Behind no router: a verb is enough. */
    private static Route custom(RequestPath path, Kind kind) {
        boolean inNamespace = !path.namespace().isEmpty();
        boolean fits = inNamespace ? kind.namespaced() : !kind.namespaced() || ACROSS_NAMESPACES.contains(path.verb());
        if (!fits) {
            return NO_PAGE;
        }
        if (!path.isKnownVerb()) {
            return NOT_SUPPORTED;
        }
        if (path.subresource().isEmpty()) {
            return SERVED;
        }
        boolean there = kind.subresource(path.subresource()).isPresent();
        return !there ? ABSENT : OF_SUBRESOURCES.contains(path.verb()) ? SERVED : NOT_SUPPORTED;
    }

    /** The refusal; none where it is served or there is not even that. */
    Optional<ApiException> refusal(RequestPath path, Kind kind) {
        return switch (this) {
            case UNKNOWN -> Optional.of(Statuses.noSuchResource());
            case NOT_ALLOWED -> Optional.of(Statuses.methodNotAllowed());
            case ABSENT -> Optional.of(Statuses.notFound(kind.groupResource(), path.name()));
            case NOT_SUPPORTED -> Optional.of(Statuses.methodNotSupported(kind.groupResource(), path.verb()));
            case NAMELESS -> Optional.of(Statuses.badRequest("Namespace parameter required."));
            default -> Optional.empty();
        };
    }
}
