package dev.kuar.practice.schema;

import dev.kuar.practice.object.KubeObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Bindings: who is bound, and to what, which never changes. */
final class RoleBindingRules implements KindRules {
    private static final String GROUP = "rbac.authorization.k8s.io";

    @Override
    public void check(KubeObject binding, FieldErrors errors) {
        KubeObject role = KubeObject.of(binding.map("roleRef"));
        if (!role.text("apiGroup").equals(GROUP)) {
            errors.unsupported("roleRef.apiGroup", role.text("apiGroup"), List.of(GROUP));
        }
        List<String> kinds =
                binding.kind().equals("RoleBinding") ? List.of("Role", "ClusterRole") : List.of("ClusterRole");
        if (!kinds.contains(role.kind())) {
            errors.unsupported("roleRef.kind", role.kind(), kinds);
        }
        if (role.text("name").isEmpty()) {
            errors.required("roleRef.name", "");
        } else {
            errors.syntax("roleRef.name", role.text("name"), Syntax.pathSegment(role.text("name")));
        }
        List<Map<String, Object>> subjects = binding.maps("subjects");
        for (int i = 0; i < subjects.size(); i++) {
            subject(KubeObject.of(subjects.get(i)), "subjects[" + i + "]", binding, errors);
        }
    }

    private static void subject(KubeObject subject, String field, KubeObject binding, FieldErrors errors) {
        if (subject.text("name").isEmpty()) {
            errors.required(field + ".name", "");
        }
        switch (subject.kind()) {
            case "ServiceAccount" -> {
                if (!subject.text("name").isEmpty()) {
                    errors.syntax(field + ".name", subject.text("name"), Syntax.subdomain(subject.text("name")));
                }
                if (!subject.text("apiGroup").isEmpty()) {
                    errors.unsupported(field + ".apiGroup", subject.text("apiGroup"), List.of(""));
                }
                if (subject.text("namespace").isEmpty() && binding.kind().equals("ClusterRoleBinding")) {
                    errors.required(field + ".namespace", "");
                }
            }
            case "User", "Group" -> {
                if (!subject.text("apiGroup").equals(GROUP)) {
                    errors.unsupported(field + ".apiGroup", subject.text("apiGroup"), List.of(GROUP));
                }
            }
            default -> errors.unsupported(field + ".kind", subject.kind(), List.of("ServiceAccount", "User", "Group"));
        }
    }

    @Override
    public void change(KubeObject binding, KubeObject old, FieldErrors errors) {
        if (!binding.map("roleRef").equals(old.map("roleRef"))) {
            Map<String, Object> internal = new LinkedHashMap<>();
            internal.put("APIGroup", binding.text("roleRef", "apiGroup"));
            internal.put("Kind", binding.text("roleRef", "kind"));
            internal.put("Name", binding.text("roleRef", "name"));
            errors.invalid("roleRef", internal, "cannot change roleRef");
        }
    }
}
