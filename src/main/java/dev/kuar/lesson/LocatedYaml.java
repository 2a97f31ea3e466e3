package dev.kuar.lesson;

import dev.kuar.check.Expression;
import dev.kuar.error.UserException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A YAML value that knows where it stands: what is wrong with it is said with file, line, column and a caret. */
final class LocatedYaml {
    private final String file;
    private final List<String> lines;
    private final Node node;

    private LocatedYaml(String file, List<String> lines, Node node) {
        this.file = file;
        this.lines = lines;
        this.node = node;
    }

    static LocatedYaml parse(String file, String text) {
        List<String> lines = text.lines().toList();
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setMaxAliasesForCollections(20)
                .build();
        try {
            Optional<Node> root = new Compose(settings).composeString(text);
            return new LocatedYaml(
                    file, lines, root.orElseThrow(() -> failure(file, lines, 1, 1, "the file is empty")));
        } catch (MarkedYamlEngineException e) {
            Mark mark = e.getProblemMark().orElseThrow(() -> e);
            throw failure(file, lines, mark.getLine() + 1, mark.getColumn() + 1, String.valueOf(e.getProblem()));
        } catch (YamlEngineException e) {
            throw failure(file, lines, 1, 1, String.valueOf(e.getMessage()));
        }
    }

    UserException failure(String message) {
        Mark mark = node.getStartMark().orElseThrow();
        return failure(file, lines, mark.getLine() + 1, mark.getColumn() + 1, message);
    }

    private static UserException failure(String file, List<String> lines, int line, int column, String message) {
        String source = line <= lines.size() ? lines.get(line - 1) : "";
        return new UserException(
                LessonReason.LESSON_SYNTAX,
                file + ":" + line + ":" + column + ": " + message + "\n    " + source + "\n    "
                        + " ".repeat(Math.max(0, column - 1)) + "^");
    }

    boolean isText() {
        return node instanceof ScalarNode;
    }

    boolean isList() {
        return node instanceof SequenceNode;
    }

    boolean isMap() {
        return node instanceof MappingNode;
    }

    String text() {
        if (node instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
            return scalar.getValue();
        }
        throw failure("a text is needed here");
    }

    int number() {
        try {
            return Integer.parseInt(text());
        } catch (NumberFormatException e) {
            throw failure("a whole number is needed here");
        }
    }

    boolean flag() {
        return switch (text()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw failure("true or false is needed here");
        };
    }

    /** The value as CEL; a block scalar's text begins on the line after its mark. */
    Expression expression() {
        String source = text();
        int line = node.getStartMark().map(Mark::getLine).orElse(0) + 1;
        boolean block = node instanceof ScalarNode s && "|>".indexOf(firstCharacter(s)) >= 0;
        return new Expression(source.strip(), file, block ? line + 1 : line);
    }

    List<LocatedYaml> items() {
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue().stream().map(this::at).toList();
        }
        throw failure("a list is needed here");
    }

    <T> List<T> items(Function<LocatedYaml, T> reader) {
        return items().stream().map(reader).toList();
    }

    /** The entries in order; refuses a key that isn't known and one that stands twice. */
    Map<String, LocatedYaml> fields(Set<String> known) {
        Map<String, LocatedYaml> fields = entries();
        fields.forEach((key, value) -> {
            if (!known.contains(key)) {
                throw value.failure("'" + key + "' is not known here; known are "
                        + String.join(", ", new java.util.TreeSet<>(known)));
            }
        });
        return fields;
    }

    Map<String, LocatedYaml> entries() {
        if (!(node instanceof MappingNode mapping)) {
            throw failure("a map is needed here");
        }
        Map<String, LocatedYaml> fields = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            LocatedYaml key = at(tuple.getKeyNode());
            if (fields.put(key.text(), at(tuple.getValueNode())) != null) {
                throw key.failure("'" + key.text() + "' stands here twice");
            }
        }
        return fields;
    }

    /** The value as a tree of maps, lists, strings, Longs, Doubles and Booleans. */
    @Nullable
    Object tree() {
        if (node instanceof MappingNode) {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            entries().forEach((k, v) -> map.put(k, v.tree()));
            return map;
        }
        if (node instanceof SequenceNode) {
            List<@Nullable Object> list = new ArrayList<>();
            items().forEach(i -> list.add(i.tree()));
            return list;
        }
        String value = ((ScalarNode) node).getValue();
        Tag tag = node.getTag();
        if (tag.equals(Tag.NULL)) {
            return null;
        }
        if (tag.equals(Tag.INT)) {
            return Long.valueOf(value);
        }
        if (tag.equals(Tag.FLOAT)) {
            return Double.valueOf(value);
        }
        return tag.equals(Tag.BOOL) ? Boolean.valueOf(value) : value;
    }

    private char firstCharacter(ScalarNode scalar) {
        Mark mark = scalar.getStartMark().orElseThrow();
        String line = mark.getLine() < lines.size() ? lines.get(mark.getLine()) : "";
        return mark.getColumn() < line.length() ? line.charAt(mark.getColumn()) : ' ';
    }

    private LocatedYaml at(Node child) {
        return new LocatedYaml(file, lines, child);
    }
}
