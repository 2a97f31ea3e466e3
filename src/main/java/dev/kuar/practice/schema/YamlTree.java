package dev.kuar.practice.schema;

import dev.kuar.practice.object.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * YAML that a client sent as the tree that JSON would give: the first document, read as
 * go-yaml 2 reads it and faulted in its words.
 */
final class YamlTree {
    private final List<String> duplicates;
    private final List<Node> within = new ArrayList<>();

    private YamlTree(List<String> duplicates) {
        this.duplicates = duplicates;
    }

    /**
     * The value; null for an empty document.
     *
     * @param duplicates receives {@code line 3: key "a" already set in map}
     * @throws DecodeException for what is no YAML
     */
    static @Nullable Object parse(byte[] yaml, List<String> duplicates) {
        LoadSettings settings = LoadSettings.builder()
                .setAllowDuplicateKeys(true)
                .setParseComments(false)
                .build();
        try {
            String text = new String(yaml, StandardCharsets.UTF_8);
            for (Node document : new Compose(settings).composeAllFromString(text)) {
                return new YamlTree(duplicates).tree(document);
            }
            return null;
        } catch (MarkedYamlEngineException e) {
            throw new DecodeException("yaml: " + YamlFaults.of(e));
        } catch (YamlEngineException e) {
            throw new DecodeException("yaml: control characters are not allowed");
        } catch (StackOverflowError tooDeep) {
            // The parser counts no levels.
            throw new DecodeException("yaml: exceeded max depth of 10000");
        }
    }

    private @Nullable Object tree(Node node) {
        if (within.contains(node)) {
            String anchor = node.getAnchor().map(Object::toString).orElse("");
            throw new DecodeException("yaml: anchor '" + anchor + "' value contains itself");
        }
        if (node instanceof ScalarNode scalar) {
            return scalar(scalar);
        }
        within.add(node);
        Object value = node instanceof MappingNode map ? map(map) : list((SequenceNode) node);
        within.remove(within.size() - 1);
        return value;
    }

    private static @Nullable Object scalar(ScalarNode node) {
        boolean tagged = !node.getTag().equals(Tag.STR) && !node.isPlain();
        return node.isPlain() || tagged ? YamlScalars.resolve(node.getValue()) : node.getValue();
    }

    private List<@Nullable Object> list(SequenceNode node) {
        List<@Nullable Object> list = new ArrayList<>();
        node.getValue().forEach(each -> list.add(tree(each)));
        return list;
    }

    private Map<String, @Nullable Object> map(MappingNode node) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (NodeTuple each : node.getValue()) {
            Object key = key(each.getKeyNode());
            if (key.equals("<<") && each.getKeyNode() instanceof ScalarNode plain && plain.isPlain()) {
                merge(each.getValueNode(), map);
                continue;
            }
            Object value = tree(each.getValueNode());
            if (map.containsKey(key.toString())) {
                int line = each.getValueNode()
                        .getStartMark()
                        .map(mark -> mark.getLine() + 1)
                        .orElse(1);
                String shown = key instanceof String ? JsonWriter.text(key) : key.toString();
                duplicates.add("line " + line + ": key " + shown + " already set in map");
            }
            map.put(key.toString(), value);
        }
        return map;
    }

    private Object key(Node node) {
        Object key = tree(node);
        if (key == null || key instanceof Map || key instanceof List) {
            String type = key == null
                    ? "%!s(<nil>)"
                    : key instanceof Map ? "map[interface {}]interface {}" : "[]interface {}";
            throw new DecodeException("unsupported map key of type: " + type);
        }
        return key;
    }

    private void merge(Node from, Map<String, @Nullable Object> map) {
        if (from instanceof SequenceNode list) {
            for (int i = list.getValue().size() - 1; i >= 0; i--) {
                merge(list.getValue().get(i), map);
            }
            return;
        }
        if (!(from instanceof MappingNode)) {
            throw new DecodeException("yaml: map merge requires map or sequence of maps as the value");
        }
        Map<?, ?> other = (Map<?, ?>) tree(from);
        if (other != null) {
            other.forEach((name, value) -> map.put(String.valueOf(name), value));
        }
    }
}
