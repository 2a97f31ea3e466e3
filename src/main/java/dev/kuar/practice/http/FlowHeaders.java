package dev.kuar.practice.http;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.ApiServer;
import dev.kuar.practice.api.Informer;
import dev.kuar.practice.auth.UserInfo;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The two headers that name the flow schema and the priority level that a request falls under.
 *
 * <p>Models the matching of API Priority and Fairness: the schema with the lowest matchingPrecedence whose subjects and
 * rules cover the request. Nothing is queued: one learner is no crowd.
 */
final class FlowHeaders {
    private static final String GROUP = "flowcontrol.apiserver.k8s.io";
    private static final UserInfo SERVER = UserInfo.of("system:apiserver", "system:masters");

    private final ApiServer api;
    private @Nullable Informer schemas;
    private @Nullable Informer levels;
    private volatile Flows flows = new Flows(List.of(), List.of());

    FlowHeaders(ApiServer api) {
        this.api = api;
    }

    /** Schemas in the order of precedence; made anew when one changes. */
    private record Flows(List<KubeObject> schemas, Collection<KubeObject> levels) {}

    /** Begins to follow the schemas there are. */
    synchronized void follow() {
        ApiClient client = api.client(SERVER, "kube-apiserver");
        schemas = client.informer(GroupResource.of(GROUP, "flowschemas"));
        levels = client.informer(GroupResource.of(GROUP, "prioritylevelconfigurations"));
        schemas.onChange((old, now) -> read());
        levels.onChange((old, now) -> read());
        read();
    }

    private synchronized void read() {
        Informer allSchemas = schemas;
        Informer allLevels = levels;
        if (allSchemas != null && allLevels != null) {
            List<KubeObject> sorted = allSchemas.all().stream()
                    .sorted(Comparator.comparingLong(
                                    (KubeObject schema) -> schema.number(1000, "spec", "matchingPrecedence"))
                            .thenComparing(KubeObject::name))
                    .toList();
            flows = new Flows(sorted, List.copyOf(allLevels.all()));
        }
    }

    void add(Call call, RequestPath path) {
        Flows now = flows;
        for (KubeObject schema : now.schemas()) {
            if (schema.maps("spec", "rules").stream().anyMatch(rule -> matches(rule, call, path))) {
                call.setHeader("X-Kubernetes-Pf-Flowschema-Uid", schema.uid());
                String level = schema.text("spec", "priorityLevelConfiguration", "name");
                now.levels().stream()
                        .filter(each -> each.name().equals(level))
                        .forEach(each -> call.setHeader("X-Kubernetes-Pf-Prioritylevel-Uid", each.uid()));
                return;
            }
        }
    }

    private static boolean matches(Map<String, Object> tree, Call call, RequestPath path) {
        KubeObject rule = KubeObject.of(tree);
        if (rule.maps("subjects").stream().noneMatch(subject -> isSubject(KubeObject.of(subject), call.user()))) {
            return false;
        }
        if (!path.resourceRequest()) {
            return rule.maps("nonResourceRules").stream()
                    .map(KubeObject::of)
                    .anyMatch(each -> covers(each.texts("verbs"), path.verb())
                            && each.texts("nonResourceURLs").stream().anyMatch(url -> isUrl(url, call.path())));
        }
        return rule.maps("resourceRules").stream().map(KubeObject::of).anyMatch(each -> {
            boolean here = path.namespace().isEmpty()
                    ? each.flag("clusterScope")
                    : covers(each.texts("namespaces"), path.namespace());
            String below = path.subresource().isEmpty() ? "" : "/" + path.subresource();
            return here
                    && covers(each.texts("verbs"), path.verb())
                    && covers(each.texts("apiGroups"), path.group())
                    && covers(each.texts("resources"), path.resource() + below);
        });
    }

    private static boolean isSubject(KubeObject subject, UserInfo user) {
        return switch (subject.kind()) {
            case "Group" ->
                user.groups().contains(subject.text("group", "name"))
                        || subject.text("group", "name").equals("*");
            case "User" -> covers(List.of(subject.text("user", "name")), user.name());
            case "ServiceAccount" -> {
                String prefix = "system:serviceaccount:" + subject.text("serviceAccount", "namespace") + ":";
                String name = subject.text("serviceAccount", "name");
                yield user.name().equals(prefix + name)
                        || (name.equals("*") && user.name().startsWith(prefix));
            }
            default -> false;
        };
    }

    private static boolean covers(List<String> patterns, String value) {
        return patterns.contains("*") || patterns.contains(value);
    }

    private static boolean isUrl(String pattern, String path) {
        return pattern.endsWith("*")
                ? path.startsWith(pattern.substring(0, pattern.length() - 1))
                : path.equals(pattern);
    }
}
