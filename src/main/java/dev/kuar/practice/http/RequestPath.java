package dev.kuar.practice.http;

import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.FieldSelector;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a path and a method ask for, taken apart as upstream's RequestInfo.
 *
 * @param resourceRequest false for {@code /version}, {@code /apis/apps/v1} and the like, where only {@code verb} is set
 * @param verb {@code get}, {@code list}, {@code watch}, {@code create}, …; of other paths the method in lower case
 * @param group empty for the core group
 * @param version as in the path
 * @param namespace empty without
 * @param resource the plural
 * @param name empty for collections
 * @param subresource empty for the object itself
 * @param rest what follows the subresource, with a leading slash; for {@code proxy}
 * @param verbInPath whether the path itself says the verb, as {@code /api/v1/watch/pods} does
 */
record RequestPath(
        boolean resourceRequest,
        String verb,
        String group,
        String version,
        String namespace,
        String resource,
        String name,
        String subresource,
        String rest,
        boolean verbInPath) {
    private static final Set<String> SPECIAL = Set.of("watch", "proxy");
    private static final Set<String> OF_NAMESPACES = Set.of("status", "finalize");

    /** Whether nobody knows what a path means, since nothing follows the verb in it. */
    static boolean isCutShort(Call call) {
        List<String> left = left(Paths.split(call.path()));
        return left.size() == 1 && SPECIAL.contains(left.get(0));
    }

    /** What follows the group version; nothing where no resource is asked for. */
    private static List<String> left(List<String> parts) {
        boolean core = !parts.isEmpty() && parts.get(0).equals("api");
        boolean grouped = !parts.isEmpty() && parts.get(0).equals("apis");
        int first = core ? 2 : 3;
        return (core || grouped) && parts.size() > first ? parts.subList(first, parts.size()) : List.of();
    }

    static RequestPath of(Call call) {
        List<String> parts = Paths.split(call.path());
        List<String> left = left(parts);
        if (left.isEmpty()) {
            String verb = call.method().toLowerCase(Locale.ROOT);
            return new RequestPath(false, verb, "", "", "", "", "", "", "", false);
        }
        boolean core = parts.get(0).equals("api");
        String group = core ? "" : parts.get(1);
        String version = parts.get(core ? 1 : 2);
        String special = left.size() > 1 && SPECIAL.contains(left.get(0)) ? left.get(0) : "";
        if (!special.isEmpty()) {
            left = left.subList(1, left.size());
        }
        String namespace = "";
        if (left.get(0).equals("namespaces") && left.size() > 1) {
            namespace = left.get(1);
            if (left.size() > 2 && !OF_NAMESPACES.contains(left.get(2))) {
                left = left.subList(2, left.size());
            }
        }
        String name = left.size() > 1 ? left.get(1) : "";
        String subresource = left.size() > 2 && !special.equals("proxy") ? left.get(2) : "";
        String rest = left.size() > 3 ? "/" + String.join("/", left.subList(3, left.size())) : "";
        String verb = special.isEmpty() ? verb(call, name) : special;
        return new RequestPath(
                true, verb, group, version, namespace, left.get(0), name, subresource, rest, !special.isEmpty());
    }

    /** The name of the object; of a list or a watch the one that its field selector asks for. */
    String nameOrSelected(Call call) {
        boolean many = !verbInPath && (verb.equals("list") || verb.equals("watch"));
        if (!many || !name.isEmpty()) {
            return name;
        }
        try {
            return FieldSelector.parse(call.query("fieldSelector")).required("metadata.name");
        } catch (ApiException unreadable) {
            return "";
        }
    }

    /** Whether the verb is one that resources have. */
    boolean isKnownVerb() {
        return !verb.isEmpty() && !verb.equals("proxy");
    }

    /** As upstream's check of what goes on for long: watches, and the subresources that are connections. */
    boolean isLongRunning() {
        return resourceRequest
                && (verb.equals("watch") || verb.equals("proxy") || Route.CONNECTIONS.contains(subresource));
    }

    private static String verb(Call call, String name) {
        boolean collection = name.isEmpty();
        return switch (call.method()) {
            case "POST" -> "create";
            case "GET", "HEAD" -> !collection ? "get" : call.flag("watch") ? "watch" : "list";
            case "PUT" -> "update";
            case "PATCH" -> "patch";
            case "DELETE" -> collection ? "deletecollection" : "delete";
            default -> "";
        };
    }
}
