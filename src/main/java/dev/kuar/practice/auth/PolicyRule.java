package dev.kuar.practice.auth;

import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One rule of a role. An empty list matches nothing, except for names, where it matches all. */
record PolicyRule(
        List<String> verbs, List<String> groups, List<String> resources, List<String> names, List<String> paths) {

    static PolicyRule of(Map<String, Object> tree) {
        KubeObject rule = KubeObject.of(tree);
        return new PolicyRule(
                rule.texts("verbs"),
                rule.texts("apiGroups"),
                rule.texts("resources"),
                rule.texts("resourceNames"),
                rule.texts("nonResourceURLs"));
    }

    /** The rules of a Role or ClusterRole. */
    static List<PolicyRule> of(KubeObject role) {
        List<PolicyRule> rules = new ArrayList<>();
        role.maps("rules").forEach(rule -> rules.add(of(rule)));
        return rules;
    }

    boolean allows(Access access) {
        if (!matches(verbs, access.verb())) {
            return false;
        }
        if (access.isPath()) {
            return paths.stream().anyMatch(path -> matchesPath(path, access.path()));
        }
        return matches(groups, access.group())
                && matchesResource(access.fullResource(), access.subresource())
                && (names.isEmpty() || names.contains(access.name()));
    }

    private boolean matchesResource(String full, String subresource) {
        if (matches(resources, full)) {
            return true;
        }
        return !subresource.isEmpty() && resources.contains("*/" + subresource);
    }

    /** Whether everything that {@code wanted} (one verb, one group, one resource, one name or path) allows is allowed here. */
    boolean covers(PolicyRule wanted) {
        if (!covers(verbs, wanted.verbs)) {
            return false;
        }
        if (!wanted.paths.isEmpty()) {
            return wanted.paths.stream().allMatch(w -> paths.stream().anyMatch(p -> matchesPath(p, w)));
        }
        return covers(groups, wanted.groups)
                && wanted.resources.stream().allMatch(this::coversResource)
                && (names.isEmpty() || (!wanted.names.isEmpty() && names.containsAll(wanted.names)));
    }

    /** The rule taken apart: one verb with one resource of one group and perhaps one name, or with one path, each. */
    List<PolicyRule> parts() {
        List<PolicyRule> parts = new ArrayList<>();
        for (String verb : verbs) {
            for (String path : paths) {
                parts.add(new PolicyRule(List.of(verb), List.of(), List.of(), List.of(), List.of(path)));
            }
            for (String group : groups) {
                for (String resource : resources) {
                    List<String> each = names.isEmpty() ? List.of("") : names;
                    for (String name : each) {
                        parts.add(new PolicyRule(
                                List.of(verb),
                                List.of(group),
                                List.of(resource),
                                name.isEmpty() ? List.of() : List.of(name),
                                List.of()));
                    }
                }
            }
        }
        return parts;
    }

    /** As refusals show a rule. */
    String text() {
        StringBuilder text = new StringBuilder("{");
        add(text, "APIGroups", groups);
        add(text, "Resources", resources);
        add(text, "ResourceNames", names);
        add(text, "NonResourceURLs", paths);
        add(text, "Verbs", verbs);
        return text.append('}').toString();
    }

    private static void add(StringBuilder text, String name, List<String> values) {
        if (!values.isEmpty()) {
            text.append(text.length() > 1 ? ", " : "")
                    .append(name)
                    .append(":[")
                    .append(String.join(
                            " ", values.stream().map(v -> "\"" + v + "\"").toList()))
                    .append(']');
        }
    }

    private boolean coversResource(String resource) {
        int slash = resource.indexOf('/');
        return matches(resources, resource) || (slash > 0 && resources.contains("*" + resource.substring(slash)));
    }

    private static boolean covers(List<String> have, List<String> wanted) {
        return have.contains("*") || have.containsAll(wanted);
    }

    private static boolean matches(List<String> have, String wanted) {
        return have.contains("*") || have.contains(wanted);
    }

    private static boolean matchesPath(String rule, String path) {
        return rule.equals("*")
                || rule.equals(path)
                || (rule.endsWith("*") && path.startsWith(rule.substring(0, rule.length() - 1)));
    }
}
