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

    /** A parsed body. Its nulls are still there. */
    public record Parsed(@Nullable Object value, List<String> duplicates) {}

    /**
     * JSON or YAML, as it stands.
     *
     * @throws DecodeException worded as Go's parser words it
     */
    public static Parsed parse(byte[] body, boolean yaml) {
        List<String> duplicates = new ArrayList<>(0);
        Object value = yaml ? YamlTree.parse(body) : GoJson.parse(body, duplicates);
        return new Parsed(value, duplicates);
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
            throw Statuses.badRequest("the object provided is unrecognized (must be of type " + kind.kind()
                    + "): couldn't get version/kind; json parse error: " + e.getMessage() + " (" + shown(body) + ")");
        }
        if (parsed.value() != null && !(parsed.value() instanceof Map)) {
            throw Statuses.badRequest("the object provided is unrecognized (must be of type " + kind.kind() + "): "
                    + noObject(parsed.value()) + " (" + shown(body) + ")");
        }
        Map<String, @Nullable Object> tree = mapOf(parsed.value());
        checkKind(kind, tree);
        try {
            Decoded decoded = conform(kind, tree);
            List<String> strict = new ArrayList<>(parsed.duplicates());
            strict.addAll(decoded.strictErrors());
            return new Decoded(decoded.tree(), strict);
        } catch (DecodeException e) {
            throw cannotBeHandled(kind.version(), kind.kind(), kind, e.getMessage());
        }
    }

    /** What upstream says of a body that is no object. */
    public static String noObject(@Nullable Object value) {
        return "couldn't get version/kind; json parse error: json: cannot unmarshal " + Shapes.jsonWord(value)
                + " into Go value of type struct { APIVersion string \"json:\\\"apiVersion,omitempty\\\"\";"
                + " Kind string \"json:\\\"kind,omitempty\\\"\" }";
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
        boolean known = catalog.ofObject(apiVersion, name).isPresent()
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
        String text = new String(body, StandardCharsets.UTF_8);
        String start = text.stripLeading();
        return start.startsWith("{") || start.startsWith("[")
                ? text
                : HexFormat.of().formatHex(body, 0, Math.min(body.length, 1024));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> mapOf(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : new LinkedHashMap<>();
    }
}
