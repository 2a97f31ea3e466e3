package dev.kuar.practice.cel;

import dev.kuar.practice.schema.CelWords;
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
}
