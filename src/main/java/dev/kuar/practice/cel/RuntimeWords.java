package dev.kuar.practice.cel;

import dev.cel.common.CelErrorCode;
import dev.cel.runtime.CelEvaluationException;

/** What CEL's runtime for Java says of a failure, in the words of that for Go, which Kubernetes uses. */
final class RuntimeWords {
    private static final String CONVERSION = "type conversion error from 'string' to '";

    private RuntimeWords() {}

    static String asGo(CelEvaluationException e) {
        String said = String.valueOf(e.getMessage())
                .replaceFirst("^evaluation error(?: at [^:]*:\\d+)?: ", "")
                .replaceFirst("^key '([^']*)' is not present in map\\.?$", "no such key: $1")
                .replaceFirst("(?s)^No matching overload for function .*", "no such overload")
                .replaceFirst("^(?:/ by zero|[Dd]ivide by zero)$", "division by zero")
                .replaceFirst("^Index out of bounds: (-?\\d+)$", "index out of bounds: $1")
                .replaceFirst("^substring failure: Range \\[(-?\\d+), .*", "index out of range: $1")
                .replaceFirst("^Text '.*' could not be parsed.*", CONVERSION + "google.protobuf.Timestamp'")
                .replaceFirst("^invalid duration format$", CONVERSION + "google.protobuf.Duration'")
                .replaceFirst("(?s)^For input string: .*", CONVERSION + "int'");
        boolean key = e.getErrorCode() == CelErrorCode.ATTRIBUTE_NOT_FOUND && !said.contains(" ");
        return key ? "no such key: " + said : said;
    }
}
