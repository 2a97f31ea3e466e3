package dev.kuar.kubectl.describe;

import dev.kuar.kubectl.data.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rules of roles as rows: one a resource, the same resource's verbs together. */
public final class PolicyRules {
    private PolicyRules() {}

    /** Rows of resource, URLs, names and verbs with tabs between, in kubectl's order. */
    public static List<String> rows(List<Tree> rules) {
        Map<String, List<String>> verbs = new LinkedHashMap<>();
        for (Tree rule : rules) {
            List<String> names = rule.texts("resourceNames");
            List<String> keys = new ArrayList<>();
            for (String group : rule.texts("apiGroups")) {
                for (String resource : rule.texts("resources")) {
                    String[] parts = resource.split("/", 2);
                    String whole = parts[0] + (group.isEmpty() ? "" : "." + group)
                            + (parts.length > 1 ? "/" + parts[1] : "");
                    if (names.isEmpty()) {
                        keys.add(whole + "\t[]\t[]");
                    }
                    names.forEach(name -> keys.add(whole + "\t[]\t[" + name + "]"));
                }
            }
            rule.texts("nonResourceURLs").forEach(url -> keys.add("\t[" + url + "]\t[]"));
            keys.forEach(key -> verbs.computeIfAbsent(key, each -> new ArrayList<>())
                    .addAll(rule.texts("verbs")));
        }
        List<Map.Entry<String, List<String>>> sorted = new ArrayList<>(verbs.entrySet());
        sorted.sort((a, b) -> {
            int order = Integer.compare(weight(b.getKey()), weight(a.getKey()));
            return order != 0 ? order : a.getKey().compareTo(b.getKey());
        });
        return sorted.stream()
                .map(entry -> entry.getKey() + "\t["
                        + String.join(" ", entry.getValue().stream().distinct().toList()) + "]")
                .toList();
    }

    /** Rows as {@link #rows}, the same resource's rules apart. */
    public static List<String> separately(List<Tree> rules) {
        List<String> all = new ArrayList<>();
        for (Tree rule : rules) {
            all.addAll(rows(List.of(rule)));
        }
        all.sort((a, b) -> Integer.compare(weight(b), weight(a)));
        return all;
    }

    private static int weight(String key) {
        return key.startsWith("*") ? 1 : key.startsWith("\t") ? -1 : 0;
    }
}
