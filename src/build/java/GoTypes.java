import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonStreamParser;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes the comments of Go's types as descriptions, made as Kubernetes' OpenAPI generator makes them.
 *
 * <p>Run by Maven before {@code FieldDescriptions}. Arguments: the folder of a {@code go.mod} that names the modules, and
 * the file to write, {@code {"package.Type": {"field": "text"}}} with the type's own text under the empty field. Does
 * nothing where that file is, where there is no Go, and where the modules can't be had.
 */
public final class GoTypes {
    private static final Pattern FIELD =
            Pattern.compile("\\s*(?:(\\w+)\\s+)?([\\w.*\\[\\]]+)\\s+`json:\"([^\",]*)[^\"]*\".*");
    private static final Pattern VALUE =
            Pattern.compile("\\s*(\\w+)(?:\\s+(\\w+))?\\s+=\\s+(?:(\\w+)\\()?(?:\"([^\"]*)\"|([\\w.]+))\\)?");
    private static final Pattern IMPORT = Pattern.compile("\\s*(?:(\\w+) )?\"(k8s\\.io/[^\"]*)\"");

    /** By package and type, what {@code kubectl explain} says by field, the type's own under the empty field. */
    private final Map<String, Map<String, String>> types = new HashMap<>();

    /** By package and type, the types that it embeds. */
    private final Map<String, List<String>> embedded = new HashMap<>();

    /** By package and type, the lines about the values of an enumeration. */
    private final Map<String, Map<String, String>> values = new HashMap<>();

    /** By package, type and field, the type of the field. */
    private final Map<String, Map<String, String>> fieldTypes = new HashMap<>();

    /** By package and name, what a constant says. */
    private final Map<String, String> constants = new HashMap<>();

    private final Set<String> enumerations = new HashSet<>();

    public static void main(String[] args) throws IOException {
        Path out = Path.of(args[1]);
        GoTypes go = new GoTypes();
        if (!Files.exists(out) && onPath("go") && go.read(Path.of(args[0]))) {
            Files.createDirectories(out.toAbsolutePath().getParent());
            Files.writeString(out, new Gson().toJson(go.all()));
        }
    }

    private static boolean onPath(String program) {
        String path = System.getenv("PATH");
        for (String folder : (path == null ? "" : path).split(File.pathSeparator)) {
            if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }

    /** False where the modules can't be had. */
    private boolean read(Path modules) throws IOException {
        Process go = new ProcessBuilder("go", "mod", "download", "-json")
                .directory(modules.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        CompletableFuture.delayedExecutor(2, TimeUnit.MINUTES).execute(go::destroy);
        JsonStreamParser found = new JsonStreamParser(go.inputReader(StandardCharsets.UTF_8));
        while (found.hasNext()) {
            JsonObject module = found.next().getAsJsonObject();
            if (!module.has("Dir")) {
                return false;
            }
            readModule(module.get("Path").getAsString(), Path.of(module.get("Dir").getAsString()));
        }
        return !types.isEmpty();
    }

    private void readModule(String path, Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            // Other groups name constants of the core group.
            for (Path file : (Iterable<Path>) files.sorted(Comparator.comparing(each -> !each.toString().contains("/core/")))::iterator) {
                String name = file.getFileName().toString();
                if (name.endsWith(".go") && !name.matches(".*(_test|generated.*|zz_.*)\\.go")) {
                    String inside = folder.relativize(file.getParent()).toString();
readFile("io.k8s" + (path + "/" + inside).substring(6).replace('/', '.'), file);
                }
            }
        }
    }

    private void readFile(String group, Path file) throws IOException {
        List<String> comment = new ArrayList<>();
        Map<String, String> imports = new HashMap<>();
        String type = "";
        for (String line : Files.readAllLines(file)) {
            String text = line.strip();
            Matcher field = FIELD.matcher(line);
            Matcher value = VALUE.matcher(line.replaceFirst("\\s+//.*", ""));
            Matcher imported = IMPORT.matcher(line);
            if (text.startsWith("//")) {
                comment.add(text.substring(2).replaceFirst("^ ", "").stripTrailing());
                continue;
            } else if (line.matches("type \\w+ (struct \\{|string)")) {
                type = group + "." + text.split(" ")[1];
                types.computeIfAbsent(type, key -> new HashMap<>()).put("", description(comment));
                if (comment.contains("+enum")) {
                    enumerations.add(type);
                }
            } else if (imported.matches()) {
                String path = imported.group(2);
                String own = imported.group(1) == null ? path.substring(path.lastIndexOf('/') + 1) : imported.group(1);
                imports.put(own, "io.k8s" + path.substring(6).replace('/', '.'));
            } else if (field.matches() && types.containsKey(type)) {
                addField(group, type, field, comment, imports);
            } else if (value.matches()) {
                String of = value.group(2) == null ? value.group(3) : value.group(2);
                String literal = value.group(4) == null
                        ? constants.get(qualified(group, value.group(5), imports))
                        : value.group(4);
                addValue(group, value.group(1), of, literal, String.join("\n", comment).strip());
            }
            comment.clear();
        }
    }

    private void addValue(String group, String name, String type, String value, String comment) {
        if (value == null) {
            return;
        }
        constants.put(group + "." + name, value);
        if (type != null) {
            String words = comment.startsWith(name) ? comment.substring(name.length()) : comment;
            values.computeIfAbsent(group + "." + type, key -> new TreeMap<>())
                    .put(value, words.strip().replaceAll("\\s+", " "));
        }
    }

    private static String qualified(String group, String name, Map<String, String> imports) {
        int dot = name.indexOf('.');
        return dot < 0
                ? group + "." + name
                : imports.getOrDefault(name.substring(0, dot), group) + name.substring(dot);
    }

    private void addField(
            String group, String type, Matcher field, List<String> comment, Map<String, String> imports) {
        String of = field.group(2).replace("*", "");
        if (field.group(3).isEmpty()) {
            embedded.computeIfAbsent(type, key -> new ArrayList<>()).add(group + "." + of);
        } else {
            types.get(type).put(field.group(3), description(comment));
            fieldTypes.computeIfAbsent(type, key -> new HashMap<>()).put(field.group(3), qualified(group, of, imports));
        }
    }

    private Map<String, Map<String, String>> all() {
        Map<String, Map<String, String>> all = new TreeMap<>();
        types.keySet().forEach(type -> {
            int dot = type.lastIndexOf('.');
            all.put(type, words(type.substring(0, dot), type.substring(dot + 1)));
        });
        return all;
    }

    private Map<String, String> words(String group, String name) {
        Map<String, String> words = new TreeMap<>();
        for (String inner : embedded.getOrDefault(group + "." + name, List.of())) {
            words.putAll(words(group, inner.substring(group.length() + 1)));
        }
        types.getOrDefault(group + "." + name, Map.of()).forEach((field, text) -> {
            String of = fieldTypes.getOrDefault(group + "." + name, Map.of()).getOrDefault(field, "");
            words.put(field, enumerations.contains(of) ? (text + "\n\nPossible enum values:" + lines(of)) : text);
        });
        return words;
    }

    private String lines(String enumeration) {
        StringBuilder lines = new StringBuilder();
        values.getOrDefault(enumeration, Map.of())
                .forEach((value, words) ->
                        lines.append(("\n - `\"" + value + "\"` " + words).stripTrailing()));
        return lines.toString();
    }

    /** Lines joined, paragraphs kept, indented lines by themselves; what follows {@code ---} is for developers. */
    private static String description(List<String> comment) {
        StringBuilder text = new StringBuilder();
        for (String line : comment) {
            if (line.equals("---")) {
                break;
            } else if (line.isEmpty()) {
                text.setLength(Math.max(0, text.length() - 1));
                text.append("\n\n");
            } else if (line.startsWith(" ") || line.startsWith("\t")) {
                if (!line.strip().matches("(TODO|\\+).*")) {
                    text.setLength(Math.max(0, text.length() - 1));
                    text.append('\n').append(line).append('\n');
                }
            } else if (!line.startsWith("TODO") && !line.startsWith("+")) {
                text.append(line).append(' ');
            }
        }
        return text.toString().strip();
    }
}
