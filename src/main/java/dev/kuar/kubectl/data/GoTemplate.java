package dev.kuar.kubectl.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A Go template: fields, variables, pipelines, {@code if}, {@code range}, {@code with} and the common functions.
 *
 * <p>{@code define}, {@code block} and {@code template} are not understood.
 */
public final class GoTemplate {
    private final List<GoTemplateParser.Node> nodes;

    private GoTemplate(List<GoTemplateParser.Node> nodes) {
        this.nodes = nodes;
    }

    /** @throws ParseException when the template can't be parsed */
    public static GoTemplate parse(String text) {
        return new GoTemplate(new GoTemplateParser(text).parse());
    }

    /** @throws ParseException when a function or field can't be applied */
    public String render(@Nullable Object data) {
        StringBuilder out = new StringBuilder();
        Scope scope = new Scope(null);
        scope.declare("$", data);
        try {
            run(nodes, data, scope, out);
        } catch (LoopExit exit) {
            return out.toString();
        }
        return out.toString();
    }

    /** The variables that are visible at one place. */
    static final class Scope {
        private final @Nullable Scope outer;
        private final Map<String, Object> values = new java.util.HashMap<>();

        Scope(@Nullable Scope outer) {
            this.outer = outer;
        }

        void declare(String name, @Nullable Object value) {
            Tree.put(values, name, value);
        }

        void assign(String name, @Nullable Object value) {
            if (values.containsKey(name) || outer == null) {
                declare(name, value);
            } else {
                outer.assign(name, value);
            }
        }

        @Nullable
        Object get(String name) {
            if (values.containsKey(name)) {
                return values.get(name);
            }
            if (outer == null) {
                throw new ParseException("undefined variable " + Json.quote(name));
            }
            return outer.get(name);
        }
    }

    private static final class LoopExit extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final boolean all;

        LoopExit(boolean all) {
            super("loop control", null, false, false);
            this.all = all;
        }
    }

    private static void run(List<GoTemplateParser.Node> nodes, @Nullable Object dot, Scope scope, StringBuilder out) {
        for (GoTemplateParser.Node node : nodes) {
            switch (node.word()) {
                case "text" -> out.append(node.text());
                case "break" -> throw new LoopExit(true);
                case "continue" -> throw new LoopExit(false);
                case "if", "with" -> branch(node, dot, scope, out);
                case "range" -> range(node, dot, scope, out);
                default -> {
                    GoTemplatePipeline pipeline = GoTemplatePipeline.parse(node.text());
                    Object value = pipeline.evaluate(dot, scope);
                    if (pipeline.variables().isEmpty()) {
                        out.append(value == null ? "<no value>" : Go.value(value));
                    }
                }
            }
        }
    }

    private static void branch(GoTemplateParser.Node node, @Nullable Object dot, Scope scope, StringBuilder out) {
        Scope inner = new Scope(scope);
        Object value = GoTemplatePipeline.parse(node.text()).evaluate(dot, inner);
        boolean truth = truth(value);
        Object next = "with".equals(node.word()) && truth ? value : dot;
        run(truth ? node.body() : node.otherwise(), next, inner, out);
    }

    private static void range(GoTemplateParser.Node node, @Nullable Object dot, Scope scope, StringBuilder out) {
        Scope inner = new Scope(scope);
        GoTemplatePipeline pipeline = GoTemplatePipeline.parse(node.text());
        Object value = pipeline.evaluate(dot, inner);
        List<Object> keys = new ArrayList<>();
        List<Object> items = new ArrayList<>();
        if (value instanceof Map<?, ?> map) {
            new TreeMap<>(map).forEach((key, item) -> {
                keys.add(key);
                Tree.add(items, item);
            });
        } else if (value instanceof List<?> list) {
            for (Object item : list) {
                keys.add((long) keys.size());
                Tree.add(items, item);
            }
        } else if (value instanceof Long count) {
            for (long i = 0; i < count; i++) {
                keys.add(i);
                items.add(i);
            }
        } else if (value != null) {
            throw new ParseException("range can't iterate over " + Go.value(value));
        }
        if (items.isEmpty()) {
            run(node.otherwise(), dot, inner, out);
        }
        for (int i = 0; i < items.size(); i++) {
            Scope turn = new Scope(inner);
            List<String> names = pipeline.variables();
            if (!names.isEmpty()) {
                turn.declare(names.get(names.size() - 1), items.get(i));
            }
            if (names.size() == 2) {
                turn.declare(names.get(0), keys.get(i));
            }
            try {
                run(node.body(), items.get(i), turn, out);
            } catch (LoopExit exit) {
                if (exit.all) {
                    return;
                }
            }
        }
    }

    static boolean truth(@Nullable Object value) {
        if (value instanceof Boolean flag) {
            return flag;
        }
        if (value instanceof Number number) {
            return number.doubleValue() != 0;
        }
        return value instanceof String text
                ? !text.isEmpty()
                : value instanceof Map<?, ?> map ? !map.isEmpty() : value instanceof List<?> list && !list.isEmpty();
    }
}
