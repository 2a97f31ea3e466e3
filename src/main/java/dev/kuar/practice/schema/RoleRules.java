package dev.kuar.practice.schema;

import dev.kuar.practice.object.KubeObject;
import java.util.List;
import java.util.Map;

/** The rules of roles and cluster roles. */
final class RoleRules implements KindRules {
    @Override
    public void check(KubeObject role, FieldErrors errors) {
        List<Map<String, Object>> rules = role.maps("rules");
        for (int i = 0; i < rules.size(); i++) {
            KubeObject rule = KubeObject.of(rules.get(i));
            String field = "rules[" + i + "]";
            if (rule.texts("verbs").isEmpty()) {
                errors.required(field + ".verbs", "verbs must contain at least one value");
            }
            if (!rule.texts("nonResourceURLs").isEmpty()) {
                if (role.kind().equals("Role")) {
                    errors.invalid(
                            field + ".nonResourceURLs",
                            rule.at("nonResourceURLs"),
                            "namespaced rules cannot apply to non-resource URLs");
                }
                if (!rule.texts("apiGroups").isEmpty()
                        || !rule.texts("resources").isEmpty()
                        || !rule.texts("resourceNames").isEmpty()) {
                    errors.invalid(
                            field + ".nonResourceURLs",
                            rule.at("nonResourceURLs"),
                            "rules cannot apply to both regular resources and non-resource URLs");
                }
                continue;
            }
            if (rule.texts("apiGroups").isEmpty()) {
                errors.required(field + ".apiGroups", "resource rules must supply at least one api group");
            }
            if (rule.texts("resources").isEmpty()) {
                errors.required(field + ".resources", "resource rules must supply at least one resource");
            }
        }
        List<Map<String, Object>> selectors = role.maps("aggregationRule", "clusterRoleSelectors");
        if (role.at("aggregationRule") != null && selectors.isEmpty()) {
            errors.required(
                    "aggregationRule.clusterRoleSelectors",
                    "at least one clusterRoleSelector required if aggregationRule is non-nil");
        }
        for (int i = 0; i < selectors.size(); i++) {
            SelectorRules.check(
                    KubeObject.of(selectors.get(i)), "aggregationRule.clusterRoleSelectors[" + i + "]", errors);
        }
    }
}
