package dev.kuar.practice.schema;

import dev.kuar.practice.object.JsonWriter;
import dev.kuar.practice.object.Statuses;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Field errors in the order of validation, worded as {@code apimachinery/pkg/util/validation/field} words them. */
final class FieldErrors {
    private final List<Map<String, Object>> causes = new ArrayList<>();

    /** Causes of a Status. */
    List<Map<String, Object>> causes() {
        return causes;
    }

    void addAll(List<Map<String, Object>> more) {
        causes.addAll(more);
    }

    boolean has(String field) {
        return causes.stream().anyMatch(cause -> field.equals(cause.get("field")));
    }

    void required(String field, String detail) {
        add("FieldValueRequired", "Required value" + (detail.isEmpty() ? "" : ": " + detail), field);
    }

    void invalid(String field, @Nullable Object value, String detail) {
        invalidShown(field, shown(value), detail);
    }

    /** @param shown the value as it is printed */
    void invalidShown(String field, String shown, String detail) {
        add("FieldValueInvalid", "Invalid value: " + shown + (detail.isEmpty() ? "" : ": " + detail), field);
    }

    /** Refuses a value that is not shown. */
    void invalidUnshown(String field, String detail) {
        add("FieldValueInvalid", "Invalid value: " + detail, field);
    }

    void typeInvalid(String field, @Nullable Object value, String detail) {
        add("FieldValueTypeInvalid", "Invalid value: " + shown(value) + ": " + detail, field);
    }

    void unsupported(String field, @Nullable Object value, List<String> supported) {
        unsupportedShown(field, shown(value), supported);
    }

    /** @param shown the value as it is printed */
    void unsupportedShown(String field, String shown, List<String> supported) {
        String list = String.join(
                ", ", supported.stream().map(each -> "\"" + each + "\"").toList());
        add("FieldValueNotSupported", "Unsupported value: " + shown + ": supported values: " + list, field);
    }

    void forbidden(String field, String detail) {
        add("FieldValueForbidden", "Forbidden: " + detail, field);
    }

    void notFound(String field, @Nullable Object value) {
        notFound(field, value, "");
    }

    void notFound(String field, @Nullable Object value, String detail) {
        add("FieldValueNotFound", "Not found: " + shown(value) + (detail.isEmpty() ? "" : ": " + detail), field);
    }

    /** Whether anything was said about a field or what is in it. */
    boolean hasBelow(String field) {
        return causes.stream().anyMatch(cause -> {
            String at = String.valueOf(cause.get("field"));
            return at.equals(field) || at.startsWith(field + ".") || at.startsWith(field + "[");
        });
    }

    void duplicate(String field, @Nullable Object value) {
        duplicateShown(field, shown(value));
    }

    /** @param shown the value as it is printed */
    void duplicateShown(String field, String shown) {
        add("FieldValueDuplicate", "Duplicate value: " + shown, field);
    }

    void tooLong(String field, long limit) {
        add("FieldValueTooLong", "Too long: may not be more than " + limit + " bytes", field);
    }

    void tooMany(String field, long count, long limit) {
        add("FieldValueTooMany", "Too many: " + count + ": must have at most " + limit + " items", field);
    }

    private void add(String reason, String message, String field) {
        causes.add(Statuses.cause(reason, message, field));
    }

    /** A fault of the whole, which upstream places nowhere. */
    void nowhere(String detail) {
        add("FieldValueInvalid", "Invalid value: \"\": " + detail, "<nil>");
    }

    void addAll(FieldErrors others) {
        causes.addAll(others.causes);
    }

    /** Refuses a number below {@code least}. */
    void atLeast(String field, @Nullable Object value, long least) {
        if (value instanceof Long number && number < least) {
            invalid(field, number, "must be greater than or equal to " + least);
        }
    }

    /** Refuses a number out of a range. */
    void between(String field, @Nullable Object value, long least, long most) {
        if (value instanceof Long number && (number < least || number > most)) {
            invalid(field, number, "must be between " + least + " and " + most + ", inclusive");
        }
    }

    /** Refuses a text that is none of {@code supported}; absent is allowed. */
    void oneOf(String field, @Nullable Object value, List<String> supported) {
        if (value instanceof String text && !text.isEmpty() && !supported.contains(text)) {
            unsupported(field, text, supported);
        }
    }

    void syntax(String field, String value, List<String> complaints) {
        complaints.forEach(each -> invalid(field, value, each));
    }

    static String shown(@Nullable Object value) {
        if (value instanceof String text) {
            // Go quotes a text by itself as its own syntax does, not as JSON does.
            return JsonWriter.text(text)
                    .replace("\\u003c", "<")
                    .replace("\\u003e", ">")
                    .replace("\\u0026", "&");
        }
        return value == null ? "null" : JsonWriter.text(value);
    }
}
