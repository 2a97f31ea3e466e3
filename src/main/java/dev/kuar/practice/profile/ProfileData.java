package dev.kuar.practice.profile;

import dev.kuar.practice.object.KubeObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/** Reads the JSON files under {@code practice/profiles}; {@code //} comments are allowed, {@code {{name}}} stands for a value. */
final class ProfileData {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
            .disable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private ProfileData() {}

    static boolean exists(String path) {
        return ProfileData.class.getResource("/practice/profiles/" + path) != null;
    }

    static String text(String path) {
        try (InputStream in = ProfileData.class.getResourceAsStream("/practice/profiles/" + path)) {
            if (in == null) {
                throw new IllegalStateException("no resource practice/profiles/" + path);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(String path) {
        return (Map<String, Object>) parse(text(path));
    }

    /** The objects of a file that holds a list of them, with values filled in. */
    static List<KubeObject> objects(String path, Map<String, String> values) {
        List<KubeObject> objects = new ArrayList<>();
        for (Object item : (List<?>) fill(parse(text(path)), values)) {
            @SuppressWarnings("unchecked")
            Map<String, Object> tree = (Map<String, Object>) item;
            objects.add(KubeObject.of(tree));
        }
        return objects;
    }

    /** A copy of a tree in which every {@code {{name}}} in a text or a key is replaced; unknown names stay. */
    static Object fill(Object tree, Map<String, String> values) {
        if (tree instanceof Map<?, ?> map) {
            Map<String, Object> filled = new LinkedHashMap<>(map.size() * 4 / 3 + 1);
            map.forEach((key, value) -> filled.put(fill(String.valueOf(key), values), fill(value, values)));
            return filled;
        }
        if (tree instanceof List<?> list) {
            List<Object> filled = new ArrayList<>(list.size());
            list.forEach(item -> filled.add(fill(item, values)));
            return filled;
        }
        return tree instanceof String text ? fill(text, values) : tree;
    }

    static String fill(String text, Map<String, String> values) {
        int open = text.indexOf("{{");
        if (open < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 32);
        int from = 0;
        while (open >= 0) {
            int close = text.indexOf("}}", open);
            if (close < 0) {
                break;
            }
            String value = values.get(text.substring(open + 2, close));
            out.append(text, from, open).append(value == null ? text.substring(open, close + 2) : value);
            from = close + 2;
            open = text.indexOf("{{", from);
        }
        return out.append(text, from, text.length()).toString();
    }

    private static Object parse(String json) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            parser.nextToken();
            return value(parser);
        }
    }

    private static Object value(JsonParser parser) {
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> {
                Map<String, Object> map = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    map.put(name, value(parser));
                }
                yield map;
            }
            case START_ARRAY -> {
                List<Object> list = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    list.add(value(parser));
                }
                yield list;
            }
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> throw new IllegalStateException("a " + token + " at " + parser.currentLocation());
        };
    }
}
