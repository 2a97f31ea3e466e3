package dev.kuar.kubectl.command;

import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.rest.ApiResource;
import dev.kuar.kubectl.rest.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code kubectl explain}: the fields of a kind, from the server's OpenAPI v3. */
final class ExplainCommand {
    static final String FLAGS = """
            api-version string Use given api-version (group/version) of the resource.
            output string=plaintext Format in which to render the schema. Valid values are: (plaintext, plaintext-openapiv2).
            recursive bool When true, print the name of all the fields recursively.
            """;
    private static final int WIDTH = 80;

    private final Run run;
    private final Map<String, Object> schemas;
    private final StringBuilder out = new StringBuilder();

    private ExplainCommand(Run run, Map<String, Object> schemas) {
        this.run = run;
        this.schemas = schemas;
    }

    static int run(Run run) {
        if (run.arguments().isEmpty()) {
            throw Failure.error("You must specify the type of resource to explain. Use \"kubectl api-resources\" for a "
                    + "complete list of supported resources.");
        }
        if (run.arguments().size() > 1) {
            throw Failure.error("We accept only this format: explain RESOURCE");
        }
        String[] words = run.arguments().get(0).split("\\.");
        ApiResource resource = run.mapper()
                .find(words[0])
                .orElseThrow(() -> Failure.plain("the server doesn't have a resource type \"" + words[0] + "\""));
        String version = run.text("api-version");
        if (!version.isEmpty()) {
            resource = run.mapper()
                    .ofKind(version, resource.kind())
                    .orElseThrow(() ->
                            Failure.error("couldn't find resource for \"" + version + ", Resource=" + words[0] + "\""));
        }
        Tree document = run.client().shared().discovery().document(run.client(), "/openapi/v3" + resource.root());
        run.report(resource.apiVersion(), resource.kind(), "", "");
        return new ExplainCommand(run, document.map("components", "schemas"))
                .explain(resource, List.of(words).subList(1, words.length));
    }

    private int explain(ApiResource resource, List<String> path) {
        out.append(resource.group().isEmpty() ? "" : "GROUP:      " + resource.group() + "\n");
        out.append("KIND:       ").append(resource.kind()).append('\n');
        out.append("VERSION:    ").append(resource.version()).append("\n\n");
        Tree schema = root(resource);
        List<String> texts = new ArrayList<>();
        Tree field = Tree.NONE;
        for (String name : path) {
            field = inner(schema).at("properties", name);
            if (!field.isMap()) {
                run.out().print(out);
                throw Failure.error("field \"" + name + "\" does not exist");
            }
            schema = field;
        }
        if (field.isMap()) {
            out.append("FIELD: ")
                    .append(path.get(path.size() - 1))
                    .append(" <")
                    .append(type(field))
                    .append(">\n");
            enumeration(field, "");
            texts.add(field.text("description"));
        }
        Tree object = inner(schema);
        if (!object.text("description").isEmpty() && !texts.contains(object.text("description"))) {
            texts.add(object.text("description"));
        }
        texts.removeIf(String::isEmpty);
        out.append(!field.isMap() ? "" : field.has("enum") ? "\n" : "\n\n").append("DESCRIPTION:\n");
        if (texts.isEmpty()) {
            out.append("    <empty>\n");
        }
        texts.forEach(text -> wrap(text, "    "));
        out.append("    \n");
        if (object.has("properties")) {
            out.append("FIELDS:\n");
            fields(object, 1, new ArrayList<>());
            out.append("\n");
        } else {
            out.append("\n");
        }
        run.out().print(out);
        return 0;
    }

    private Tree root(ApiResource resource) {
        for (Object schema : schemas.values()) {
            for (Tree kind : new Tree(schema).items("x-kubernetes-group-version-kind")) {
                if (kind.text("kind").equals(resource.kind())
                        && kind.text("group").equals(resource.group())
                        && kind.text("version").equals(resource.version())) {
                    return new Tree(schema);
                }
            }
        }
        throw Failure.error(
                "GVR (" + resource.apiVersion() + ", Resource=" + resource.name() + ") not found in OpenAPI schema");
    }

    /** The schema that a field's value has, through references, lists and maps. */
    private Tree inner(Tree schema) {
        Tree resolved = resolve(schema);
        if (resolved.has("items")) {
            return inner(resolved.at("items"));
        }
        return resolved.at("additionalProperties").isMap() ? inner(resolved.at("additionalProperties")) : resolved;
    }

    private Tree resolve(Tree schema) {
        String reference = reference(schema);
        return reference.isEmpty() ? schema : new Tree(schemas.get(reference));
    }

    private static String reference(Tree schema) {
        String reference = schema.text("$ref");
        if (reference.isEmpty() && schema.items("allOf").size() == 1) {
            reference = schema.items("allOf").get(0).text("$ref");
        }
        return reference.substring(reference.lastIndexOf('/') + 1);
    }

    private String type(Tree schema) {
        String reference = reference(schema);
        if (!reference.isEmpty()) {
            Tree target = new Tree(schemas.get(reference));
            boolean named = target.has("properties") || "object".equals(target.text("type")) || !target.has("type");
            return named
                    ? reference.substring(reference.lastIndexOf('.') + 1)
                    : reference.endsWith(".Time") || reference.endsWith(".MicroTime")
                            ? "string"
                            : reference.substring(reference.lastIndexOf('.') + 1);
        }
        if (schema.has("items")) {
            return "[]" + type(schema.at("items"));
        }
        if (schema.at("additionalProperties").isMap()) {
            return "map[string]" + type(schema.at("additionalProperties"));
        }
        return schema.textOr("Object", "type").replaceFirst("^object$", "Object");
    }

    private void fields(Tree object, int depth, List<String> seen) {
        String indent = "  ".repeat(depth);
        List<String> required = object.texts("required");
        new TreeMap<>(object.map("properties")).forEach((name, value) -> {
            Tree field = new Tree(value);
            out.append(indent).append(name).append("\t<").append(type(field)).append('>');
            out.append(required.contains(name) ? " -required-\n" : "\n");
            enumeration(field, indent);
            if (run.on("recursive")) {
                Tree child = inner(field);
                String key = type(field).replaceAll("^(\\[\\]|map\\[string\\])+", "");
                if (child.has("properties") && !seen.contains(key)) {
                    List<String> deeper = new ArrayList<>(seen);
                    deeper.add(key);
                    fields(child, depth + 1, deeper);
                }
            } else {
                String text = field.textOr(resolve(field).text("description"), "description");
                wrap(text.isEmpty() ? "<no description>" : text, indent + "  ");
                out.append('\n');
            }
        });
    }

    private void enumeration(Tree field, String indent) {
        List<String> values = field.texts("enum");
        if (values.isEmpty()) {
            return;
        }
        if (indent.isEmpty()) {
            out.append("ENUM:\n    ").append(String.join("\n    ", values)).append('\n');
            return;
        }
        boolean many = values.size() > 4;
        out.append(indent).append("enum: ").append(String.join(", ", many ? values.subList(0, 4) : values));
        out.append(many ? ", ....\n" : "\n");
    }

    /** Paragraphs at most 80 columns wide; lines that are indented stay as they are. */
    private void wrap(String text, String indent) {
        for (String line : text.split("\n", -1)) {
            StringBuilder row = new StringBuilder();
            String start = line.substring(0, line.length() - line.stripLeading().length());
            for (String word : (start.isEmpty() ? line : line.stripLeading()).split(" ")) {
                if (!row.isEmpty() && indent.length() + row.length() + 1 + word.length() > WIDTH) {
                    out.append(indent).append(row).append('\n');
                    row.setLength(0);
                }
                row.append(row.isEmpty() ? start : " ").append(word);
                start = "";
            }
            out.append(indent).append(row).append('\n');
        }
    }
}
