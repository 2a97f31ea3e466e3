package dev.kuar.practice.container;

import dev.kuar.practice.object.KubeObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Which images exist, and what is in them: one file an image under {@code practice/images}, read when it is first needed. */
public final class ImageCatalogue {
    private static final String FOLDER = "/practice/images/";

    private final List<Row> rows;
    private final Map<String, String> places;
    private final Map<String, Optional<Image>> found = new ConcurrentHashMap<>();

    private ImageCatalogue(List<Row> rows, Map<String, String> places) {
        this.rows = rows;
        this.places = places;
    }

    /** The images that come with the practice cluster. */
    public static ImageCatalogue builtIn() {
        List<Row> rows = new ArrayList<>();
        Map<String, String> places = new LinkedHashMap<>();
        for (String line : text("index.txt").split("\n")) {
            String[] words = line.strip().split("\\s+");
            if (words[0].equals("=")) {
                places.put(words[1], words[2]);
            } else if (words.length == 3 && !line.startsWith("#")) {
                rows.add(new Row(words[0], Pattern.compile(words[1]), words[2]));
            }
        }
        return new ImageCatalogue(rows, places);
    }

    /** The image of a name; empty where no registry has it. */
    public Optional<Image> find(ImageReference reference) {
        return found.computeIfAbsent(reference.toString(), key -> load(reference));
    }

    /** Whether any tag of the repository exists. */
    public boolean knows(ImageReference reference) {
        return rows.stream().anyMatch(row -> row.fits(name(reference)));
    }

    /** The name of an image where it is known best: other places hold the same. */
    private String name(ImageReference reference) {
        String name = reference.name();
        for (Map.Entry<String, String> place : places.entrySet()) {
            if (name.startsWith(place.getKey())) {
                return place.getValue() + name.substring(place.getKey().length());
            }
        }
        return name;
    }

    private Optional<Image> load(ImageReference reference) {
        for (Row row : rows) {
            if (row.fits(name(reference))
                    && (reference.tag().isEmpty()
                            || row.tags().matcher(reference.tag()).matches())) {
                return Optional.of(read(reference, row.file()));
            }
        }
        return Optional.empty();
    }

    private static Image read(ImageReference reference, String file) {
        KubeObject data = yaml(file);
        Map<String, KubeObject> servers = new HashMap<>();
        data.map("servers").forEach((name, tree) -> servers.put(name, KubeObject.of(tree(tree))));
        Map<String, String> env = new LinkedHashMap<>();
        data.map("env")
                .forEach((name, value) -> env.put(name, ImageLayout.filled(String.valueOf(value), data, reference)));
        String stop = data.text("stopSignal");
        String flavour = data.text("flavour");
        return new Image(
                reference.toString(),
                data.texts("entrypoint"),
                data.texts("cmd"),
                env,
                data.text("user"),
                data.text("workdir").isEmpty() ? "/" : data.text("workdir"),
                data.number(20_000_000, "size"),
                data.number(4L << 20, "memory"),
                data.number(1, "millicores"),
                flavour.isEmpty() ? "busybox" : flavour,
                stop.isEmpty() ? "SIGTERM" : stop,
                servers,
                new ImageRoot(() -> ImageLayout.of(data, reference)));
    }

    /** A data file of the catalogue as a tree. */
    static KubeObject yaml(String file) {
        return tree(text(file));
    }

    /** A YAML document as a tree; an empty one where the text is none. */
    static KubeObject tree(String yaml) {
        Object tree;
        try {
            tree = new Load(LoadSettings.builder().build()).loadFromString(yaml);
        } catch (YamlEngineException damaged) {
            tree = null;
        }
        return KubeObject.of(tree instanceof Map<?, ?> ? tree(tree) : new LinkedHashMap<>());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> tree(Object value) {
        return (Map<String, Object>) normal(value);
    }

    /** Whole numbers as Long. */
    private static Object normal(Object value) {
        if (value instanceof Integer number) {
            return number.longValue();
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((key, item) -> {
                if (item != null) {
                    copy.put(String.valueOf(key), normal(item));
                }
            });
            return copy;
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(item -> copy.add(normal(item)));
            return copy;
        }
        return value;
    }

    static String text(String file) {
        return data(FOLDER + file);
    }

    static String data(String path) {
        try (InputStream in = ImageCatalogue.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("no such data: " + path);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A line of the index; {@code name} may end in a star. */
    private record Row(String name, Pattern tags, String file) {
        boolean fits(String repository) {
            return name.endsWith("*")
                    ? repository.startsWith(name.substring(0, name.length() - 1))
                    : repository.equals(name);
        }
    }
}
