package dev.kuar.practice.profile;

import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads roles and bindings from a compact notation, a line a rule.
 *
 * <pre>
 * clusterrole NAME [label=value …]
 * role NAMESPACE/NAME
 *   verbs : resources [@ groups] [# resourceNames]      all comma-separated; the core group is the word core, and the default
 *   verbs : /path,/path
 *   aggregate label                                     instead of rules: selects roles that carry label "true"
 * bind NAME = ROLE : user:NAME group:NAME sa:NAMESPACE/NAME …
 * bind NAMESPACE/NAME = [clusterrole/]ROLE : …
 * plain                                               from here on without the bootstrap label and annotation
 * </pre>
 */
final class RbacText {
    private static final String API = "rbac.authorization.k8s.io";

    private boolean plain;
    private final List<KubeObject> objects = new ArrayList<>();
    private List<Object> rules = new ArrayList<>();
    private KubeObject current = KubeObject.of(new LinkedHashMap<>());

    private RbacText() {}

    static List<KubeObject> read(String text) {
        RbacText reader = new RbacText();
        text.lines().filter(line -> !line.isBlank() && !line.startsWith("//")).forEach(reader::line);
        return reader.objects;
    }

    private void line(String line) {
        String[] words = line.trim().split("\\s+");
        if (Character.isWhitespace(line.charAt(0))) {
            if (words[0].equals("aggregate")) {
                aggregate(words[1]);
            } else {
                rule(words);
            }
            return;
        }
        switch (words[0]) {
            case "plain" -> plain = true;
            case "clusterrole" -> role(KubeObject.create(API + "/v1", "ClusterRole", "", words[1]), words);
            case "role" -> {
                int slash = words[1].indexOf('/');
                role(
                        KubeObject.create(
                                API + "/v1", "Role", words[1].substring(0, slash), words[1].substring(slash + 1)),
                        words);
            }
            case "bind" -> bind(words);
            default -> throw new IllegalStateException("not a line of the notation: " + line);
        }
    }

    private void role(KubeObject role, String[] words) {
        mark(role);
        for (int i = 2; i < words.length; i++) {
            int equals = words[i].indexOf('=');
            role.set(words[i].substring(equals + 1), "metadata", "labels", words[i].substring(0, equals));
        }
        rules = new ArrayList<>();
        role.set(rules, "rules");
        objects.add(role);
        current = role;
    }

    private void aggregate(String label) {
        Map<String, Object> labels = new LinkedHashMap<>();
        labels.put(label, "true");
        Map<String, Object> selector = new LinkedHashMap<>();
        selector.put("matchLabels", labels);
        List<Object> selectors = new ArrayList<>(List.of(selector));
        List<Map<String, Object>> already = current.maps("aggregationRule", "clusterRoleSelectors");
        selectors.addAll(0, already);
        current.set(selectors, "aggregationRule", "clusterRoleSelectors");
    }

    private void rule(String[] words) {
        Map<String, Object> rule = new LinkedHashMap<>();
        List<Object> what = split(words[2]);
        if (words[2].startsWith("/") || words[2].equals("urls")) {
            rule.put("nonResourceURLs", words[2].equals("urls") ? new ArrayList<Object>(List.of("*")) : what);
        } else {
            rule.put("apiGroups", new ArrayList<Object>(List.of("")));
            for (int i = 3; i + 1 < words.length; i += 2) {
                rule.put(words[i].equals("@") ? "apiGroups" : "resourceNames", split(words[i + 1]));
            }
            rule.put("resources", what);
        }
        rule.put("verbs", split(words[0]));
        rules.add(rule);
    }

    private void bind(String[] words) {
        int slash = words[1].indexOf('/');
        KubeObject binding = slash < 0
                ? KubeObject.create(API + "/v1", "ClusterRoleBinding", "", words[1])
                : KubeObject.create(
                        API + "/v1", "RoleBinding", words[1].substring(0, slash), words[1].substring(slash + 1));
        mark(binding);
        boolean cluster = slash < 0 || words[3].startsWith("clusterrole/");
        binding.set(API, "roleRef", "apiGroup");
        binding.set(cluster ? "ClusterRole" : "Role", "roleRef", "kind");
        binding.set(words[3].replaceFirst("^clusterrole/", ""), "roleRef", "name");
        List<Object> subjects = new ArrayList<>();
        for (int i = 5; i < words.length; i++) {
            subjects.add(subject(words[i]));
        }
        binding.set(subjects.isEmpty() ? null : subjects, "subjects");
        objects.add(binding);
    }

    private static Map<String, Object> subject(String word) {
        int colon = word.indexOf(':');
        String name = word.substring(colon + 1);
        Map<String, Object> subject = new LinkedHashMap<>();
        if (word.startsWith("sa:")) {
            subject.put("kind", "ServiceAccount");
            subject.put("name", name.substring(name.indexOf('/') + 1));
            subject.put("namespace", name.substring(0, name.indexOf('/')));
        } else {
            subject.put("apiGroup", API);
            subject.put("kind", word.startsWith("user:") ? "User" : "Group");
            subject.put("name", name);
        }
        return subject;
    }

    private void mark(KubeObject object) {
        if (!plain) {
            object.set("true", "metadata", "annotations", "rbac.authorization.kubernetes.io/autoupdate");
            object.set("rbac-defaults", "metadata", "labels", "kubernetes.io/bootstrapping");
        }
    }

    private static List<Object> split(String words) {
        List<Object> list = new ArrayList<>();
        for (String word : words.split(",", -1)) {
            list.add(word.equals("core") ? "" : word);
        }
        return list;
    }
}
