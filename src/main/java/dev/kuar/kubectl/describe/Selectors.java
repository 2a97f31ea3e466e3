package dev.kuar.kubectl.describe;

import dev.kuar.kubectl.data.Tree;
import java.util.ArrayList;
import java.util.List;

/** Label selectors of objects as text. */
public final class Selectors {
    private Selectors() {}

    /** {@code a=b,c in (d,e)}; {@code <none>} for an empty one. */
    public static String text(Tree selector) {
        String query = query(selector);
        return query.isEmpty() ? "<none>" : query;
    }

    /** The same, empty for an empty one. */
    public static String query(Tree selector) {
        List<String> parts = new ArrayList<>();
        selector.textMap("matchLabels").forEach((key, value) -> parts.add(key + "=" + value));
        for (Tree expression : selector.items("matchExpressions")) {
            String key = expression.text("key");
            String values = "("
                    + String.join(
                            ",", expression.texts("values").stream().sorted().toList()) + ")";
            parts.add(
                    switch (expression.text("operator")) {
                        case "In" -> key + " in " + values;
                        case "NotIn" -> key + " notin " + values;
                        case "Exists" -> key;
                        default -> "!" + key;
                    });
        }
        parts.sort(null);
        return String.join(",", parts);
    }

    /** The query of a workload's selector, whether it is a map of labels or a LabelSelector. */
    public static String ofWorkload(Tree object) {
        Tree selector = object.at("spec", "selector");
        boolean structured = selector.has("matchLabels") || selector.has("matchExpressions");
        return structured ? query(selector) : Cluster.selector(selector.textMap());
    }
}
