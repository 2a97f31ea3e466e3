package dev.kuar.practice.admission;

import dev.kuar.practice.object.ClusterReader;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.LabelSelector;
import dev.kuar.practice.schema.Kind;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether a policy's or a webhook's rules and selectors are about a request, and in which version of its resource. */
final class PolicyMatch {
    private final ClusterReader reader;
    private final Equivalents equivalents;

    PolicyMatch(ClusterReader reader, Equivalents equivalents) {
        this.reader = reader;
        this.equivalents = equivalents;
    }

    /**
     * The request as a policy or a binding is to see it; null where it is not about it.
     *
     * @param rulesNeeded whether no rules mean nothing, as in policies, or everything, as in bindings
     */
    @Nullable
    AdmissionRequest seen(Map<String, Object> constraints, AdmissionRequest request, boolean rulesNeeded) {
        KubeObject match = KubeObject.of(constraints);
        boolean exact = match.text("matchPolicy").equals("Exact");
        if (!selectsNamespace(match, request)
                || !selectsObject(match, request)
                || kind(match.maps("excludeResourceRules"), exact, request) != null) {
            return null;
        }
        List<Map<String, Object>> rules = match.maps("resourceRules");
        if (rules.isEmpty()) {
            return rulesNeeded ? null : request;
        }
        return in(kind(rules, exact, request), request);
    }

    /** The request as a webhook is to see it; null where it is not about it. */
    @Nullable
    AdmissionRequest seen(KubeObject webhook, AdmissionRequest request) {
        boolean exact = webhook.text("matchPolicy").equals("Exact");
        Kind kind = kind(webhook.maps("rules"), exact, request);
        return kind != null && selectsNamespace(webhook, request) && selectsObject(webhook, request)
                ? in(kind, request)
                : null;
    }

    /** Brings what was made of the object of {@code seen} into the request. */
    void bringBack(AdmissionRequest seen, AdmissionRequest request) {
        if (!isSame(seen.kind(), request.kind())) {
            KubeObject changed = equivalents.convert(seen.kind(), request.kind(), seen.now());
            request.now().tree().clear();
            request.now().tree().putAll(changed.tree());
        }
    }

    private @Nullable AdmissionRequest in(@Nullable Kind kind, AdmissionRequest request) {
        if (kind == null) {
            return null;
        }
        if (isSame(kind, request.kind())) {
            return request;
        }
        return request.in(kind, inVersion(kind, request, request.object()), inVersion(kind, request, request.old()));
    }

    private static boolean isSame(Kind one, Kind other) {
        return one.apiVersion().equals(other.apiVersion());
    }

    private @Nullable KubeObject inVersion(Kind kind, AdmissionRequest request, @Nullable KubeObject object) {
        return object == null ? null : equivalents.convert(request.kind(), kind, object);
    }

    /** The version of the first rule that is about a request, or about what is the same in another version. */
    private @Nullable Kind kind(List<Map<String, Object>> rules, boolean exact, AdmissionRequest request) {
        if (rules.stream().anyMatch(rule -> isAbout(rule, request, request.kind()))) {
            return request.kind();
        }
        List<Kind> others = exact || rules.isEmpty() ? List.of() : equivalents.of(request.kind());
        for (Map<String, Object> rule : rules) {
            for (Kind other : others) {
                if (isAbout(rule, request, other)) {
                    return other;
                }
            }
        }
        return null;
    }

    private static boolean isAbout(Map<String, Object> tree, AdmissionRequest request, Kind kind) {
        KubeObject rule = KubeObject.of(tree);
        List<String> names = rule.texts("resourceNames");
        String full = request.subresource().isEmpty() ? kind.resource() : kind.resource() + "/" + request.subresource();
        String scope = rule.text("scope");
        return has(rule.texts("apiGroups"), kind.group())
                && has(rule.texts("apiVersions"), kind.version())
                && has(rule.texts("operations"), request.operation().name())
                && rule.texts("resources").stream().anyMatch(each -> names(each, full, request, kind))
                && (names.isEmpty() || names.contains(request.name()))
                && (scope.isEmpty() || scope.equals("*") || scope.equals("Namespaced") == kind.namespaced());
    }

    private static boolean names(String rule, String full, AdmissionRequest request, Kind kind) {
        return rule.equals("*/*")
                || rule.equals(full)
                || (rule.equals("*") && request.subresource().isEmpty())
                || rule.equals(kind.resource() + "/*")
                || (!request.subresource().isEmpty() && rule.equals("*/" + request.subresource()));
    }

    private static boolean has(List<String> values, String value) {
        return values.contains("*") || values.contains(value);
    }

    private boolean selectsNamespace(KubeObject match, AdmissionRequest request) {
        Map<String, Object> selector = match.map("namespaceSelector");
        if (selector.isEmpty() || request.namespace().isEmpty()) {
            return true;
        }
        LabelSelector labels = LabelSelector.ofObject(selector);
        return reader.find(GroupResource.core("namespaces"), "", request.namespace())
                .map(namespace -> labels.matches(namespace.labels()))
                .orElse(false);
    }

    private static boolean selectsObject(KubeObject match, AdmissionRequest request) {
        Map<String, Object> selector = match.map("objectSelector");
        return selector.isEmpty() || fits(selector, request.object()) || fits(selector, request.old());
    }

    private static boolean fits(Map<String, Object> selector, @Nullable KubeObject object) {
        return object != null && LabelSelector.ofObject(selector).matches(object.labels());
    }
}
