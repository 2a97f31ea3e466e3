package dev.kuar.practice.admission;

import dev.kuar.practice.auth.Access;
import dev.kuar.practice.auth.Escalation;
import dev.kuar.practice.object.KubeObject;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Nobody hands out rights that they do not have themselves, by a role or by a binding, unless they may escalate or bind. */
final class RbacEscalation implements Admission {
    private static final String GROUP = "rbac.authorization.k8s.io";

    private final Escalation escalation;

    RbacEscalation(Escalation escalation) {
        this.escalation = escalation;
    }

    @Override
    public void validate(AdmissionRequest request) {
        if (request.isDelete()
                || !request.kind().group().equals(GROUP)
                || !request.subresource().isEmpty()) {
            return;
        }
        String resource = request.kind().resource();
        KubeObject now = request.now();
        KubeObject old = request.old();
        String why = "";
        if (resource.endsWith("bindings")) {
            boolean sameRole = old != null
                    && Objects.equals(old.at("subjects"), now.at("subjects"))
                    && Objects.equals(old.at("roleRef"), now.at("roleRef"));
            String role = now.text("roleRef", "kind").equals("Role") ? "roles" : "clusterroles";
            Access bind = access(request, "bind", role, now.text("roleRef", "name"));
            why = sameRole ? "" : escalation.bindingFault(bind, now, request.namespace());
        } else if (old == null || !Objects.equals(old.at("rules"), now.at("rules"))) {
            List<Map<String, Object>> rules = now.maps("rules");
            Access escalate = access(request, "escalate", resource, now.name());
            why = escalation.roleFault(escalate, rules, request.namespace());
        }
        if (!why.isEmpty()) {
            throw request.forbidden(why);
        }
    }

    private static Access access(AdmissionRequest request, String verb, String resource, String name) {
        return new Access(request.user(), verb, GROUP, resource, "", request.namespace(), name, "");
    }
}
