package dev.kuar.practice.http;

import dev.kuar.practice.auth.UserInfo;
import dev.kuar.practice.object.KubeObject;
import java.util.List;

/**
 * A rule of a flow schema, taken apart: which requests of whom it covers. Source:
 * {@code apiserver/pkg/util/flowcontrol/rule.go}.
 */
record FlowRule(List<Subject> subjects, List<OfResources> resources, List<OfPaths> paths) {
    private record Subject(String kind, String namespace, String name) {
        boolean is(UserInfo user) {
            return switch (kind) {
                case "Group" -> name.equals("*") || user.groups().contains(name);
                case "User" -> name.equals("*") || name.equals(user.name());
                case "ServiceAccount" -> {
                    String prefix = "system:serviceaccount:" + namespace + ":";
                    yield user.name().startsWith(prefix)
                            && (name.equals("*") || user.name().equals(prefix + name));
                }
                default -> false;
            };
        }
    }

    private record OfResources(
            List<String> verbs,
            List<String> groups,
            List<String> resources,
            boolean clusterScope,
            List<String> namespaces) {
        boolean cover(RequestPath path) {
            String below = path.subresource().isEmpty() ? "" : "/" + path.subresource();
            return has(verbs, path.verb())
                    && has(resources, path.resource() + below)
                    && has(groups, path.group())
                    && (path.namespace().isEmpty() ? clusterScope : has(namespaces, path.namespace()));
        }
    }

    private record OfPaths(List<String> verbs, List<String> urls) {
        boolean cover(String verb, String path) {
            return has(verbs, verb) && urls.stream().anyMatch(url -> isUrl(url, path));
        }
    }

    static FlowRule of(KubeObject rule) {
        return new FlowRule(
                rule.maps("subjects").stream()
                        .map(KubeObject::of)
                        .map(FlowRule::subject)
                        .toList(),
                rule.maps("resourceRules").stream()
                        .map(KubeObject::of)
                        .map(each -> new OfResources(
                                each.texts("verbs"),
                                each.texts("apiGroups"),
                                each.texts("resources"),
                                each.flag("clusterScope"),
                                each.texts("namespaces")))
                        .toList(),
                rule.maps("nonResourceRules").stream()
                        .map(KubeObject::of)
                        .map(each -> new OfPaths(each.texts("verbs"), each.texts("nonResourceURLs")))
                        .toList());
    }

    private static Subject subject(KubeObject subject) {
        String of =
                switch (subject.kind()) {
                    case "Group" -> "group";
                    case "User" -> "user";
                    default -> "serviceAccount";
                };
        return new Subject(subject.kind(), subject.text(of, "namespace"), subject.text(of, "name"));
    }

    boolean covers(UserInfo user, RequestPath path, String url) {
        return subjects.stream().anyMatch(each -> each.is(user))
                && (path.resourceRequest()
                        ? resources.stream().anyMatch(each -> each.cover(path))
                        : paths.stream().anyMatch(each -> each.cover(path.verb(), url)));
    }

    private static boolean has(List<String> patterns, String value) {
        return patterns.equals(List.of("*")) || patterns.contains(value);
    }

    /** A path means what lies below it too, with or without a star. */
    private static boolean isUrl(String pattern, String path) {
        String prefix = pattern.endsWith("*") ? pattern.substring(0, pattern.length() - 1) : pattern;
        return pattern.equals("*")
                || pattern.equals(path)
                || path.startsWith(prefix.endsWith("/") ? prefix : prefix + "/");
    }
}
