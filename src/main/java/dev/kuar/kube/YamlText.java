package dev.kuar.kube;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** YAML documents that hold one map, as trees; JSON is read too. */
public final class YamlText {
    private YamlText() {}

    /**
     * The map that {@code text} holds; empty for an empty document.
     *
     * @param label names the source in messages
     * @throws IllegalArgumentException with line and column when it is no YAML, or no map
     */
    @SuppressWarnings("unchecked")
    public static Map<String, Object> read(String label, String text) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(label)
                .setAllowDuplicateKeys(false)
                .setMaxAliasesForCollections(20)
                .build();
        try {
            @Nullable Object value = new Load(settings).loadFromString(text);
            if (value == null) {
                return new LinkedHashMap<>();
            }
            if (value instanceof Map<?, ?> map) {
                return (Map<String, Object>) map;
            }
            throw new IllegalArgumentException(label + " holds no map at its top");
        } catch (YamlEngineException e) {
            throw new IllegalArgumentException(label + " is no YAML: " + where(e), e);
        }
    }

    /** {@code line 3, column 1: expected …}, in one line. */
    private static String where(YamlEngineException failure) {
        if (failure instanceof MarkedYamlEngineException marked
                && marked.getProblemMark().isPresent()) {
            Mark mark = marked.getProblemMark().get();
            return "line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1) + ": " + marked.getProblem();
        }
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }

    /** Block style, keys in the map's order, two spaces. */
    public static String write(Map<String, Object> tree) {
        DumpSettings settings = DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.BLOCK)
                .setDefaultScalarStyle(ScalarStyle.PLAIN)
                .setIndicatorIndent(0)
                .setWidth(Integer.MAX_VALUE)
                .setSplitLines(false)
                .build();
        return new Dump(settings).dumpToString(tree);
    }
}
