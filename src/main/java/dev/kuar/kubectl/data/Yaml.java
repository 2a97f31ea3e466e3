package dev.kuar.kubectl.data;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads YAML with the scalar rules of YAML 1.1 that Kubernetes' tools keep; a repeated key's last value wins. */
public final class Yaml {
    private static final Pattern INTEGER = Pattern.compile("[-+]?(0|[1-9][0-9_]*)");
    private static final Pattern OCTAL = Pattern.compile("[-+]?0o?[0-7_]+");
    private static final Pattern HEX = Pattern.compile("[-+]?0x[0-9a-fA-F_]+");
    private static final Pattern FLOAT = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
    private static final int MOST_NODES = 2_000_000;

    private Yaml() {}

    /** The documents between lines {@code ---}, in order, those that hold nothing left out. */
    public static List<String> documents(String text) {
        List<String> documents = new ArrayList<>();
        StringBuilder document = new StringBuilder();
        for (String line : text.split("\n", -1)) {
            if (line.startsWith("---") && line.substring(3).isBlank()) {
                documents.add(document.toString());
                document.setLength(0);
            } else {
                document.append(line).append('\n');
            }
        }
        documents.add(document.toString());
        documents.removeIf(part ->
                part.lines().allMatch(line -> line.isBlank() || line.strip().startsWith("#")));
        return documents;
    }

    /** One document as a tree; null for an empty one. */
    public static @Nullable Object parse(String text) {
        LoadSettings settings = LoadSettings.builder()
                .setAllowDuplicateKeys(true)
                .setCodePointLimit(64 << 20)
                .build();
        try {
            Optional<Node> node = new Compose(settings).composeString(text);
            return node.isEmpty() ? null : convert(node.get(), new int[1]);
        } catch (MarkedYamlEngineException failure) {
            throw new ParseException("yaml: " + place(failure) + problem(failure), failure);
        } catch (YamlEngineException failure) {
            throw new ParseException("yaml: " + failure.getMessage(), failure);
        }
    }

    private static String place(MarkedYamlEngineException failure) {
        return failure.getProblemMark()
                .or(failure::getContextMark)
                .map(mark -> "line " + (mark.getLine() + (mark.getColumn() == 0 ? 0 : 1)) + ": ")
                .orElse("");
    }

    /** The problem in libyaml's words, which kubectl shows. */
    private static String problem(MarkedYamlEngineException failure) {
        String problem = String.valueOf(failure.getProblem());
        if (problem.startsWith("mapping values are not allowed")) {
            return "mapping values are not allowed in this context";
        }
        if (problem.contains("character '\\t(TAB)'") || problem.contains("cannot start any token")) {
            return "found character that cannot start any token";
        }
        if (problem.startsWith("expected <block end>") || problem.startsWith("expected '<document start>'")) {
            return problem.contains("document")
                    ? "did not find expected <document start>"
                    : failure.getContext().contains("sequence")
                            ? "did not find expected '-' indicator"
                            : "did not find expected key";
        }
        if (problem.startsWith("expected ',' or ']'") || problem.startsWith("expected ',' or '}'")) {
            return "did not find " + problem.split(", but", 2)[0];
        }
        return problem;
    }

    private static @Nullable Object convert(Node node, int[] seen) {
        if (++seen[0] > MOST_NODES) {
            throw new ParseException("yaml: document contains excessive aliasing");
        }
        if (node instanceof MappingNode mapping) {
            Map<String, Object> map = new LinkedHashMap<>();
            for (NodeTuple tuple : mapping.getValue()) {
                Object key = convert(tuple.getKeyNode(), seen);
                Object value = convert(tuple.getValueNode(), seen);
                if ("<<".equals(key) && value instanceof Map<?, ?> merged) {
                    merged.forEach((name, item) -> map.putIfAbsent(String.valueOf(name), item));
                } else {
                    Tree.put(map, key instanceof String text ? text : Json.compact(key), value);
                }
            }
            return map;
        }
        if (node instanceof SequenceNode sequence) {
            List<Object> list = new ArrayList<>();
            for (Node item : sequence.getValue()) {
                Tree.add(list, convert(item, seen));
            }
            return list;
        }
        ScalarNode scalar = (ScalarNode) node;
        boolean plain = scalar.getScalarStyle() == ScalarStyle.PLAIN;
        return plain ? resolve(scalar.getValue()) : scalar.getValue();
    }

    /** What a plain scalar means: null, boolean, number or text. */
    static @Nullable Object resolve(String text) {
        switch (text.toLowerCase(Locale.ROOT)) {
            case "", "~", "null" -> {
                return "nULL".equals(text) ? text : null;
            }
            case "true", "yes", "on", "y" -> {
                return true;
            }
            case "false", "no", "off", "n" -> {
                return false;
            }
            default -> {
                return number(text);
            }
        }
    }

    private static Object number(String text) {
        String digits = text.replace("_", "");
        if (INTEGER.matcher(text).matches()) {
            return integer(digits, 10);
        }
        if (OCTAL.matcher(text).matches() && !text.contains("__")) {
            return integer(digits.replaceFirst("0o?", ""), 8);
        }
        if (HEX.matcher(text).matches()) {
            return integer(digits.replaceFirst("0x", ""), 16);
        }
        return FLOAT.matcher(text).matches() ? (Object) Double.parseDouble(text) : text;
    }

    private static Object integer(String digits, int radix) {
        BigInteger number = new BigInteger(digits.startsWith("+") ? digits.substring(1) : digits, radix);
        return number.bitLength() < 64 ? (Object) number.longValue() : number;
    }
}
