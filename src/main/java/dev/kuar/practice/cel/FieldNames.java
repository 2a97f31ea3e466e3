package dev.kuar.practice.cel;

import dev.kuar.practice.schema.CelWords;
import dev.kuar.practice.schema.TypeSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The names by which rules reach fields that are called what CEL cannot write: {@code x__dash__y}, {@code __namespace__}. */
final class FieldNames {
    private static final Pattern REACHABLE = Pattern.compile("[a-zA-Z_./-][a-zA-Z0-9_./-]*");

    private FieldNames() {}

    /** Null where rules cannot reach the field. */
    static @Nullable String escaped(String name) {
        if (CelWords.RESERVED.contains(name)) {
            return "__" + name + "__";
        }
        if (!REACHABLE.matcher(name).matches()) {
            return null;
        }
        return name.replace("__", "__underscores__")
                .replace(".", "__dot__")
                .replace("-", "__dash__")
                .replace("/", "__slash__");
    }

    /** A copy of {@code value} whose declared fields have the names by which rules reach them. */
    static Object within(TypeSchema schema, Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> named = new LinkedHashMap<>();
            map.forEach((key, each) -> {
                String name = (String) key;
                TypeSchema field = schema.field(name);
                String escaped = schema.fields().containsKey(name) ? escaped(name) : null;
                named.put(escaped == null ? name : escaped, field == null || each == null ? each : within(field, each));
            });
            return named;
        }
        TypeSchema items = schema.items();
        if (value instanceof List<?> list && items != null) {
            List<@Nullable Object> named = new ArrayList<>();
            list.forEach(each -> named.add(each == null ? null : within(items, each)));
            return named;
        }
        return value;
    }
}
