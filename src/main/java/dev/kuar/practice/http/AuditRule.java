package dev.kuar.practice.http;

import dev.kuar.practice.auth.UserInfo;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One rule of an audit policy. Lists that are empty ask for nothing. Source: {@code apiserver/pkg/audit/policy/checker.go}.
 *
 * @param level how much is written of the requests that it matches
 * @param omitStages the policy's and its own
 * @param omitManagedFields empty where the policy decides
 */
record AuditRule(
        AuditPolicy.Level level,
        List<String> users,
        List<String> userGroups,
        List<String> verbs,
        List<OfResources> resources,
        List<String> namespaces,
        List<String> nonResourceUrls,
        Set<String> omitStages,
        Optional<Boolean> omitManagedFields) {

    /** @param group empty for the core group, {@code *} for all */
    record OfResources(String group, List<String> resources, List<String> resourceNames) {
        private boolean match(RequestPath path, String name) {
            if (!group.equals(path.group()) && !group.equals("*")) {
                return false;
            }
            if (resources.isEmpty()) {
                return true;
            }
            return (resourceNames.isEmpty() || resourceNames.contains(name))
                    && resources.stream().anyMatch(each -> isResource(each, path));
        }

        private static boolean isResource(String pattern, RequestPath path) {
            String below = path.subresource();
            String whole = below.isEmpty() ? path.resource() : path.resource() + "/" + below;
            return pattern.equals(whole)
                    || pattern.equals("*")
                    || (!below.isEmpty() && pattern.equals("*/" + below))
                    || pattern.equals(path.resource() + "/*");
        }
    }

    /**
     * @param user as authenticated, with the empty name and no groups where that failed
     * @param name of the object; of a list the one that its field selector asks for
     */
    boolean matches(UserInfo user, RequestPath path, String name, String url) {
        if (!has(users, user.name())
                || (!userGroups.isEmpty() && user.groups().stream().noneMatch(userGroups::contains))
                || !has(verbs, path.verb())) {
            return false;
        }
        if (!namespaces.isEmpty() || !resources.isEmpty()) {
            return path.resourceRequest()
                    && has(namespaces, path.namespace())
                    && (resources.isEmpty() || resources.stream().anyMatch(each -> each.match(path, name)));
        }
        return nonResourceUrls.isEmpty()
                || (!path.resourceRequest() && nonResourceUrls.stream().anyMatch(each -> isUrl(each, url)));
    }

    private static boolean has(List<String> wanted, String value) {
        return wanted.isEmpty() || wanted.contains(value);
    }

    private static boolean isUrl(String pattern, String path) {
        return pattern.equals("*")
                || pattern.equals(path)
                || (pattern.endsWith("*") && path.startsWith(pattern.replaceFirst("\\*+$", "")));
    }
}
