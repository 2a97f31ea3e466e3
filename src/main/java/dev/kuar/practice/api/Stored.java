package dev.kuar.practice.api;

import dev.kuar.practice.object.JsonReader;
import dev.kuar.practice.object.JsonWriter;
import dev.kuar.practice.object.KubeObject;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One object as the store holds it: compact JSON that begins with kind and apiVersion and contains its resourceVersion.
 *
 * <p>Either the JSON or the tree is made from the other when first asked for.
 */
final class Stored implements Served {
    private final String key;
    private final long modRevision;
    private final boolean bareItems;
    private volatile byte @Nullable [] json;
    private volatile @Nullable KubeObject object;
    private volatile @Nullable Kept kept;
    private volatile @Nullable Converted converted;

    private Stored(
            String key, long modRevision, boolean bareItems, byte @Nullable [] json, @Nullable KubeObject object) {
        this.key = key;
        this.modRevision = modRevision;
        this.bareItems = bareItems;
        this.json = json;
        this.object = object;
    }

    private record Kept(Object maker, Object made) {}

    private record Converted(Object by, String apiVersion, Stored made) {}

    /** @param bareItems whether items of a list of this kind leave kind and apiVersion out */
    static Stored of(String key, long modRevision, byte[] json, boolean bareItems) {
        return new Stored(key, modRevision, bareItems, json, null);
    }

    /** Takes the tree over: nobody may change it from here on. */
    static Stored of(String key, long modRevision, KubeObject object, boolean bareItems) {
        return new Stored(key, modRevision, bareItems, null, object);
    }

    /** Both forms, known to agree. */
    static Stored of(String key, long modRevision, byte[] json, KubeObject object, boolean bareItems) {
        return new Stored(key, modRevision, bareItems, json, object);
    }

    String key() {
        return key;
    }

    long modRevision() {
        return modRevision;
    }

    boolean bareItems() {
        return bareItems;
    }

    /** The same object under another resourceVersion, as the event of its removal shows it. */
    Stored at(long revision) {
        KubeObject copy = shallow(object());
        copy.set(Long.toString(revision), "metadata", "resourceVersion");
        return of(key, revision, copy, bareItems);
    }

    private static KubeObject shallow(KubeObject object) {
        Map<String, Object> tree = new LinkedHashMap<>(object.tree());
        tree.put("metadata", new LinkedHashMap<>(object.map("metadata")));
        return KubeObject.of(tree);
    }

    /** What {@code by} makes of this in another version: made at first use, kept until another asks. */
    Stored converted(Object by, String apiVersion, Supplier<Stored> conversion) {
        Converted known = converted;
        if (known != null && known.by() == by && known.apiVersion().equals(apiVersion)) {
            return known.made();
        }
        Stored made = conversion.get();
        converted = new Converted(by, apiVersion, made);
        return made;
    }

    @Override
    public KubeObject object() {
        KubeObject tree = object;
        if (tree == null) {
            tree = KubeObject.of(JsonReader.readMap(json()));
            object = tree;
        }
        return tree;
    }

    @Override
    public byte[] json() {
        byte[] bytes = json;
        if (bytes == null) {
            bytes = JsonWriter.write(Objects.requireNonNull(object).tree());
            json = bytes;
        }
        return bytes;
    }

    @Override
    public void writeItem(OutputStream out) throws IOException {
        byte[] bytes = json();
        if (!bareItems) {
            out.write(bytes);
            return;
        }
        int start = afterTypeFields(bytes);
        out.write('{');
        out.write(bytes, start, bytes.length - start);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> T kept(Function<? super Served, T> maker) {
        Kept known = kept;
        if (known != null && known.maker() == maker) {
            return (T) known.made();
        }
        T made = maker.apply(this);
        kept = new Kept(maker, Objects.requireNonNull(made));
        return made;
    }

    /** The index behind the opening brace, kind and apiVersion, in whichever order the two stand. */
    private static int afterTypeFields(byte[] json) {
        int at = 1;
        while (at < json.length && (startsWith(json, at, "\"kind\":\"") || startsWith(json, at, "\"apiVersion\":\""))) {
            int end = at + (json[at + 1] == 'k' ? 8 : 14);
            while (json[end] != '"') {
                end++;
            }
            at = end + 1;
            if (json[at] == ',') {
                at++;
            }
        }
        return at;
    }

    private static boolean startsWith(byte[] json, int at, String text) {
        if (json.length - at < text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (json[at + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
