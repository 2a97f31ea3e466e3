package dev.kuar.practice.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A path as CustomResourceDefinitions write it for columns: {@code .spec.a[0]['b.c'].d[?(@.type=="Ready")].status},
 * {@code [*]} for all.
 */
final class JsonPath {
    private static final Pattern STEP = Pattern.compile("\\.([A-Za-z0-9_$\\\\/-]+(?:\\\\\\.[A-Za-z0-9_$/-]+)*)"
            + "|\\['([^']+)'\\]|\\[(-?\\d+|\\*)\\]"
            + "|\\[\\?\\(@\\.([A-Za-z0-9_.]+)\\s*==\\s*(?:\"([^\"]*)\"|'([^']*)'|([^)]+))\\)\\]|\\.\\*");

    private final List<String[]> steps = new ArrayList<>();

    private JsonPath() {}

    /** Throws {@link IllegalArgumentException} for what is no such path. */
    static JsonPath of(String text) {
        JsonPath path = new JsonPath();
        Matcher step = STEP.matcher(text);
        int at = 0;
        while (at < text.length() && step.find() && step.start() == at) {
            at = step.end();
            if (step.group(1) != null) {
                path.steps.add(new String[] {"field", step.group(1).replace("\\.", ".")});
            } else if (step.group(2) != null) {
                path.steps.add(new String[] {"field", step.group(2)});
            } else if (step.group(3) != null) {
                path.steps.add(new String[] {step.group(3).equals("*") ? "all" : "index", step.group(3)});
            } else if (step.group(4) != null) {
                String value =
                        step.group(5) != null ? step.group(5) : step.group(6) != null ? step.group(6) : step.group(7);
                path.steps.add(new String[] {"where", step.group(4), value.strip()});
            } else {
                path.steps.add(new String[] {"all"});
            }
        }
        if (at < text.length()) {
            throw new IllegalArgumentException("not a JSONPath: " + text);
        }
        return path;
    }

    /** Everything that the path leads to, in order; empty where it leads nowhere. */
    List<Object> find(Object tree) {
        List<Object> here = List.of(tree);
        for (String[] step : steps) {
            List<Object> next = new ArrayList<>();
            here.forEach(each -> follow(step, each, next));
            here = next;
        }
        return here;
    }

    private static void follow(String[] step, Object value, List<Object> into) {
        switch (step[0]) {
            case "field" -> add(value instanceof Map<?, ?> map ? map.get(step[1]) : null, into);
            case "index" -> {
                if (value instanceof List<?> list) {
                    int index = Integer.parseInt(step[1]);
                    index = index < 0 ? index + list.size() : index;
                    add(index >= 0 && index < list.size() ? list.get(index) : null, into);
                }
            }
            case "all" -> {
                if (value instanceof List<?> list) {
                    list.forEach(each -> add(each, into));
                } else if (value instanceof Map<?, ?> map) {
                    map.values().forEach(each -> add(each, into));
                }
            }
            default -> {
                if (value instanceof List<?> list) {
                    for (Object each : list) {
                        Object field = each;
                        for (String name : step[1].split("\\.")) {
                            field = field instanceof Map<?, ?> map ? map.get(name) : null;
                        }
                        if (field != null && field.toString().equals(step[2])) {
                            add(each, into);
                        }
                    }
                }
            }
        }
    }

    private static void add(@Nullable Object value, List<Object> into) {
        if (value != null) {
            into.add(value);
        }
    }
}
