package dev.kuar.practice.auth;

import dev.kuar.practice.object.ClusterReader;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Role-based access control over the cluster's own roles and bindings; members of {@code system:masters} may do
 * everything, whatever the bindings say.
 */
public final class RbacAuthorizer implements Authorizer {
    private static final String GROUP = "rbac.authorization.k8s.io";
    private static final GroupResource CLUSTER_BINDINGS = new GroupResource(GROUP, "clusterrolebindings");
    private static final GroupResource BINDINGS = new GroupResource(GROUP, "rolebindings");
    private static final GroupResource CLUSTER_ROLES = new GroupResource(GROUP, "clusterroles");
    private static final String ACCOUNT = "system:serviceaccount:";
    private static final GroupResource ROLES = new GroupResource(GROUP, "roles");

    /** Whom a binding is for, with its namespace. */
    private static final Function<KubeObject, Collection<String>> SUBJECTS = RbacAuthorizer::subjects;

    private final ClusterReader reader;

    public RbacAuthorizer(ClusterReader reader) {
        this.reader = reader;
    }

    @Override
    public @Nullable String allows(Access access) {
        if (access.user().groups().contains("system:masters")) {
            return "";
        }
        for (KubeObject binding : bindings(CLUSTER_BINDINGS, access.user(), "")) {
            if (anyAllows(roleOf(binding, ""), access)) {
                return "RBAC: allowed by ClusterRoleBinding \"" + binding.name() + "\" of ClusterRole \""
                        + binding.text("roleRef", "name") + "\" to " + subject(binding, access.user(), "");
            }
        }
        if (access.isPath() || access.namespace().isEmpty()) {
            return null;
        }
        String namespace = access.namespace();
        for (KubeObject binding : bindings(BINDINGS, access.user(), namespace)) {
            if (anyAllows(roleOf(binding, namespace), access)) {
                return "RBAC: allowed by RoleBinding \"" + binding.name() + "/" + namespace + "\" of "
                        + binding.text("roleRef", "kind") + " \"" + binding.text("roleRef", "name") + "\" to "
                        + subject(binding, access.user(), namespace);
            }
        }
        return null;
    }

    /** Those that name a user or one of its groups; one that names both may come twice. */
    private List<KubeObject> bindings(GroupResource resource, UserInfo user, String namespace) {
        List<KubeObject> found = new ArrayList<>(reader.list(resource, SUBJECTS, key(namespace, "User", user.name())));
        if (user.name().startsWith(ACCOUNT)) {
            found.addAll(reader.list(resource, SUBJECTS, key(namespace, "ServiceAccount", user.name())));
        }
        for (String group : user.groups()) {
            found.addAll(reader.list(resource, SUBJECTS, key(namespace, "Group", group)));
        }
        return found;
    }

    private static Collection<String> subjects(KubeObject binding) {
        List<String> keys = new ArrayList<>();
        if (binding.at("subjects") instanceof List<?> all) {
            for (Object each : all) {
                if (each instanceof Map<?, ?> subject) {
                    String kind = String.valueOf(subject.get("kind"));
                    String name = String.valueOf(subject.get("name"));
                    boolean account = kind.equals("ServiceAccount");
                    keys.add(key(
                            binding.namespace(), kind, account ? account(subject, name, binding.namespace()) : name));
                }
            }
        }
        return keys;
    }

    private static String key(String namespace, String kind, String name) {
        return namespace + "/" + kind + "/" + name;
    }

    /** All rules that apply to a user in a namespace, cluster-wide ones first; an empty namespace gives those alone. */
    public List<Map<String, Object>> rulesOf(UserInfo user, String namespace) {
        List<Map<String, Object>> rules = new ArrayList<>();
        collect(reader.list(CLUSTER_BINDINGS, ""), user, "", rules);
        if (!namespace.isEmpty()) {
            collect(reader.list(BINDINGS, namespace), user, namespace, rules);
        }
        return rules;
    }

    private void collect(
            Collection<KubeObject> bindings, UserInfo user, String namespace, List<Map<String, Object>> rules) {
        bindings.stream()
                .sorted((a, b) -> a.name().compareTo(b.name()))
                .filter(binding -> isBound(binding, user, namespace))
                .forEach(binding -> roleOf(binding, namespace).ifPresent(role -> rules.addAll(role.maps("rules"))));
    }

    /** The role that a roleRef names, as seen from a namespace. */
    public Optional<KubeObject> roleOf(KubeObject binding, String namespace) {
        String name = binding.text("roleRef", "name");
        return binding.text("roleRef", "kind").equals("ClusterRole")
                ? reader.find(CLUSTER_ROLES, "", name)
                : reader.find(ROLES, namespace, name);
    }

    private static boolean anyAllows(Optional<KubeObject> role, Access access) {
        if (role.isEmpty()) {
            return false;
        }
        for (Map<String, Object> rule : role.get().maps("rules")) {
            if (PolicyRule.of(rule).allows(access)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isBound(KubeObject binding, UserInfo user, String namespace) {
        for (Map<String, Object> subject : binding.maps("subjects")) {
            if (names(subject, user, namespace)) {
                return true;
            }
        }
        return false;
    }

    private static boolean names(Map<String, Object> subject, UserInfo user, String namespace) {
        String name = String.valueOf(subject.get("name"));
        return switch (String.valueOf(subject.get("kind"))) {
            case "User" -> user.name().equals(name);
            case "Group" -> user.groups().contains(name);
            case "ServiceAccount" ->
                user.name().startsWith(ACCOUNT) && user.name().equals(account(subject, name, namespace));
            default -> false;
        };
    }

    private static String account(Map<?, ?> subject, String name, String namespace) {
        Object own = subject.get("namespace");
        return ACCOUNT + (own == null ? namespace : own) + ":" + name;
    }

    private static String subject(KubeObject binding, UserInfo user, String namespace) {
        for (Map<String, Object> subject : binding.maps("subjects")) {
            if (names(subject, user, namespace)) {
                Object own = subject.get("namespace");
                String name = String.valueOf(subject.get("name"));
                return subject.get("kind") + " \"" + name
                        + ("ServiceAccount".equals(subject.get("kind")) ? "/" + (own == null ? namespace : own) : "")
                        + "\"";
            }
        }
        return "";
    }
}
