package dev.kuar.lesson;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Variables in lines and texts: <code>{{name}}</code>. */
public final class Placeholder {
    private static final Pattern FORM = Pattern.compile("\\{\\{([a-z][A-Za-z0-9]*)}}");

    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9._:/@=,+%-]*");

    private Placeholder() {}

    /** The names in a text, in order. */
    public static Set<String> names(String text) {
        Set<String> names = new LinkedHashSet<>();
        Matcher matcher = FORM.matcher(text);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    /**
     * The first name of a line whose value would mean something to a shell, so that it must not be put in: values come from
     * clusters, and whoever names an object must not write lines.
     */
    public static Optional<String> unsafe(String line, Map<String, ?> values) {
        return names(line).stream()
                .filter(name -> values.containsKey(name)
                        && !SAFE.matcher(String.valueOf(values.get(name))).matches())
                .findFirst();
    }

    /** The text with values put in; a name without a value stays as it is. */
    public static String fill(String text, Map<String, ?> values) {
        return FORM.matcher(text)
                .replaceAll(m -> Matcher.quoteReplacement(
                        values.containsKey(m.group(1)) ? String.valueOf(values.get(m.group(1))) : m.group()));
    }
}
