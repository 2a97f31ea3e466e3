package dev.kuar.practice.schema;

import java.util.List;
import java.util.Map;

/** How the converter from trees to objects says that a value is none of its type. */
final class Restoring {
    private Restoring() {}

    static String complaint(Object value, TypeSchema schema) {
        if (schema.type().equals("array")) {
            return "cannot restore slice from " + kind(value);
        }
        if (schema.isMap()) {
            return "cannot restore map from " + kind(value);
        }
        if (schema.type().equals("object")) {
            return "cannot restore struct from: " + kind(value);
        }
        boolean number = value instanceof Number;
        boolean toNumber = schema.type().equals("integer") || schema.type().equals("number");
        // Go makes a text of a whole number, and numbers of numbers; nothing else is as much as tried.
        boolean convertible =
                number && toNumber || value instanceof Long && schema.type().equals("string");
        return convertible
                ? "cannot convert " + kind(value) + " to " + Shapes.goType(schema)
                : "unrecognized type: "
                        + (toNumber ? Shapes.goType(schema) : schema.type().replace("boolean", "bool"));
    }

    private static String kind(Object value) {
        if (value instanceof Map) {
            return "map";
        }
        if (value instanceof List) {
            return "slice";
        }
        if (value instanceof Boolean) {
            return "bool";
        }
        return value instanceof String ? "string" : value instanceof Double ? "float64" : "int64";
    }
}
