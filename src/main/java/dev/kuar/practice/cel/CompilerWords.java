package dev.kuar.practice.cel;

import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypes;
import dev.cel.common.types.SimpleType;
import java.util.regex.Pattern;

/** What CEL's compiler for Java says, in the words of that for Go, which Kubernetes uses. */
final class CompilerWords {
    private static final Pattern CANDIDATES = Pattern.compile("(?m)^(ERROR: .*) \\(candidates: .*\\)$");
    private static final Pattern TOKENS = Pattern.compile(
            "(?m)^(ERROR: [^ ]*:\\d+:\\d+: )(?=mismatched input|extraneous input|no viable alternative|token recognition"
                    + " error|missing )");

    private CompilerWords() {}

    /** The name of a type where cel-go lists several. */
    static String goName(CelType type) {
        return type.equals(SimpleType.NULL_TYPE) ? "null_type" : asGo(CelTypes.format(type));
    }

    static String asGo(String complaint) {
        String said = CANDIDATES.matcher(complaint).replaceAll("$1");
        return TOKENS.matcher(said)
                .replaceAll("$1Syntax error: ")
                .replace("google.protobuf.Timestamp", "timestamp")
                .replace("google.protobuf.Duration", "duration");
    }
}
