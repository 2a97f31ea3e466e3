import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.annotations.SerializedName;
import io.swagger.annotations.ApiModel;
import io.swagger.annotations.ApiModelProperty;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Writes what {@code kubectl explain} says about types and fields into {@code practice/descriptions/}.
 *
 * <p>Run by Maven before resources are copied, from artifacts alone, so that every machine builds the same. Arguments: the
 * folder {@code practice/types}, the folder to write to, a file that says when that was done, and sources:
 *
 * <ol>
 *   <li>{@code io.kubernetes:client-java-proto}, whose comments are those of the Kubernetes types; what they lack comes from
 *       the annotations of {@code io.kubernetes:client-java-api};
 *   <li>an older one of it, the last whose comments kept their paragraphs: it tells where there were some;
 *   <li>{@code com.pulumi:kubernetes} 3.18, the last made from an API description that says what each value of an
 *       enumeration means. Values that are younger stand without a meaning.
 * </ol>
 *
 * <p>Does nothing when the result is newer than the types.
 */
public final class FieldDescriptions {
    private static final String MODELS = "io.kubernetes.client.openapi.models.";
    private static final Pattern DOCUMENTED =
            Pattern.compile("/\\*\\*((?:(?!\\*/).)*)\\*/\\s*private[^;]*\\s(\\w+);", Pattern.DOTALL);
    private static final Pattern MEANING = Pattern.compile("(?m)^ *\\* +- `\"([^\"]*)\"`[ ]?(.*)$");

    /** By type and field; the type's own words under the empty field. Lines that are empty are kept. */
    private final Map<String, Map<String, List<String>>> comments = new HashMap<>();

    /** As {@link #comments}, of the older version. */
    private Map<String, Map<String, List<String>>> paragraphs = Map.of();

    /** How annotations begin that tell of a field's type in the place of the field. */
    private final Set<String> typeWords = new HashSet<>();

    /** By type, the types of its fields that are messages, by field. */
    private final Map<String, Map<String, String>> messages = new HashMap<>();

    /** By type (without its package) and field, what each value of an enumeration means. */
    private final Map<String, Map<String, String>> meanings = new TreeMap<>();

    public static void main(String[] args) throws IOException {
        Path types = Path.of(args[0]);
        Path out = Path.of(args[1]);
        Path done = Path.of(args[2]);
        long newest = Arrays.stream(types.toFile().listFiles()).mapToLong(each -> each.lastModified()).max().orElse(0);
        String made = "4 " + newest + " from " + String.join(" ", List.of(args).subList(3, 6));
        if (Files.exists(done) && Files.readString(done).equals(made)) {
            return;
        }
        FieldDescriptions older = new FieldDescriptions();
        older.readComments(Path.of(args[4]));
        FieldDescriptions descriptions = new FieldDescriptions();
        descriptions.readComments(Path.of(args[3]));
        descriptions.paragraphs = older.comments;
        descriptions.readMeanings(Path.of(args[5]));
        Files.createDirectories(out);
        for (String prefix : Files.readAllLines(types.resolve("index"))) {
            String file = Files.readString(types.resolve(prefix + ".json"));
            var described = descriptions.describe(prefix, JsonParser.parseString(file).getAsJsonObject());
            String json = new GsonBuilder().disableHtmlEscaping().create().toJson(described);
            Files.writeString(out.resolve(prefix + ".json"), json);
        }
        Files.writeString(done, made);
    }

    private Map<String, Map<String, String>> describe(String prefix, JsonObject types) {
        Map<String, Map<String, String>> described = new LinkedHashMap<>();
        for (String name : types.keySet()) {
            Map<String, String> words = new TreeMap<>(annotations(prefix, name));
            JsonElement properties = types.getAsJsonObject(name).get("properties");
            Set<String> fields = properties == null ? Set.of() : properties.getAsJsonObject().keySet();
            messages.getOrDefault(prefix + "." + name, Map.of()).forEach((field, type) -> {
                if (!fields.contains(field)) {
                    Map<String, List<String>> inner = new HashMap<>(comments.getOrDefault(type, Map.of()));
                    inner.remove("");
                    inner.forEach((each, lines) ->
                            words.put(each, text(type, each, lines, words.getOrDefault(each, ""))));
                }
            });
            comments.getOrDefault(prefix + "." + name, Map.of())
                    .forEach((field, lines) ->
                            words.put(field, text(prefix + "." + name, field, lines, words.getOrDefault(field, ""))));
            words.keySet().removeIf(field -> !field.isEmpty() && !fields.contains(field));
            for (String field : fields) {
                JsonElement values = properties.getAsJsonObject().getAsJsonObject(field).get("enum");
                if (values != null && words.containsKey(field)) {
                    words.merge(field, values(name + "." + field, values.getAsJsonArray()), String::concat);
                }
            }
            described.put(name, words);
        }
        return described;
    }

    /** The values of an enumeration, each with what is known of its meaning: by its field, else by a field with the same values. */
    private String values(String field, JsonArray values) {
        List<String> names = new ArrayList<>();
        values.forEach(value -> names.add(value.getAsString()));
        Map<String, String> known = meanings.getOrDefault(field, Map.of());
        if (known.isEmpty()) {
            List<Map<String, String>> alike = meanings.values().stream()
                    .filter(each -> each.keySet().equals(Set.copyOf(names)))
                    .distinct()
                    .toList();
            known = alike.size() == 1 ? alike.get(0) : Map.of();
        }
        StringBuilder text = new StringBuilder("\n\nPossible enum values:");
        for (String name : names) {
            text.append(("\n - `\"" + name + "\"` " + known.getOrDefault(name, "")).stripTrailing());
        }
        return text.toString();
    }

    private void readMeanings(Path jar) throws IOException {
        sources(jar, ".*[/_]v[12]/outputs/\\w+\\.java").forEach((name, source) -> {
            String type = name.replaceFirst(".*/(\\w+)\\.java$", "$1");
            Matcher documented = DOCUMENTED.matcher(source);
            while (documented.find()) {
                Matcher value = MEANING.matcher(unescape(documented.group(1)));
                while (value.find()) {
                    meanings.computeIfAbsent(type + "." + documented.group(2), key -> new TreeMap<>())
                            .put(value.group(1), value.group(2).strip());
                }
            }
        });
    }

    private void readComments(Path jar) throws IOException {
        String names = ".*/proto/(V[12](?!alpha|beta)\\w*|Meta|Runtime|IntStr|Resource)\\.java";
        sources(jar, names).values().forEach(this::readComments);
    }

    private static Map<String, String> sources(Path jar, String names) throws IOException {
        Map<String, String> sources = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : (Iterable<ZipEntry>) zip.stream().map(ZipEntry.class::cast)::iterator) {
                if (entry.getName().matches(names)) {
                    byte[] source = zip.getInputStream(entry).readAllBytes();
                    sources.put(entry.getName(), new String(source, StandardCharsets.UTF_8));
                }
            }
        }
        return sources;
    }

    private void readComments(String source) {
        String message = "";
        List<String> comment = null;
        List<String> last = List.of();
        for (String line : (Iterable<String>) source.lines()::iterator) {
            String text = line.strip();
            if (text.equals("* <pre>")) {
                comment = new ArrayList<>();
            } else if (text.equals("* </pre>") && comment != null) {
                last = comment;
                comment = null;
            } else if (comment != null) {
                comment.add(unescape(line.replaceFirst("^\\s*\\* ?", "")));
            } else if (text.startsWith("/**")) {
                last = List.of();
            } else if (text.startsWith("* Protobuf type {@code ")) {
                put(typeName(text.substring(23, text.indexOf('}'))), "", last);
                last.stream().limit(1).filter(first -> first.length() > 40).forEach(typeWords::add);
            } else if (text.startsWith("// @@protoc_insertion_point(interface_extends:")) {
                message = typeName(text.substring(46, text.length() - 1));
            } else if (text.startsWith("// @@protoc_insertion_point(")) {
                message = "";
            } else if (text.startsWith("* <code>") && !message.isEmpty()) {
                field(message, unescape(text.substring(8, text.indexOf("</code>"))), last);
            }
        }
    }

    /** {@code optional .k8s.io.api.core.v1.VolumeSource volumeSource = 2;}. */
    private void field(String message, String declaration, List<String> comment) {
        int end = declaration.indexOf(" = ");
        if (end < 0) {
            return;
        }
        String[] words = declaration.substring(0, end).split(" ");
        String name = words[words.length - 1];
        put(message, name, comment);
        String type = words[words.length - 2];
        if (type.startsWith(".k8s") && words[0].equals("optional")) {
            messages.computeIfAbsent(message, key -> new HashMap<>()).put(name, typeName(type.substring(1)));
        }
    }

    private void put(String type, String field, List<String> comment) {
        List<String> lines = new ArrayList<>();
        for (String line : comment) {
            String start = line.strip();
            if (line.equals("---")) {
                break;
            }
            if (!start.startsWith("TODO") && !start.startsWith("+")) {
                lines.add(line.stripTrailing());
            }
        }
        while (!lines.isEmpty() && lines.get(lines.size() - 1).isEmpty()) {
            lines.remove(lines.size() - 1);
        }
        if (!lines.isEmpty()) {
            comments.computeIfAbsent(type, key -> new HashMap<>()).putIfAbsent(field, lines);
        }
    }

    private static String typeName(String proto) {
        return proto.replaceFirst("^k8s\\.io\\.", "io.k8s.").replace("_", "-");
    }

    /**
     * The text of a field. An annotation is of the release, a comment may be younger: where their words differ the
     * annotation's hold, unless they are those of the field's type. Paragraphs are the older comment's where it has the same words, else as {@link #aligned}.
     */
    private String text(String type, String field, List<String> lines, String annotation) {
        List<String> older = paragraphs.getOrDefault(type, Map.of()).getOrDefault(field, List.of());
        boolean own = field.isEmpty() || typeWords.stream().noneMatch(annotation::startsWith);
        if (own && !annotation.isEmpty() && !squeezed(List.of(annotation)).equals(squeezed(lines))) {
            return squeezed(older).equals(squeezed(List.of(annotation))) ? paragraphs(older) : annotation;
        }
        if (older.contains("") && squeezed(older).equals(squeezed(lines))) {
            return paragraphs(spaced(lines, older));
        }
        return aligned(lines.stream().filter(line -> !line.isEmpty()).toList(), annotation);
    }

    private static String squeezed(List<String> lines) {
        return String.join("", lines).replaceAll("\\s+", "");
    }

    /** {@code lines} with an empty one wherever {@code older}, which has the same words, has one. */
    private static List<String> spaced(List<String> lines, List<String> older) {
        Set<Integer> ends = new HashSet<>();
        int count = 0;
        for (String line : older) {
            if (line.isEmpty()) {
                ends.add(count);
            } else {
                count += line.strip().split("\\s+").length;
            }
        }
        List<String> spaced = new ArrayList<>();
        count = 0;
        for (String line : lines) {
            if (!line.isEmpty()) {
                if (count > 0 && ends.contains(count)) {
                    spaced.add("");
                }
                spaced.add(line);
                count += line.strip().split("\\s+").length;
            }
        }
        return spaced;
    }

    /** Lines joined, paragraphs kept, indented lines by themselves, as Kubernetes' own generator has it. */
    private static String paragraphs(List<String> lines) {
        StringBuilder text = new StringBuilder();
        for (String line : lines) {
            if (line.isEmpty()) {
                text.setLength(Math.max(0, text.length() - 1));
                text.append("\n\n");
            } else if (line.startsWith(" ") || line.startsWith("\t")) {
                text.setLength(Math.max(0, text.length() - 1));
                text.append('\n').append(line).append('\n');
            } else {
                text.append(line).append(' ');
            }
        }
        return text.toString().strip();
    }

    /**
     * The lines of a comment as one text. Comments have lost their empty lines, annotations have only spaces left of all
     * line ends: where both hold the same words, the width of a gap tells which line ends were paragraphs. Without such
     * help lines are joined, and indented ones stand by themselves.
     */
    private static String aligned(List<String> lines, String annotation) {
        StringBuilder text = new StringBuilder(lines.get(0));
        boolean guided = squeezed(List.of(annotation)).equals(squeezed(lines));
        int at = guided ? skip(annotation, 0, lines.get(0)) : 0;
        for (int i = 1; i < lines.size(); i++) {
            String line = lines.get(i);
            int indent = line.length() - line.stripLeading().length();
            boolean alone = indent > 0 || lines.get(i - 1).startsWith(" ") || lines.get(i - 1).startsWith("\t");
            int gap = 0;
            while (guided && at + gap < annotation.length() && annotation.charAt(at + gap) == ' ') {
                gap++;
            }
            int ends = guided ? gap - indent : 1;
            text.append(ends > 1 || alone ? "\n".repeat(Math.max(1, ends)) : " ").append(line);
            at = guided ? skip(annotation, at, line) : 0;
        }
        return text.toString();
    }

    /** Where {@code line}, which is next in {@code text} but for the width of its gaps, ends. */
    private static int skip(String text, int from, String line) {
        int at = from;
        for (int i = 0; i < line.length(); i++) {
            if (!Character.isWhitespace(line.charAt(i))) {
                while (Character.isWhitespace(text.charAt(at))) {
                    at++;
                }
                at++;
            }
        }
        return at;
    }

    private static String unescape(String text) {
        for (String each : "&lt;< &gt;> &#64;@ &#42;* &#47;/ &#92;\\ &quot;\" &#34;\" &#39;' &amp;&".split(" ")) {
            int end = each.indexOf(';') + 1;
            text = text.replace(each.substring(0, end), each.substring(end));
        }
        return text;
    }

    private static Map<String, String> annotations(String prefix, String name) {
        Class<?> model = model(prefix, name);
        if (model == null) {
            return Map.of();
        }
        Map<String, String> byName = new TreeMap<>();
        for (Method method : model.getDeclaredMethods()) {
            ApiModelProperty property = method.getAnnotation(ApiModelProperty.class);
            if (property != null) {
                String words = property.value().replace("/_*", "/*").replace("*_/", "*/");
                byName.put(plain(method.getName().replaceFirst("^(get|set|is)", "")), words);
            }
        }
        Map<String, String> described = new LinkedHashMap<>();
        ApiModel type = model.getAnnotation(ApiModel.class);
        if (type != null && !type.description().isEmpty()) {
            described.put("", type.description());
        }
        for (Field field : model.getDeclaredFields()) {
            SerializedName json = field.getAnnotation(SerializedName.class);
            String words = json == null ? null : byName.get(plain(field.getName()));
            if (words != null && !words.isEmpty()) {
                described.put(json.value(), words);
            }
        }
        return described;
    }

    /** {@code io.k8s.api.core.v1}, {@code Event} is {@code CoreV1Event}, else {@code V1Event}. */
    private static Class<?> model(String prefix, String name) {
        String[] parts = prefix.split("\\.");
        String version = capital(parts[parts.length - 1]);
        if (prefix.endsWith("pkg.version")) {
            return load("VersionInfo");
        }
        Class<?> own = load(capital(parts[parts.length - 2]) + version + name);
        return own == null ? load(version + name) : own;
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(MODELS + name, false, FieldDescriptions.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            return null;
        }
    }

    private static String plain(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
    }

    private static String capital(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }
}
