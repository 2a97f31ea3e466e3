import com.google.gson.annotations.SerializedName;
import io.swagger.annotations.ApiModel;
import io.swagger.annotations.ApiModelProperty;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes what {@code kubectl explain} says about types and fields into {@code practice/descriptions/}.
 *
 * <p>Run by Maven before resources are copied; arguments: the folder {@code practice/types}, the folder to write to, a file that
 * says when that was done.
 * The words are the annotations of {@code io.kubernetes:client-java-api}, one class a type; a type without a class has
 * no description. Does nothing when the result is newer than this file and the types.
 */
public final class FieldDescriptions {
    private static final String MODELS = "io.kubernetes.client.openapi.models.";

    public static void main(String[] args) throws IOException {
        Path types = Path.of(args[0]);
        Path out = Path.of(args[1]);
        Path done = Path.of(args[2]);
        if (isUpToDate(types, done)) {
            return;
        }
        Files.createDirectories(out);
        int described = 0;
        for (String prefix : Files.readAllLines(types.resolve("index"))) {
            Map<String, Map<String, String>> file = new LinkedHashMap<>();
            for (String name : topLevelNames(types.resolve(prefix + ".json"))) {
                Class<?> model = model(prefix, name);
                if (model != null) {
                    file.put(name, describe(model));
                }
            }
            described += file.size();
            write(out.resolve(prefix + ".json"), file);
        }
        Files.writeString(done, described + " types\n");
    }

    private static boolean isUpToDate(Path types, Path done) throws IOException {
        if (!Files.exists(done)) {
            return false;
        }
        FileTime made = Files.getLastModifiedTime(done);
        try (var files = Files.list(types)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (Files.getLastModifiedTime(file).compareTo(made) > 0) {
                    return false;
                }
            }
        }
        return true;
    }

    private static java.util.List<String> topLevelNames(Path file) throws IOException {
        java.util.List<String> names = new java.util.ArrayList<>();
        try (InputStream in = Files.newInputStream(file);
                JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), in)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                names.add(parser.currentName());
                parser.nextToken();
                parser.skipChildren();
            }
        }
        return names;
    }

    /** {@code io.k8s.api.core.v1}, {@code Event} is {@code CoreV1Event}, else {@code V1Event}. */
    private static Class<?> model(String prefix, String name) {
        String[] parts = prefix.split("\\.");
        String version = parts[parts.length - 1];
        if (prefix.endsWith("pkg.version")) {
            return load("VersionInfo");
        }
        String group = capital(parts[parts.length - 2]);
        Class<?> own = load(group + capital(version) + name);
        return own != null ? own : load(capital(version) + name);
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(MODELS + name, false, FieldDescriptions.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            return null;
        }
    }

    private static Map<String, String> describe(Class<?> model) {
        Map<String, String> byName = new TreeMap<>();
        for (Method method : model.getDeclaredMethods()) {
            ApiModelProperty property = method.getAnnotation(ApiModelProperty.class);
            if (property != null) {
                byName.put(plain(method.getName().replaceFirst("^(get|set|is)", "")), property.value());
            }
        }
        Map<String, String> described = new LinkedHashMap<>();
        ApiModel type = model.getAnnotation(ApiModel.class);
        if (type != null && !type.description().isEmpty()) {
            described.put("", type.description());
        }
        for (Field field : model.getDeclaredFields()) {
            SerializedName name = field.getAnnotation(SerializedName.class);
            String words = name == null ? null : byName.get(plain(field.getName()));
            if (words != null && !words.isEmpty()) {
                described.put(name.value(), words);
            }
        }
        return described;
    }

    private static String plain(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
    }

    private static String capital(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    private static void write(Path path, Map<String, Map<String, String>> file) throws IOException {
        try (var out = Files.newOutputStream(path);
                JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            for (var type : file.entrySet()) {
                json.writeName(type.getKey());
                json.writeStartObject();
                for (var field : type.getValue().entrySet()) {
                    json.writeName(field.getKey());
                    json.writeString(field.getValue());
                }
                json.writeEndObject();
            }
            json.writeEndObject();
        }
    }
}
