package dev.kuar.kubectl.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A template of Kubernetes' JSONPath: text, {@code {.paths}}, {@code {range}…{end}}.
 *
 * @param parts in order
 */
public record JsonPath(List<Part> parts) {
    /** A piece of a template. */
    public sealed interface Part {}

    record Text(String text) implements Part {}

    record Expression(List<JsonPathStep> steps) implements Part {}

    record Range(List<JsonPathStep> steps, List<Part> body) implements Part {}

    /** @throws ParseException with the words of client-go's parser */
    public static JsonPath parse(String template) {
        return new JsonPathParser(template).template();
    }

    /** A path as custom-columns, sort-by and wait take it: braces and the leading dot may be missing. */
    public static JsonPath relaxed(String path) {
        if (path.isEmpty()) {
            return new JsonPath(List.of());
        }
        if (!path.matches("(?s)\\{.*}") && !path.matches("(?s)[^{}]*")) {
            throw new ParseException("unexpected path string, expected a 'name1.name2' or '.name1.name2' or "
                    + "'{name1.name2}' or '{.name1.name2}'");
        }
        String inner = path.startsWith("{") ? path.substring(1, path.length() - 1) : path;
        return parse("{" + (inner.startsWith(".") || inner.startsWith("[") ? "" : ".") + inner + "}");
    }

    /** All that the template's expressions find, in order. */
    public List<Object> find(@Nullable Object root) {
        List<Object> found = new ArrayList<>();
        for (Part part : parts) {
            if (part instanceof Expression expression) {
                found.addAll(JsonPathStep.walk(expression.steps(), root, root));
            }
        }
        return found;
    }

    /** The first value found as text, empty for none. */
    public String first(@Nullable Object root) {
        List<Object> found = find(root);
        return found.isEmpty() ? "" : textOf(found.get(0));
    }

    /** The text that the template makes of {@code root}. */
    public String render(@Nullable Object root) {
        StringBuilder out = new StringBuilder();
        render(parts, root, root, out);
        return out.toString();
    }

    private static void render(List<Part> parts, @Nullable Object root, @Nullable Object here, StringBuilder out) {
        for (Part part : parts) {
            if (part instanceof Text text) {
                out.append(text.text());
            } else if (part instanceof Expression expression) {
                out.append(JsonPathStep.walk(expression.steps(), root, here).stream()
                        .map(JsonPath::textOf)
                        .collect(Collectors.joining(" ")));
            } else if (part instanceof Range range) {
                for (Object item : JsonPathStep.walk(range.steps(), root, here)) {
                    render(range.body(), root, item, out);
                }
            }
        }
    }

    /** Texts as they are, composites as JSON. */
    public static String textOf(@Nullable Object value) {
        return value == null
                ? ""
                : value instanceof Map || value instanceof List ? Json.sorted(value) : new Tree(value).text();
    }
}
