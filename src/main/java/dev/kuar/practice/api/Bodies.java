package dev.kuar.practice.api;

import dev.kuar.practice.object.JsonWriter;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Statuses;
import dev.kuar.practice.patch.FieldManager;
import dev.kuar.practice.schema.Catalog;
import dev.kuar.practice.schema.DecodeException;
import dev.kuar.practice.schema.Decoder;
import dev.kuar.practice.schema.Kind;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the bodies of requests, with the client's wish about unknown fields. */
final class Bodies {
    /** What JSON escapes for HTML, behind whole pairs of backslashes. */
    private static final Pattern HTML = Pattern.compile("(?<!\\\\)((?:\\\\\\\\)*)\\\\u(003c|003e|0026)");

    private Bodies() {}

    /** The object in a body, conformed to its kind; strict errors are refused or added to {@code warnings}. */
    static KubeObject object(Catalog catalog, Kind kind, ApiRequest request, List<String> warnings) {
        Body body = request.body();
        Decoder.Decoded decoded;
        if (body.format() == Body.Format.TREE) {
            decoded = conform(kind, body);
        } else {
            decoded = new Decoder(catalog).decode(kind, body.bytes(), body.format() == Body.Format.YAML);
        }
        strict(kind, request.options().fieldValidation(), decoded.strictErrors(), warnings);
        return KubeObject.of(decoded.tree());
    }

    /** Notes for the audit what a body says, with defaults, where somebody wants it. */
    static void note(Parts parts, Kind kind, ApiRequest request, KubeObject object) {
        if (request.notes().wantsObject()) {
            KubeObject understood = object.copy();
            parts.schema().complete(kind, understood);
            request.notes().object(understood.tree());
        }
    }

    private static Decoder.Decoded conform(Kind kind, Body body) {
        Map<String, Object> tree = map(body.tree());
        tree.putIfAbsent("apiVersion", kind.apiVersion());
        tree.putIfAbsent("kind", kind.kind());
        try {
            return Decoder.conform(kind, tree);
        } catch (DecodeException e) {
            throw Statuses.badRequest(kind.kind() + " in version \"" + kind.version() + "\" cannot be handled as a "
                    + kind.kind() + ": " + e.getMessage());
        }
    }

    private static void strict(Kind kind, String validation, List<String> errors, List<String> warnings) {
        if (errors.isEmpty() || validation.equals("Ignore")) {
            return;
        }
        if (validation.equals("Strict")) {
            throw Decoder.strictError(kind, errors);
        }
        warnings.addAll(Decoder.warnings(errors));
    }

    /**
     * A patched tree brought back into form; what does not fit is refused as patches refuse it.
     *
     * @param merged the patch as Go prints it, of a strategic merge; null of others, which show the patched object
     */
    static KubeObject patched(
            Kind kind,
            Map<String, Object> tree,
            @Nullable Supplier<String> merged,
            String validation,
            List<String> warnings) {
        Supplier<String> shown = merged == null ? () -> JsonWriter.text(new TreeMap<>(tree)) : merged;
        Decoder.Decoded decoded;
        try {
            decoded = Decoder.conform(kind, tree);
        } catch (DecodeException e) {
            throw invalidPatch(shown.get(), merged == null ? String.valueOf(e.getMessage()) : e.restoring());
        }
        List<String> errors = decoded.strictErrors();
        if (!errors.isEmpty() && validation.equals("Strict")) {
            throw invalidPatch(shown.get(), "strict decoding error: " + String.join(", ", errors));
        }
        if (!validation.equals("Ignore")) {
            warnings.addAll(errors);
        }
        return KubeObject.of(decoded.tree());
    }

    /** What an apply made, brought into form; a value that is none of its type is our fault, as upstream sees it. */
    static KubeObject applied(Kind kind, Map<String, Object> tree, Map<String, Object> intent) {
        try {
            return KubeObject.of(Decoder.conform(kind, tree).tree());
        } catch (DecodeException e) {
            String type = (kind.group().isEmpty() ? "/" : "") + kind.apiVersion() + ", Kind=" + kind.kind();
            throw Statuses.internal("failed to convert new object (" + FieldManager.described(kind, intent)
                    + ") to proper version (" + kind.apiVersion() + "): unable to convert unstructured object to "
                    + type
                    + ": " + e.getMessage());
        }
    }

    /** Refuses or warns of what stands twice in the body of an apply. */
    static void appliedTwice(String validation, List<String> duplicates, List<String> warnings) {
        if (duplicates.isEmpty() || validation.equals("Ignore")) {
            return;
        }
        if (validation.equals("Strict")) {
            throw Statuses.badRequest(
                    "error strict decoding YAML: error converting YAML to JSON: " + duplicates.get(0));
        }
        warnings.addAll(Decoder.warnings(duplicates));
    }

    private static RuntimeException invalidPatch(String shown, String why) {
        // Go quotes a text by itself as its own syntax does, not as JSON does.
        String whole = HTML.matcher(JsonWriter.text(shown))
                .replaceAll(escape ->
                        Matcher.quoteReplacement(escape.group(1) + (char) Integer.parseInt(escape.group(2), 16)));
        return Statuses.invalid(
                "",
                "",
                "",
                List.of(Statuses.cause("FieldValueInvalid", "Invalid value: " + whole + ": " + why, "patch")));
    }

    /** The bytes of a patch. */
    static byte[] patch(Body body) {
        return body.format() == Body.Format.TREE ? JsonWriter.write(body.tree()) : body.bytes();
    }

    /** The options of a deletion: those of its body alone where it has one, else those of the query. */
    static RequestOptions deleteOptions(Catalog catalog, ApiRequest request) {
        Body body = request.body();
        if (body.format() == Body.Format.NONE || (body.tree() == null && body.bytes().length == 0)) {
            return request.options();
        }
        Map<String, Object> tree = body.format() == Body.Format.TREE ? map(body.tree()) : parse(body);
        String kind = tree.get("kind") instanceof String text ? text : "";
        String apiVersion = tree.get("apiVersion") instanceof String text ? text : "";
        if (!kind.isEmpty() && !kind.equals("DeleteOptions")) {
            throw Statuses.badRequest("no kind \"" + kind + "\" is registered for version \"" + apiVersion
                    + "\" in scheme \"pkg/apis/meta/internalversion/scheme/register.go:27\"");
        }
        Kind options = catalog.ofObject("v1", "DeleteOptions").orElseThrow();
        try {
            return request.options()
                    .withDeleteOptions(Decoder.conform(options, tree).tree());
        } catch (DecodeException misfit) {
            throw Statuses.badRequest(String.valueOf(misfit.getMessage()));
        }
    }

    /** The tree of a body whose kind has no schema of its own. */
    static Map<String, Object> plain(Body body) {
        return body.format() == Body.Format.TREE ? map(body.tree()) : parse(body);
    }

    private static Map<String, Object> parse(Body body) {
        Object value;
        try {
            value = Decoder.parse(body.bytes(), body.format() == Body.Format.YAML)
                    .value();
        } catch (DecodeException e) {
            String kind = body.format() == Body.Format.YAML ? "" : "couldn't get version/kind; json parse error: ";
            throw Statuses.badRequest(kind + e.getMessage());
        }
        return value == null ? new LinkedHashMap<>() : map(value);
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return (Map<String, Object>) map;
        }
        throw Statuses.badRequest(Decoder.noObject(value));
    }

    /** The field manager of a request: as given, or the agent up to its first slash. */
    static String manager(ApiRequest request) {
        String given = request.options().fieldManager();
        if (!given.isEmpty()) {
            return given;
        }
        String agent = request.agent();
        int slash = agent.indexOf('/');
        String name = slash < 0 ? agent : agent.substring(0, slash);
        StringBuilder printable = new StringBuilder();
        name.codePoints().filter(c -> !Character.isISOControl(c)).forEach(printable::appendCodePoint);
        String text = printable.isEmpty() ? "unknown" : printable.toString();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return bytes.length <= 128 ? text : new String(bytes, 0, 128, StandardCharsets.UTF_8);
    }
}
