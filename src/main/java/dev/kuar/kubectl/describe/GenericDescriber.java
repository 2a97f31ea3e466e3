package dev.kuar.kubectl.describe;

import dev.kuar.kubectl.data.Tree;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Describes kinds without a layout of their own: the whole object, names in words. */
final class GenericDescriber implements Describer {
    private static final Set<String> ACRONYMS = Set.of(
            "API", "CPU", "DNS", "HTTP", "HTTPS", "ID", "IP", "TCP", "TLS", "TTL", "UDP", "UID", "URI", "URL", "UUID",
            "CIDR", "CA", "OS");

    @Override
    public void describe(Tree object, Sheet sheet, Cluster cluster) {
        sheet.field(0, "Name", object.name());
        sheet.field(0, "Namespace", object.namespace());
        sheet.labels(object.textMap("metadata", "labels"));
        sheet.annotations(object.textMap("metadata", "annotations"));
        Map<String, Object> rest = new TreeMap<>(object.copy().map());
        Map<String, Object> metadata = new Tree(rest).map("metadata");
        List.of("name", "namespace", "labels", "annotations", "managedFields").forEach(metadata::remove);
        map(rest, 0, sheet);
        Events.show(object, sheet, cluster);
    }

    private static void map(Map<?, ?> map, int level, Sheet sheet) {
        new TreeMap<>(map).forEach((key, value) -> {
            Tree tree = new Tree(value);
            String label = words(String.valueOf(key));
            if (value instanceof Map<?, ?> inner) {
                sheet.line(level, label + ":");
                map(inner, level + 1, sheet);
            } else if (value instanceof List<?> list) {
                sheet.line(level, label + ":");
                list(list, level + 1, sheet);
            } else {
                sheet.field(level, label, value == null ? "<nil>" : tree.text().replace("\n", "\n\t"));
            }
        });
    }

    private static void list(List<?> list, int level, Sheet sheet) {
        for (Object item : list) {
            if (item instanceof Map<?, ?> inner) {
                map(inner, level, sheet);
            } else if (item instanceof List<?> inner) {
                list(inner, level + 1, sheet);
            } else {
                sheet.line(level, new Tree(item).text());
            }
        }
    }

    /** {@code creationTimestamp} as {@code Creation Timestamp}, {@code podCIDR} as {@code Pod CIDR}. */
    static String words(String name) {
        if (!name.matches("[A-Za-z0-9]+")) {
            return name;
        }
        StringBuilder words = new StringBuilder();
        for (String word : name.split("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")) {
            String upper = word.toUpperCase(java.util.Locale.ROOT);
            words.append(words.isEmpty() ? "" : " ")
                    .append(ACRONYMS.contains(upper) ? upper : upper.charAt(0) + word.substring(1));
        }
        return words.toString();
    }
}
