package dev.kuar.practice.admission;

import dev.kuar.practice.object.ClusterReader;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.LabelSelector;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether a policy's or a webhook's rules and selectors are about a request. */
final class PolicyMatch {
    private PolicyMatch() {}

    /** @param rulesNeeded whether no rules mean nothing, as in policies, or everything, as in bindings */
    static boolean matches(
            Map<String, Object> constraints, AdmissionRequest request, ClusterReader reader, boolean rulesNeeded) {
        KubeObject match = KubeObject.of(constraints);
        List<Map<String, Object>> rules = match.maps("resourceRules");
        if (match.maps("excludeResourceRules").stream().anyMatch(rule -> isAbout(rule, request))) {
            return false;
        }
        boolean about = rules.isEmpty() ? !rulesNeeded : rules.stream().anyMatch(rule -> isAbout(rule, request));
        return about && selectsNamespace(match, request, reader) && selectsObject(match, request);
    }

    static boolean isAbout(Map<String, Object> tree, AdmissionRequest request) {
        KubeObject rule = KubeObject.of(tree);
        List<String> names = rule.texts("resourceNames");
        String full = request.subresource().isEmpty()
                ? request.kind().resource()
                : request.kind().resource() + "/" + request.subresource();
        String scope = rule.text("scope");
        return has(rule.texts("apiGroups"), request.kind().group())
                && has(rule.texts("apiVersions"), request.kind().version())
                && has(rule.texts("operations"), request.operation().name())
                && rule.texts("resources").stream().anyMatch(each -> names(each, full, request))
                && (names.isEmpty() || names.contains(request.name()))
                && (scope.isEmpty()
                        || scope.equals("*")
                        || scope.equals("Namespaced") == request.kind().namespaced());
    }

    private static boolean names(String rule, String full, AdmissionRequest request) {
        return rule.equals("*/*")
                || rule.equals(full)
                || (rule.equals("*") && request.subresource().isEmpty())
                || rule.equals(request.kind().resource() + "/*")
                || (!request.subresource().isEmpty() && rule.equals("*/" + request.subresource()));
    }

    private static boolean has(List<String> values, String value) {
        return values.contains("*") || values.contains(value);
    }

    static boolean selectsNamespace(KubeObject match, AdmissionRequest request, ClusterReader reader) {
        Map<String, Object> selector = match.map("namespaceSelector");
        if (selector.isEmpty() || request.namespace().isEmpty()) {
            return true;
        }
        LabelSelector labels = LabelSelector.ofObject(selector);
        return reader.find(GroupResource.core("namespaces"), "", request.namespace())
                .map(namespace -> labels.matches(namespace.labels()))
                .orElse(false);
    }

    static boolean selectsObject(KubeObject match, AdmissionRequest request) {
        Map<String, Object> selector = match.map("objectSelector");
        return selector.isEmpty() || fits(selector, request.object()) || fits(selector, request.old());
    }

    private static boolean fits(Map<String, Object> selector, @Nullable KubeObject object) {
        return object != null && LabelSelector.ofObject(selector).matches(object.labels());
    }
}
