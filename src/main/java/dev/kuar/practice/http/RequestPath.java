package dev.kuar.practice.http;

import java.util.List;
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
        String rest) {
    private static final Set<String> OF_NAMESPACES = Set.of("status", "finalize");

    static RequestPath of(Call call) {
        List<String> parts = Paths.split(call.path());
        boolean core = !parts.isEmpty() && parts.get(0).equals("api");
        boolean grouped = !parts.isEmpty() && parts.get(0).equals("apis");
        int first = core ? 2 : 3;
        if ((!core && !grouped) || parts.size() <= first) {
            return new RequestPath(false, call.method().toLowerCase(java.util.Locale.ROOT), "", "", "", "", "", "", "");
        }
        String group = core ? "" : parts.get(1);
        String version = parts.get(first - 1);
        List<String> left = parts.subList(first, parts.size());
        boolean oldWatch = left.size() > 1 && left.get(0).equals("watch");
        if (oldWatch) {
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
        String subresource = left.size() > 2 ? left.get(2) : "";
        String rest = left.size() > 3 ? "/" + String.join("/", left.subList(3, left.size())) : "";
        String verb = oldWatch ? "watch" : verb(call, name);
        return new RequestPath(true, verb, group, version, namespace, left.get(0), name, subresource, rest);
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
