package dev.kuar.practice.container;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The arrays of a bash, by name: values by index, with gaps. A plain variable is its own element 0. */
final class ShellArrays {
    /** An assignment as bash knows them: {@code a=1}, {@code a+=1}, {@code a[2]=x}, {@code a=(x y)}. */
    static final String ASSIGNMENT = "(?s)[A-Za-z_][A-Za-z0-9_]*(\\[[^]]*])?\\+?=.*";

    private static final Pattern PARTS = Pattern.compile("(?s)([A-Za-z_][A-Za-z0-9_]*)(?:\\[([^]]*)])?(\\+?)=(.*)");

    private static final Pattern INDEXED = Pattern.compile("(?s)\\[([^]]*)](\\+?)=(.*)");
    private static final Pattern ELEMENT = Pattern.compile("(?s)([A-Za-z_][A-Za-z0-9_]*)\\[(.*)]");

    private final Map<String, TreeMap<Integer, String>> arrays = new ConcurrentHashMap<>();
    /** Arrays by word, which {@code declare -A} makes. */
    private final Map<String, Map<String, String>> maps = new ConcurrentHashMap<>();

    private final Shell shell;

    ShellArrays(Shell shell) {
        this.shell = shell;
    }

    void copyTo(ShellArrays other) {
        arrays.forEach((name, values) -> other.arrays.put(name, new TreeMap<>(values)));
        maps.forEach((name, values) -> other.maps.put(name, new LinkedHashMap<>(values)));
    }

    /** The first element of an array; null where no array has that name. */
    @Nullable
    String first(String name) {
        TreeMap<Integer, String> values = arrays.get(name);
        return values == null ? maps.containsKey(name) ? "" : null : values.get(0);
    }

    void remove(String name) {
        arrays.remove(name);
        maps.remove(name);
    }

    Set<String> names() {
        return arrays.keySet();
    }

    void declareMap(String name) {
        maps.computeIfAbsent(name, key -> new LinkedHashMap<>());
    }

    private int index(TreeMap<Integer, String> values, String index) throws IOException {
        int at = (int) shell.arithmetic(index);
        return at < 0 && !values.isEmpty() ? values.lastKey() + 1 + at : at;
    }

    /** The value of a variable, or of an element that is written as {@code name[index]}; empty for none. */
    String plainElement(String name) throws IOException {
        Matcher element = ELEMENT.matcher(name);
        if (!element.matches()) {
            boolean set = shell.isSet(name);
            if (!set && shell.isStrict() && !shell.bash) {
                return "";
            }
            return shell.parameter(name);
        }
        String value = element(element.group(1), element.group(2));
        return value == null ? "" : value;
    }

    void assignElement(String name, String value) throws IOException {
        Matcher element = ELEMENT.matcher(name);
        if (!element.matches()) {
            shell.assign(name, value);
        } else {
            put(element.group(1), element.group(2), value, false);
        }
    }

    private void put(String name, String index, String value, boolean more) throws IOException {
        Map<String, String> map = maps.get(name);
        if (map != null) {
            map.merge(index, value, (before, after) -> more ? before + after : after);
        } else {
            TreeMap<Integer, String> values = array(name);
            values.merge(index(values, index), value, (before, after) -> more ? before + after : after);
        }
    }

    /** Makes a name an array of these. */
    void put(String name, List<String> list) {
        TreeMap<Integer, String> values = new TreeMap<>();
        list.forEach(each -> values.put(values.size(), each));
        shell.variables().remove(name);
        arrays.put(name, values);
    }

    void removeElement(String name, String index) throws IOException {
        Map<String, String> map = maps.get(name);
        TreeMap<Integer, String> values = arrays.get(name);
        if (map != null) {
            map.remove(index);
        } else if (values != null) {
            values.remove(index(values, index));
        }
    }

    /** A copy of an array; null where there is none. */
    @Nullable
    TreeMap<Integer, String> copy(String name) {
        TreeMap<Integer, String> values = arrays.get(name);
        return values == null ? null : new TreeMap<>(values);
    }

    /** Puts back what {@link #copy} gave. */
    void restore(String name, @Nullable TreeMap<Integer, String> values) {
        if (values == null) {
            arrays.remove(name);
        } else {
            arrays.put(name, values);
        }
    }

    List<String> values(String name) {
        TreeMap<Integer, String> values = arrays.get(name);
        if (values != null) {
            return new ArrayList<>(values.values());
        }
        if (maps.containsKey(name)) {
            return new ArrayList<>(maps.getOrDefault(name, Map.of()).values());
        }
        return shell.isSet(name) ? List.of(shell.variable(name)) : List.of();
    }

    List<String> indexes(String name) {
        TreeMap<Integer, String> values = arrays.get(name);
        if (values != null) {
            return values.keySet().stream().map(String::valueOf).toList();
        }
        if (maps.containsKey(name)) {
            return new ArrayList<>(maps.getOrDefault(name, Map.of()).keySet());
        }
        return shell.isSet(name) ? List.of("0") : List.of();
    }

    /** The element at an index that is an arithmetic expression; null where there is none. */
    @Nullable
    String element(String name, String index) throws IOException {
        Map<String, String> map = maps.get(name);
        if (map != null) {
            return map.get(index);
        }
        int at = (int) shell.arithmetic(index);
        TreeMap<Integer, String> values = arrays.get(name);
        if (values == null) {
            return at == 0 && shell.isSet(name) ? shell.variable(name) : null;
        }
        return values.get(at < 0 && !values.isEmpty() ? values.lastKey() + 1 + at : at);
    }

    /** Sets the element 0 of an array; whether there is an array of that name. */
    boolean assignFirst(String name, String value) {
        TreeMap<Integer, String> values = arrays.get(name);
        if (values != null) {
            values.put(0, value);
        }
        return values != null;
    }

    /** Carries out an assignment as it is written. */
    void assign(String assignment, ShellExpansion expansion) throws IOException, InterruptedException {
        Matcher parts = PARTS.matcher(assignment);
        if (!parts.matches()) {
            return;
        }
        String name = parts.group(1);
        String index = parts.group(2);
        boolean more = !parts.group(3).isEmpty();
        String value = parts.group(4);
        if (index == null && value.startsWith("(") && value.endsWith(")") && shell.bash) {
            list(name, value.substring(1, value.length() - 1), more, expansion);
        } else if (index == null) {
            String before = more ? shell.variable(name) : "";
            shell.assign(name, before + expansion.value(value));
        } else {
            put(name, expansion.word(index), expansion.value(value), more);
        }
    }

    private void list(String name, String text, boolean more, ShellExpansion expansion)
            throws IOException, InterruptedException {
        List<String> raw = new ArrayList<>();
        try {
            ShellLexer lexer = new ShellLexer(text, 0, ShellDialect.BASH, 1, false);
            for (ShellLexer.Token token = lexer.next(); !token.isEnd(); token = lexer.next()) {
                if (!token.operator()) {
                    raw.add(token.text());
                }
            }
        } catch (ShellSyntaxError e) {
            throw new ShellState.Failure(String.valueOf(e.getMessage()), 2);
        }
        if (maps.containsKey(name)) {
            if (!more) {
                maps.put(name, new LinkedHashMap<>());
            }
            for (String each : raw) {
                Matcher parts = INDEXED.matcher(each);
                if (parts.matches()) {
                    put(
                            name,
                            expansion.word(parts.group(1)),
                            expansion.value(parts.group(3)),
                            !parts.group(2).isEmpty());
                }
            }
            return;
        }
        TreeMap<Integer, String> values = more ? new TreeMap<>(array(name)) : new TreeMap<>();
        int at = values.isEmpty() ? 0 : values.lastKey() + 1;
        for (String each : raw) {
            Matcher parts = INDEXED.matcher(each);
            if (parts.matches()) {
                at = (int) shell.arithmetic(expansion.word(parts.group(1)));
                values.put(at++, expansion.value(parts.group(3)));
                continue;
            }
            for (String word : expansion.words(List.of(each))) {
                values.put(at++, word);
            }
        }
        shell.variables().remove(name);
        arrays.put(name, values);
    }

    private TreeMap<Integer, String> array(String name) {
        return arrays.computeIfAbsent(name, key -> {
            TreeMap<Integer, String> values = new TreeMap<>();
            if (shell.isSet(name)) {
                values.put(0, shell.variable(name));
            }
            return values;
        });
    }
}
