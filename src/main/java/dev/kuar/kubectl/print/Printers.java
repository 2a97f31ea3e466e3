package dev.kuar.kubectl.print;

import dev.kuar.kubectl.data.Go;
import dev.kuar.kubectl.data.GoTemplate;
import dev.kuar.kubectl.data.Json;
import dev.kuar.kubectl.data.JsonPath;
import dev.kuar.kubectl.data.ParseException;
import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.data.YamlWriter;
import dev.kuar.kubectl.rest.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Chooses the printer of an {@code -o} value. */
public final class Printers {
    private static final Set<String> GET_ONLY = Set.of("wide", "custom-columns", "custom-columns-file");
    private static final String COMMON =
            "go-template,go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,kyaml,name,template,"
                    + "templatefile,yaml";
    private static final String OF_GET = "custom-columns,custom-columns-file,go-template,go-template-file,json,"
            + "jsonpath,jsonpath-as-json,jsonpath-file,kyaml,name,template,templatefile,wide,yaml";

    private Printers() {}

    /**
     * The printer of {@code format}.
     *
     * @param template the value of {@code --template}
     * @param noHeaders for custom columns
     * @param forGet whether tables and columns are among the forms
     * @throws Failure with kubectl's words when the form is unknown or its template malformed
     */
    public static ObjectPrinter of(String format, String template, boolean noHeaders, boolean forGet, Path directory) {
        String name = format.split("=", 2)[0];
        String argument = format.contains("=") ? format.substring(format.indexOf('=') + 1) : template;
        if (format.isEmpty() && !template.isEmpty()) {
            name = "go-template";
        }
        switch (name) {
            case "json" -> {
                return object -> Json.pretty(object.value(), "    ") + "\n";
            }
            case "yaml" -> {
                return new Separated(object -> YamlWriter.write(object.value()), "---\n");
            }
            case "kyaml" -> {
                return object -> "---\n" + KyamlWriter.write(object.value());
            }
            case "name" -> {
                return Printers::names;
            }
            case "jsonpath", "jsonpath-file" -> {
                return jsonPath(name.endsWith("file") ? read(argument, directory) : argument);
            }
            case "jsonpath-as-json" -> {
                JsonPath path = parsePath(argument);
                return object -> Json.pretty(path.find(object.value()), "    ") + "\n";
            }
            case "go-template", "template", "go-template-file", "templatefile" -> {
                return goTemplate(name.endsWith("file") ? read(argument, directory) : argument);
            }
            default -> {
                if (forGet && name.equals("custom-columns")) {
                    return CustomColumns.parse(argument, noHeaders);
                }
                if (forGet && name.equals("custom-columns-file")) {
                    return CustomColumns.parseFile(read(argument, directory), noHeaders);
                }
                throw unknown(name, forGet);
            }
        }
    }

    /** Whether the format is a table's. */
    public static boolean isTable(String format) {
        return format.isEmpty() || "wide".equals(format);
    }

    public static Failure unknown(String name, boolean forGet) {
        return Failure.error("unable to match a printer suitable for the output format \"" + name
                + "\", allowed formats are: " + (forGet && !GET_ONLY.contains(name) ? OF_GET : COMMON));
    }

    private static String read(String file, Path directory) {
        try {
            return Files.readString(directory.resolve(file));
        } catch (IOException absent) {
            throw Failure.error(
                    "error reading template " + file + ", open " + file + ": no such file or directory", absent);
        }
    }

    private static JsonPath parsePath(String text) {
        if (text.isEmpty()) {
            throw Failure.error("template format specified but no template given");
        }
        try {
            return JsonPath.parse(text.startsWith("{") || text.contains("{") ? text : "{" + text + "}");
        } catch (ParseException malformed) {
            throw Failure.error("error parsing jsonpath " + text + ", " + malformed.text(), malformed);
        }
    }

    private static ObjectPrinter jsonPath(String text) {
        JsonPath path = parsePath(text);
        return object -> {
            try {
                return path.render(object.value());
            } catch (ParseException failure) {
                throw Failure.error(
                        "error executing jsonpath " + Json.quote(text) + ": Error executing template: "
                                + failure.text() + ". Printing more information for debugging the template:\n\ttemplate"
                                + " was:\n\t\t" + text + "\n\tobject given to jsonpath engine was:\n\t\t"
                                + Go.syntax(object.value()) + "\n\n",
                        failure);
            }
        };
    }

    private static ObjectPrinter goTemplate(String text) {
        if (text.isEmpty()) {
            throw Failure.error("template format specified but no template given");
        }
        GoTemplate template;
        try {
            template = GoTemplate.parse(text);
        } catch (ParseException malformed) {
            throw Failure.error("error parsing template " + text + ", " + malformed.text(), malformed);
        }
        return object -> {
            try {
                return template.render(object.value());
            } catch (ParseException failure) {
                throw Failure.error(
                        "error executing template \"" + text.replace("\n", "\\n") + "\": template: output:1: "
                                + failure.text(),
                        failure);
            }
        };
    }

    private static String names(Tree object) {
        List<Tree> items = new ArrayList<>();
        if (object.kind().endsWith("List") && object.at("items").isList()) {
            items.addAll(object.items("items"));
        } else {
            items.add(object);
        }
        StringBuilder out = new StringBuilder();
        for (Tree item : items) {
            String[] version = item.apiVersion().split("/", 2);
            String kind = item.kind().toLowerCase(Locale.ROOT);
            String name = item.name().isEmpty() ? "<unknown>" : item.name();
            if ("Status".equals(item.kind())) {
                String group = item.text("details", "group");
                kind = item.text("details", "kind").toLowerCase(Locale.ROOT) + (group.isEmpty() ? "" : "." + group);
                name = item.text("details", "name");
                out.append(kind).append('/').append(name).append('\n');
                continue;
            }
            out.append(version.length == 2 ? kind + "." + version[0] : kind)
                    .append('/')
                    .append(name)
                    .append('\n');
        }
        return out.toString();
    }

    /** Puts a line between what is printed one after the other. */
    private static final class Separated implements ObjectPrinter {
        private final ObjectPrinter inner;
        private final String separator;
        private boolean first = true;

        Separated(ObjectPrinter inner, String separator) {
            this.inner = inner;
            this.separator = separator;
        }

        @Override
        public String print(Tree object) {
            String text = inner.print(object);
            String whole = first ? text : separator + text;
            first = false;
            return whole;
        }
    }
}
