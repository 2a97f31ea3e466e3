package dev.kuar.practice.schema;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.representer.StandardRepresenter;

/** Trees as YAML in the form of Kubernetes: sorted keys, lists not indented, texts that would read as something else quoted. */
public final class YamlWriter {
    private static final DumpSettings SETTINGS = DumpSettings.builder()
            .setDefaultFlowStyle(FlowStyle.BLOCK)
            .setIndent(2)
            .setWidth(80)
            .setMultiLineFlow(false)
            .build();

    private YamlWriter() {}

    /** The tree as UTF-8. */
    public static byte[] write(Map<String, Object> tree) {
        return new Dump(SETTINGS, new Texts()).dumpToString(sorted(tree)).getBytes(StandardCharsets.UTF_8);
    }

    @SuppressWarnings("unchecked")
    private static @Nullable Object sorted(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> copy = new LinkedHashMap<>();
            new TreeMap<>((Map<String, Object>) map).forEach((key, item) -> copy.put(key, sorted(item)));
            return copy;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(YamlWriter::sorted).toList();
        }
        return value;
    }

    /** Strings that YAML 1.1 takes for a number, a time or a truth are quoted; several lines become a block. */
    private static final class Texts extends StandardRepresenter {
        Texts() {
            super(SETTINGS);
            representers.put(String.class, value -> scalar((String) value));
        }

        private static Node scalar(String text) {
            ScalarStyle style = ScalarStyle.PLAIN;
            if (text.indexOf('\n') >= 0 && !text.startsWith(" ")) {
                style = ScalarStyle.LITERAL;
            } else if (readsAsSomethingElse(text)) {
                style = ScalarStyle.DOUBLE_QUOTED;
            }
            return new ScalarNode(Tag.STR, text, style);
        }

        private static boolean readsAsSomethingElse(String text) {
            if (text.isEmpty()) {
                return true;
            }
            char first = text.charAt(0);
            if ((first >= '0' && first <= '9') || "+-.=".indexOf(first) >= 0) {
                return text.matches(
                        "[-+]?[0-9][0-9_]*|[-+]?0[xob][0-9a-fA-F_]+|[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?"
                                + "|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ].*)?"
                                + "|[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\\.[0-9]*)?|=");
            }
            return text.length() <= 5
                    && text.matches("(?i)true|false|yes|no|on|off|y|n|null|~")
                    && (text.equals(text.toLowerCase(java.util.Locale.ROOT)) || Character.isUpperCase(first));
        }
    }
}
