package dev.kuar.practice.http;

import dev.kuar.practice.object.Statuses;
import dev.kuar.practice.schema.Kind;
import dev.kuar.practice.schema.Subresource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the router says to a path and a method: served, a connection, no such path, or no such method there. */
enum Route {
    SERVED,
    CONNECT,
    UNKNOWN,
    NOT_ALLOWED;

    private static final Set<String> CONNECTIONS = Set.of("log", "exec", "attach", "portforward", "proxy");

    static Route of(Call call, RequestPath path, Kind kind) {
        boolean namespaces = kind.group().isEmpty() && kind.resource().equals("namespaces");
        boolean inNamespace = !path.namespace().isEmpty() && !namespaces;
        if (inNamespace && !kind.namespaced()) {
            return UNKNOWN;
        }
        boolean allNamespaces = kind.namespaced() && !inNamespace;
        if (allNamespaces && !path.name().isEmpty()) {
            return UNKNOWN;
        }
        if (!path.subresource().isEmpty()) {
            Optional<Subresource> below = kind.subresource(path.subresource());
            if (below.isEmpty()) {
                return UNKNOWN;
            }
            if (isConnection(kind, path.subresource())) {
                return CONNECT;
            }
            return path.rest().isEmpty() ? allowed(call, below.get().verbs(), path.verb()) : UNKNOWN;
        }
        boolean named = !path.name().isEmpty();
        if (switch (path.verb()) {
            case "create" -> named;
            case "update", "patch" -> !named;
            default -> false;
        }) {
            return NOT_ALLOWED;
        }
        boolean collectionOfAll =
                allNamespaces && !path.verb().equals("list") && !path.verb().equals("watch");
        boolean reviewed = kind.isVirtual() && path.verb().equals("create");
        return collectionOfAll && !reviewed ? NOT_ALLOWED : allowed(call, kind.verbs(), path.verb());
    }

    private static boolean isConnection(Kind kind, String subresource) {
        return kind.group().isEmpty() && CONNECTIONS.contains(subresource);
    }

    private static Route allowed(Call call, List<String> verbs, String verb) {
        return verbs.contains(verb) && !call.method().equals("HEAD") ? SERVED : NOT_ALLOWED;
    }

    /** @throws dev.kuar.practice.object.ApiException 404 or 405 unless it is served */
    void check() {
        if (this == UNKNOWN) {
            throw Statuses.noSuchResource();
        }
        if (this == NOT_ALLOWED) {
            throw Statuses.methodNotAllowed();
        }
    }

    /** Custom resources without a scale or a status are said to be absent themselves. */
    static void checkCustom(RequestPath path, Kind kind) {
        boolean known = path.subresource().equals("scale") || path.subresource().equals("status");
        if (kind.isCustom() && known && kind.subresource(path.subresource()).isEmpty()) {
            throw Statuses.notFound(kind.groupResource(), path.name());
        }
    }
}
