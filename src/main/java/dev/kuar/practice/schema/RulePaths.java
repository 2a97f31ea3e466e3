package dev.kuar.practice.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where rules may point to with {@code fieldPath}: {@code .spec.replicas}, {@code .labels['a b']}; lists have no paths. */
public final class RulePaths {
    private static final Pattern STEP = Pattern.compile("\\.([^.\\[\\]]+)|\\['((?:[^'\\\\]|\\\\[abfnrtv'\\\\])*)'\\]");

    private RulePaths() {}

    /** The path as errors show it, without a dot in front; null where it leads to nothing that the schema has. */
    public static @Nullable String shown(TypeSchema schema, String path) {
        List<String> shown = new ArrayList<>();
        TypeSchema at = schema;
        Matcher step = STEP.matcher(path);
        int end = 0;
        while (end < path.length() && step.find(end) && step.start() == end) {
            end = step.end();
            String name = step.group(1) == null ? unescaped(step.group(2)) : step.group(1);
            TypeSchema field = at.fields().get(name);
            TypeSchema value = at.fields().isEmpty() ? at.values() : null;
            if (field != null) {
                shown.add((shown.isEmpty() ? "" : ".") + name);
                at = field;
            } else if (value != null) {
                shown.add("[" + name + "]");
                at = value;
            } else {
                return null;
            }
        }
        return end < path.length() ? null : String.join("", shown);
    }

    private static String unescaped(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
                int known = "abfnrtv".indexOf(text.charAt(i));
                c = known < 0 ? text.charAt(i) : "\u0007\b\f\n\r\t\u000b".charAt(known);
            }
            out.append(c);
        }
        return out.toString();
    }
}
