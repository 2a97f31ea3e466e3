package dev.kuar.practice.patch;

import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.Status;
import dev.kuar.practice.object.Statuses;
import dev.kuar.practice.schema.DecodeException;
import dev.kuar.practice.schema.Decoder;
import dev.kuar.practice.schema.TypeSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The three patch formats over trees. What is patched is never changed: answers are new trees, which may still hold
 * unknown fields or values of the wrong type, for {@link Decoder#conform} to judge.
 */
public final class Patches {
    private Patches() {}

    /** RFC 6902. Refusals are 400 for what is no patch and 422 for what cannot be applied. */
    public static Map<String, Object> json(Map<String, Object> tree, byte[] patch) {
        Object operations = parse(patch, false);
        if (!(operations instanceof List<?> list)) {
            throw Statuses.badRequest("error decoding patch: json: cannot unmarshal " + word(operations)
                    + " into Go value of type []handlers.jsonPatchOp");
        }
        if (list.size() > 10_000) {
            throw Statuses.of(
                    413,
                    "RequestEntityTooLarge",
                    "Request entity too large: The allowed maximum operations in a JSON patch is 10000, got "
                            + list.size(),
                    Map.of());
        }
        try {
            return patched(tree, list);
        } catch (JsonPatch.TestFailed failed) {
            throw unprocessable();
        }
    }

    /** The same of a list of operations; empty where the tree is not what one of them says that it is. */
    public static Optional<Map<String, Object>> jsonIfTested(Map<String, Object> tree, byte[] patch) {
        try {
            return Optional.of(patched(tree, (List<?>) Objects.requireNonNull(parse(patch, false))));
        } catch (JsonPatch.TestFailed failed) {
            return Optional.empty();
        }
    }

    private static Map<String, Object> patched(Map<String, Object> tree, List<?> operations) {
        Object patched = new JsonPatch(operations).apply(tree);
        if (patched instanceof Map<?, ?>) {
            return map(patched);
        }
        throw unprocessable();
    }

    /** RFC 7386. */
    public static Map<String, Object> merge(Map<String, Object> tree, byte[] patch) {
        Object document = parse(patch, false);
        if (!(document instanceof Map)) {
            throw Statuses.badRequest("error decoding patch: json: cannot unmarshal " + word(document)
                    + " into Go value of type map[string]interface {}");
        }
        return MergePatch.apply(tree, map(document));
    }

    /** A patch, which is an object in JSON, as refusals show it. */
    public static String shown(byte[] patch) {
        return GoValue.plain(Decoder.parse(patch, false).value());
    }

    /** Kubernetes' own, led by the merge keys of {@code schema}. */
    public static Map<String, Object> strategic(TypeSchema schema, Map<String, Object> tree, byte[] patch) {
        Object document;
        try {
            document = Decoder.parse(patch, false).value();
        } catch (DecodeException e) {
            throw Statuses.badRequest(String.valueOf(e.getMessage()));
        }
        if (!(document instanceof Map)) {
            throw Statuses.badRequest(
                    "json: cannot unmarshal " + word(document) + " into Go value of type map[string]interface {}");
        }
        return StrategicPatch.apply(schema, tree, map(document));
    }

    /**
     * What an apply of {@code config} would make of {@code tree}, without asking who owns what.
     *
     * @throws ApiException 400 where it speaks of a part of an atomic list, map or struct
     */
    public static Map<String, Object> overlay(TypeSchema schema, Map<String, Object> tree, Map<String, Object> config) {
        List<String> atomic = new ArrayList<>();
        TypedTree.atomics(schema, config, "", atomic);
        if (!atomic.isEmpty()) {
            throw Statuses.badRequest("error applying patch: invalid ApplyConfiguration: may not mutate atomic arrays,"
                    + " maps or structs: " + String.join(", ", atomic));
        }
        return TypedTree.withNulls(TypedTree.merge(schema, tree, config));
    }

    /**
     * The body of an apply, YAML or JSON, with its nulls.
     *
     * @param duplicates receives what stands there twice
     */
    public static Map<String, Object> applyBody(byte[] patch, List<String> duplicates) {
        Object document;
        try {
            Decoder.Parsed parsed = Decoder.parse(patch, true);
            document = parsed.value();
            duplicates.addAll(parsed.duplicates());
        } catch (DecodeException e) {
            throw Statuses.badRequest("error decoding YAML: error converting YAML to JSON: " + e.getMessage());
        }
        if (!(document instanceof Map)) {
            throw Statuses.badRequest("error decoding YAML: error unmarshaling JSON: while decoding JSON: json: cannot"
                    + " unmarshal " + word(document) + " into Go value of type map[string]interface {}");
        }
        return map(document);
    }

    private static @Nullable Object parse(byte[] patch, boolean yaml) {
        try {
            return Decoder.parse(patch, yaml).value();
        } catch (DecodeException e) {
            throw Statuses.badRequest("error decoding patch: " + e.getMessage());
        }
    }

    /** 422 without a cause: all that upstream says when an operation of a JSON patch fails. */
    static ApiException unprocessable() {
        return new ApiException(new Status(
                422,
                "Invalid",
                "the server rejected our request due to an error in our request",
                Status.EMPTY_DETAILS));
    }

    private static String word(@Nullable Object value) {
        if (value instanceof Map) {
            return "object";
        }
        if (value instanceof List) {
            return "array";
        }
        return value instanceof String ? "string" : value instanceof Boolean ? "bool" : "number";
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(@Nullable Object value) {
        return (Map<String, Object>) Objects.requireNonNull(value);
    }
}
