package dev.kuar.practice.schema;

import dev.kuar.practice.object.Statuses;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns what a client sent into the tree of an object of a kind, as strictly as upstream's serializers do. */
public final class Decoder {
    private static final String SCHEME = "pkg/api/legacyscheme/scheme.go:30";
    private static final String NO_KIND = "couldn't get version/kind; json parse error: ";
    private static final String YAML_TWICE = "yaml: unmarshal errors:";
    private static final int SHOWN = 30;

    private final Catalog catalog;

    public Decoder(Catalog catalog) {
        this.catalog = catalog;
    }

    /**
     * An object as sent.
     *
     * @param tree ours to change; apiVersion and kind filled in; what no field may hold left out
     * @param strictErrors {@code unknown field "a.b"}, {@code duplicate field "a.b"}; errors only under Strict
     */
    public record Decoded(Map<String, Object> tree, List<String> strictErrors) {}

    /**
     * A parsed body. Its nulls are still there.
     *
     * @param duplicates one {@code duplicate field "a.b"} each; of YAML a single text with a line for each
     */
    public record Parsed(@Nullable Object value, List<String> duplicates) {}

    /**
     * JSON or YAML, as it stands.
     *
     * @throws DecodeException worded as Go's parser words it
     */
    public static Parsed parse(byte[] body, boolean yaml) {
        List<String> duplicates = new ArrayList<>(0);
        if (!yaml) {
            return new Parsed(GoJson.parse(body, duplicates), duplicates);
        }
        Object value = YamlTree.parse(body, duplicates);
        return new Parsed(
                value,
                duplicates.isEmpty() ? List.of() : List.of(YAML_TWICE + "\n  " + String.join("\n  ", duplicates)));
    }

    /**
     * A body for {@code kind}.
     *
     * @throws dev.kuar.practice.object.ApiException 400, worded as upstream's decoders word it
     */
    public Decoded decode(Kind kind, byte[] body, boolean yaml) {
        Parsed parsed;
        try {
            parsed = parse(body, yaml);
        } catch (DecodeException e) {
            String why = yaml ? String.valueOf(e.getMessage()) : NO_KIND + e.getMessage();
            throw unrecognized(kind, why, body);
        }
        if (parsed.value() != null && !(parsed.value() instanceof Map)) {
            throw unrecognized(kind, noObject(parsed.value()), body);
        }
        Map<String, @Nullable Object> tree = mapOf(parsed.value());
        String odd = oddKind(tree);
        if (!odd.isEmpty()) {
            throw unrecognized(kind, odd, body);
        }
        checkKind(kind, tree);
        try {
            Decoded decoded = conform(kind, tree);
            List<String> strict = new ArrayList<>(parsed.duplicates());
            strict.addAll(decoded.strictErrors());
            boolean mixed =
                    !parsed.duplicates().isEmpty() && !decoded.strictErrors().isEmpty();
            return new Decoded(decoded.tree(), mixed && !yaml ? StrictOrder.sort(body, strict) : strict);
        } catch (DecodeException e) {
            throw cannotBeHandled(kind.version(), kind.kind(), kind, e.getMessage());
        }
    }

    private static RuntimeException unrecognized(Kind kind, String why, byte[] body) {
        return Statuses.badRequest("the object provided is unrecognized (must be of type " + kind.kind() + "): " + why
                + " (" + shown(body) + ")");
    }

    /** What is wrong with a kind or an apiVersion that cannot even be compared; empty where nothing is. */
    private static String oddKind(Map<String, @Nullable Object> tree) {
        for (Map.Entry<String, @Nullable Object> each : tree.entrySet()) {
            boolean named = each.getKey().equals("kind") || each.getKey().equals("apiVersion");
            if (named && each.getValue() != null && !(each.getValue() instanceof String)) {
                return NO_KIND + "json: cannot unmarshal " + Shapes.jsonWord(each.getValue())
                        + " into Go struct field ." + each.getKey() + " of type string";
            }
        }
        String version = tree.get("apiVersion") instanceof String text ? text : "";
        return version.chars().filter(c -> c == '/').count() > 1 ? "unexpected GroupVersion string: " + version : "";
    }

    /** What upstream says of a body that is no object. */
    public static String noObject(@Nullable Object value) {
        return NO_KIND + "json: cannot unmarshal " + Shapes.jsonWord(value)
                + " into Go value of type struct { APIVersion string \"json:\\\"apiVersion,omitempty\\\"\";"
                + " Kind string \"json:\\\"kind,omitempty\\\"\" }";
    }

    /** Strict errors as they are warned of: of YAML each line by itself. */
    public static List<String> warnings(List<String> strictErrors) {
        List<String> warnings = new ArrayList<>();
        for (String error : strictErrors) {
            if (error.startsWith(YAML_TWICE)) {
                error.substring(YAML_TWICE.length() + 1)
                        .lines()
                        .map(String::strip)
                        .forEach(warnings::add);
            } else {
                warnings.add(error);
            }
        }
        return warnings;
    }

    /** 400 for strict errors, as {@code fieldValidation=Strict} asks. */
    public static RuntimeException strictError(Kind kind, List<String> strictErrors) {
        return cannotBeHandled(
                kind.version(), kind.kind(), kind, "strict decoding error: " + String.join(", ", strictErrors));
    }

    /**
     * A tree, for instance a patched one, brought into the form that its kind allows: unknown fields and nulls left
     * out, quantities and times canonical, fields that Go always writes filled in.
     *
     * @throws DecodeException for a value of the wrong type
     */
    public static Decoded conform(Kind kind, Map<String, ? extends @Nullable Object> tree) {
        return Shapes.conform(kind, tree);
    }

    private void checkKind(Kind kind, Map<String, @Nullable Object> tree) {
        String apiVersion = tree.get("apiVersion") instanceof String text && !text.isEmpty() ? text : kind.apiVersion();
        String name = tree.get("kind") instanceof String text && !text.isEmpty() ? text : kind.kind();
        if (apiVersion.equals(kind.apiVersion()) && name.equals(kind.kind())) {
            tree.put("apiVersion", apiVersion);
            tree.put("kind", name);
            return;
        }
        String version = apiVersion.substring(apiVersion.indexOf('/') + 1);
        if (kind.isCustom()) {
            if (!apiVersion.equals(kind.apiVersion())) {
                throw Statuses.badRequest("the API version in the data (" + apiVersion
                        + ") does not match the expected API version (" + kind.apiVersion() + ")");
            }
            FieldErrors errors = new FieldErrors();
            errors.invalid("kind", name, "must be " + kind.kind());
            String object =
                    tree.get("metadata") instanceof Map<?, ?> metadata ? String.valueOf(metadata.get("name")) : "";
            throw Statuses.invalid(kind.group(), name, object, errors.causes());
        }
        Kind other = catalog.ofObject(apiVersion, name).orElse(null);
        if (other != null && name.equals(kind.kind()) && isTheSame(other, kind)) {
            throw Statuses.badRequest("the API version in the data (" + apiVersion
                    + ") does not match the expected API version (" + kind.apiVersion() + ")");
        }
        boolean known = other != null
                || apiVersion.equals("v1") && name.equals("List")
                || name.endsWith("List")
                        && catalog.ofObject(apiVersion, name.substring(0, name.length() - 4))
                                .isPresent();
        throw cannotBeHandled(
                version,
                name,
                kind,
                known
                        ? "converting (" + version + "." + name + ") to (" + internalPackage(kind) + "." + kind.kind()
                                + "): unknown conversion"
                        : "no kind \"" + name + "\" is registered for version \"" + apiVersion + "\" in scheme \""
                                + SCHEME + "\"");
    }

    /** Whether two kinds are one within: a group's versions, and the two groups of events. */
    private static boolean isTheSame(Kind one, Kind other) {
        return one.group().equals(other.group()) || one.kind().equals("Event");
    }

    private static String internalPackage(Kind kind) {
        int dot = kind.group().indexOf('.');
        return kind.group().isEmpty()
                ? "core"
                : dot < 0 ? kind.group() : kind.group().substring(0, dot);
    }

    private static RuntimeException cannotBeHandled(String version, String name, Kind kind, @Nullable String why) {
        return Statuses.badRequest(
                name + " in version \"" + version + "\" cannot be handled as a " + kind.kind() + ": " + why);
    }

    private static String shown(byte[] body) {
        if (body.length == 0) {
            return "<empty>";
        }
        int end = Math.min(body.length, SHOWN);
        String start = body[0] == '{'
                ? new String(body, 0, end, StandardCharsets.UTF_8)
                : HexFormat.of().formatHex(body, 0, end);
        return end < body.length ? start + " ..." : start;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> mapOf(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : new LinkedHashMap<>();
    }
}
