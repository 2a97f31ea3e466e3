package dev.kuar.practice.api;

import dev.kuar.practice.object.JsonWriter;
import dev.kuar.practice.object.Statuses;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Refuses options that contradict each other or mean nothing, worded as {@code apimachinery}'s validation of them. */
final class OptionChecks {
    private static final Set<String> VALIDATIONS = Set.of("", "Ignore", "Strict", "Warn");
    private static final Set<String> POLICIES = Set.of("", "Foreground", "Background", "Orphan");

    private OptionChecks() {}

    static void list(RequestOptions options) {
        List<Map<String, Object>> causes = new ArrayList<>();
        String match = options.resourceVersionMatch();
        if (!match.isEmpty()) {
            if (options.resourceVersion().isEmpty()) {
                causes.add(forbidden(
                        "resourceVersionMatch",
                        "resourceVersionMatch is forbidden unless resourceVersion is provided"));
            }
            if (!options.continueToken().isEmpty()) {
                causes.add(forbidden(
                        "resourceVersionMatch", "resourceVersionMatch is forbidden when continue is provided"));
            }
            if (!match.equals("Exact") && !match.equals("NotOlderThan")) {
                causes.add(unsupported("resourceVersionMatch", match, "\"Exact\", \"NotOlderThan\", \"\""));
            }
            if (match.equals("Exact") && options.resourceVersion().equals("0")) {
                causes.add(forbidden(
                        "resourceVersionMatch",
                        "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\""));
            }
        }
        if (options.sendInitialEvents() != null) {
            causes.add(forbidden("sendInitialEvents", "sendInitialEvents is forbidden for list"));
        }
        refuse("ListOptions", causes);
    }

    static void watch(RequestOptions options) {
        List<Map<String, Object>> causes = new ArrayList<>();
        String match = options.resourceVersionMatch();
        if (options.sendInitialEvents() != null) {
            if (!match.equals("NotOlderThan")) {
                causes.add(forbidden(
                        "resourceVersionMatch",
                        "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan"));
            }
        } else if (!match.isEmpty()) {
            causes.add(forbidden(
                    "resourceVersionMatch",
                    "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided"));
        }
        if (!match.isEmpty() && !match.equals("NotOlderThan")) {
            causes.add(unsupported("resourceVersionMatch", match, "\"NotOlderThan\""));
        }
        boolean fromNow = options.sendInitialEvents() == null
                && match.isEmpty()
                && (options.resourceVersion().isEmpty()
                        || options.resourceVersion().equals("0"));
        // A watch of what there is is by default one that sends it, which says a match as well.
        if ((fromNow || !match.isEmpty()) && !options.continueToken().isEmpty()) {
            causes.add(
                    forbidden("resourceVersionMatch", "resourceVersionMatch is forbidden when continue is provided"));
        }
        refuse("ListOptions", causes);
    }

    /** @param type {@code CreateOptions}, {@code UpdateOptions} or {@code PatchOptions} */
    static void write(String type, RequestOptions options, boolean apply) {
        List<Map<String, Object>> causes = new ArrayList<>();
        if (type.equals("PatchOptions")) {
            if (apply && options.fieldManager().isEmpty()) {
                causes.add(Statuses.cause(
                        "FieldValueRequired", "Required value: is required for apply patch", "fieldManager"));
            }
            if (!apply && options.forceGiven()) {
                causes.add(forbidden("force", "may not be specified for non-apply patch"));
            }
        }
        fieldManager(options.fieldManager(), causes);
        dryRun(options, causes);
        if (!VALIDATIONS.contains(options.fieldValidation())) {
            causes.add(unsupported(
                    "fieldValidation", options.fieldValidation(), "\"\", \"Ignore\", \"Strict\", \"Warn\""));
        }
        refuse(type, causes);
    }

    static void delete(RequestOptions options) {
        List<Map<String, Object>> causes = new ArrayList<>();
        if (options.orphanDependents() != null && !options.propagationPolicy().isEmpty()) {
            causes.add(Statuses.cause(
                    "FieldValueInvalid",
                    "Invalid value: " + JsonWriter.text(options.propagationPolicy())
                            + ": orphanDependents and deletionPropagation cannot be both set",
                    "propagationPolicy"));
        }
        if (!POLICIES.contains(options.propagationPolicy())) {
            causes.add(unsupported(
                    "propagationPolicy",
                    options.propagationPolicy(),
                    "\"Foreground\", \"Background\", \"Orphan\", \"nil\""));
        }
        dryRun(options, causes);
        refuse("DeleteOptions", causes);
    }

    private static void dryRun(RequestOptions options, List<Map<String, Object>> causes) {
        if (!options.dryRun().stream().allMatch("All"::equals)) {
            List<String> values =
                    options.dryRun().stream().map(JsonWriter::text).toList();
            causes.add(Statuses.cause(
                    "FieldValueNotSupported",
                    "Unsupported value: [" + String.join(",", values) + "]: supported values: \"All\"",
                    "dryRun"));
        }
    }

    private static void fieldManager(String manager, List<Map<String, Object>> causes) {
        if (manager.getBytes(StandardCharsets.UTF_8).length > 128) {
            causes.add(Statuses.cause("FieldValueTooLong", "Too long: may not be more than 128 bytes", "fieldManager"));
        }
        int position = 0;
        for (int c : manager.codePoints().toArray()) {
            if (!isPrintable(c)) {
                causes.add(Statuses.cause(
                        "FieldValueInvalid",
                        "Invalid value: " + quoted(manager) + ": invalid character U+" + String.format("%04X", c)
                                + " (at position " + position + ")",
                        "fieldManager"));
            }
            position += Character.toString(c).getBytes(StandardCharsets.UTF_8).length;
        }
    }

    /** As Go's {@code %q}. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            int known = "\u0007\b\t\n\u000b\f\r\"\\".indexOf(c);
            if (known >= 0) {
                quoted.append('\\').append("abtnvfr\"\\".charAt(known));
            } else if (isPrintable(c)) {
                quoted.appendCodePoint(c);
            } else {
                quoted.append(c < 0x80 ? String.format("\\x%02x", c) : String.format("\\u%04x", c));
            }
        });
        return quoted.append('"').toString();
    }

    /** As Go's {@code unicode.IsPrint}: of all spaces only the plain one. */
    private static boolean isPrintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> c == ' ';
            default -> true;
        };
    }

    private static Map<String, Object> forbidden(String field, String why) {
        return Statuses.cause("FieldValueForbidden", "Forbidden: " + why, field);
    }

    private static Map<String, Object> unsupported(String field, String value, String supported) {
        return Statuses.cause(
                "FieldValueNotSupported",
                "Unsupported value: " + JsonWriter.text(value) + ": supported values: " + supported,
                field);
    }

    private static void refuse(String type, List<Map<String, Object>> causes) {
        if (!causes.isEmpty()) {
            throw Statuses.invalid("meta.k8s.io", type, "", causes);
        }
    }
}
