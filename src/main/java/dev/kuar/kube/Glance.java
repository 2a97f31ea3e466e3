package dev.kuar.kube;

import java.util.HashMap;
import java.util.Map;

/**
 * What the current context of a kubeconfig is, read by its lines.
 *
 * <p>For the prompt, which cannot wait for a YAML parser. Block style as all clients write it is understood; of what is written
 * otherwise nothing is seen.
 *
 * @param context the current one; empty for none
 * @param namespace the one that the context names; empty for none
 * @param server the URL of its cluster; empty where it is not found
 * @param authority the certificate authority's data, else its file; empty for none
 */
public record Glance(String context, String namespace, String server, String authority) {
    /** Nothing was found. */
    public static final Glance NONE = new Glance("", "", "", "");

    /** Reads the text of one file. */
    public static Glance at(String kubeconfig) {
        Lines lines = new Lines();
        kubeconfig.lines().forEach(lines::take);
        lines.endItem();
        if (lines.current.isEmpty()) {
            return NONE;
        }
        Map<String, String> context = lines.items.getOrDefault("contexts/" + lines.current, Map.of());
        Map<String, String> cluster =
                lines.items.getOrDefault("clusters/" + context.getOrDefault("cluster", ""), Map.of());
        String file = cluster.getOrDefault("certificate-authority", "");
        return new Glance(
                lines.current,
                context.getOrDefault("namespace", ""),
                cluster.getOrDefault("server", ""),
                cluster.getOrDefault("certificate-authority-data", file));
    }

    /** Collects the scalars of each list item of a section; deeper lists (extensions, args) are passed over. */
    private static final class Lines {
        private final Map<String, Map<String, String>> items = new HashMap<>();
        private Map<String, String> item = new HashMap<>();
        private String section = "";
        private String current = "";
        private int dash = -1;
        private int nested = Integer.MAX_VALUE;

        void take(String line) {
            String text = line.strip();
            if (text.isEmpty() || text.startsWith("#")) {
                return;
            }
            int indent = line.indexOf(text.charAt(0));
            boolean listItem = text.equals("-") || text.startsWith("- ");
            if (indent == 0 && !listItem) {
                endItem();
                dash = -1;
                section = key(text);
                if (section.equals("current-context")) {
                    current = value(text);
                }
            } else if (listItem && (dash < 0 || indent == dash)) {
                endItem();
                dash = indent;
                scalar(indent + 2, text.substring(1).strip());
            } else if (listItem) {
                nested = Math.min(nested, indent);
            } else {
                scalar(indent, text);
            }
        }

        private void scalar(int indent, String text) {
            if (indent > nested) {
                return;
            }
            nested = Integer.MAX_VALUE;
            if (!value(text).isEmpty()) {
                String name = indent == dash + 2 && key(text).equals("name") ? "" : key(text);
                item.put(name, value(text));
            }
        }

        void endItem() {
            if (!item.isEmpty()) {
                items.put(section + "/" + item.getOrDefault("", ""), item);
            }
            item = new HashMap<>();
            nested = Integer.MAX_VALUE;
        }

        private static String key(String text) {
            int colon = text.indexOf(':');
            return colon < 0 ? text : text.substring(0, colon);
        }

        private static String value(String text) {
            int colon = text.indexOf(": ");
            String value = colon < 0 ? "" : text.substring(colon + 2).strip();
            boolean quoted = value.length() > 1
                    && (value.charAt(0) == '"' || value.charAt(0) == '\'')
                    && value.charAt(value.length() - 1) == value.charAt(0);
            return quoted ? value.substring(1, value.length() - 1) : value;
        }
    }
}
