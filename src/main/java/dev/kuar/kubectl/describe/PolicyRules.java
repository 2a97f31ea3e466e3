package dev.kuar.kubectl.describe;

import dev.kuar.kubectl.data.Tree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rules of roles as rows: broken down to one resource or URL each, the same resource's verbs together.
 *
 * <p>Ordered by verbs, then group, then resource, as the text of the rules orders them.
 */
public final class PolicyRules {
    private PolicyRules() {}

    /** A rule of one resource or one URL. */
    private record Rule(List<String> verbs, String group, String resource, String name, String url) {
        String order() {
            return verbs + "\u0000" + (resource.isEmpty() ? "]" : group + "]") + "\u0000" + resource + "]\u0000" + name
                    + "]\u0000" + url + "]";
        }

        String row() {
            String[] parts = resource.split("/", 2);
            String whole = parts[0] + (group.isEmpty() ? "" : "." + group) + (parts.length > 1 ? "/" + parts[1] : "");
            return whole + "\t[" + url + "]\t[" + name + "]\t[" + String.join(" ", verbs) + "]";
        }
    }

    /** Rows of resource, URLs, names and verbs with tabs between. */
    public static List<String> rows(List<Tree> rules) {
        Map<String, Rule> simple = new LinkedHashMap<>();
        List<Rule> all = new ArrayList<>();
        for (Tree rule : rules) {
            List<String> names = rule.texts("resourceNames");
            for (String group : rule.texts("apiGroups")) {
                for (String resource : rule.texts("resources")) {
                    for (String name : names.isEmpty() ? List.of("") : names) {
                        Rule known = simple.computeIfAbsent(
                                group + "|" + resource + "|" + name,
                                key -> new Rule(new ArrayList<>(), group, resource, name, ""));
                        rule.texts("verbs").stream()
                                .filter(verb -> !known.verbs().contains(verb))
                                .forEach(known.verbs()::add);
                    }
                }
            }
            for (String url : rule.texts("nonResourceURLs")) {
                rule.texts("verbs").forEach(verb -> all.add(new Rule(List.of(verb), "", "", "", url)));
            }
        }
        all.addAll(simple.values());
        all.sort(Comparator.comparing(Rule::order));
        return all.stream().map(Rule::row).toList();
    }
}
