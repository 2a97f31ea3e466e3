package dev.kuar.kubectl.patch;

import dev.kuar.kubectl.data.Json;
import dev.kuar.kubectl.data.Tree;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** The ten letters that kubectl and Kustomize append to names of ConfigMaps and Secrets: a hash of their data. */
public final class NameHash {
    private NameHash() {}

    /** As {@code --append-hash} makes it: name and data. */
    public static String of(Tree object) {
        return of(object, object.name());
    }

    /** As Kustomize makes it: the data alone. */
    public static String ofData(Tree object) {
        return of(object, "");
    }

    private static String of(Tree object, String name) {
        boolean secret = "Secret".equals(object.kind());
        Map<String, Object> hashed = new TreeMap<>();
        Map<String, Object> data = object.map("data");
        hashed.put("kind", object.kind());
        hashed.put("name", name);
        hashed.put("data", data.isEmpty() ? "" : new TreeMap<>(data));
        if (secret) {
            hashed.put("type", object.text("type"));
        } else if (!object.map("binaryData").isEmpty()) {
            hashed.put("binaryData", new TreeMap<>(object.map("binaryData")));
        }
        return encode(Json.sorted(hashed));
    }

    /** The first ten hex digits of the SHA-256, the letters and digits that could form words replaced. */
    private static String encode(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of()
                    .formatHex(digest)
                    .substring(0, 10)
                    .replace('0', 'g')
                    .replace('1', 'h')
                    .replace('3', 'k')
                    .replace('a', 'm')
                    .replace('e', 't');
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
