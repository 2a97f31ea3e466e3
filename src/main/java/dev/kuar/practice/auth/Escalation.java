package dev.kuar.practice.auth;

import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compares what somebody wants to hand out with what they have. */
public final class Escalation {
    private final RbacAuthorizer authorizer;

    public Escalation(RbacAuthorizer authorizer) {
        this.authorizer = authorizer;
    }

    /** Why a role may not have these rules; empty when it may. */
    public String roleFault(Access escalate, List<Map<String, Object>> rules, String namespace) {
        return authorizer.allows(escalate) != null ? "" : fault(escalate.user(), rules, namespace);
    }

    /** Why a binding may not be made; empty when it may. A role that is absent hands out nothing yet. */
    public String bindingFault(Access bind, KubeObject binding, String namespace) {
        if (authorizer.allows(bind) != null) {
            return "";
        }
        Optional<KubeObject> role = authorizer.roleOf(binding, namespace);
        return role.map(each -> fault(bind.user(), each.maps("rules"), namespace))
                .orElse("");
    }

    private String fault(UserInfo user, List<Map<String, Object>> rules, String namespace) {
        if (user.groups().contains("system:masters")) {
            return "";
        }
        List<PolicyRule> own =
                authorizer.rulesOf(user, namespace).stream().map(PolicyRule::of).toList();
        List<String> missing = new ArrayList<>();
        for (Map<String, Object> tree : rules) {
            for (PolicyRule part : PolicyRule.of(tree).parts()) {
                if (own.stream().noneMatch(rule -> rule.covers(part))) {
                    missing.add(part.text());
                }
            }
        }
        if (missing.isEmpty()) {
            return "";
        }
        missing.sort(String::compareTo);
        return "user " + quoted(user.name()) + " (groups=["
                + String.join(
                        " ", user.groups().stream().map(Escalation::quoted).toList())
                + "]) is attempting to grant RBAC permissions not currently held:\n" + String.join("\n", missing);
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }
}
