package dev.kuar.guard;

import dev.kuar.error.UserException;
import dev.kuar.kube.YamlText;
import dev.kuar.process.PrivateFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code config.yaml}: what the learner decided once and kuar remembers. The mode of the first start, the contexts that were adopted,
 * the real clusters that kuar made.
 *
 * <p>Read at each question, written atomically with mode 0600; keys that kuar does not know are kept.
 */
public final class TrustBook {
    private static final String ADOPTED = "adopted";
    private static final String CREATED = "created";
    private static final String MODE = "mode";

    private final Path file;

    public TrustBook(Path file) {
        this.file = file;
    }

    /**
     * A real cluster that kuar may write to.
     *
     * @param context its name in the kubeconfig; empty for one that has none yet
     * @param server its URL
     * @param authority a digest of its certificate authority
     * @param uid of its namespace kube-system; empty where that may not be read
     * @param tool what made it; empty for an adopted one
     * @param cluster the name that the tool knows it by; empty for an adopted one
     * @param place where the tool keeps it, in its own words: location and project, region, resource group; empty where it needs none
     */
    public record Entry(
            String context, String server, String authority, String uid, String tool, String cluster, String place) {
        private static Entry of(Map<?, ?> map) {
            return new Entry(
                    text(map, "context"),
                    text(map, "server"),
                    text(map, "authority"),
                    text(map, "uid"),
                    text(map, "tool"),
                    text(map, "cluster"),
                    text(map, "place"));
        }

        private static String text(Map<?, ?> map, String key) {
            Object value = map.get(key);
            return value == null ? "" : String.valueOf(value);
        }

        private Map<String, Object> map() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("context", context);
            map.put("server", server);
            map.put("authority", authority);
            map.put("uid", uid);
            map.put("tool", tool);
            map.put("cluster", cluster);
            map.put("place", place);
            map.values().removeIf(""::equals);
            return map;
        }
    }

    /** What the first start was answered: {@code practice} or {@code own}; empty where it was not asked. */
    public Optional<String> mode() {
        return text().lines()
                .filter(line -> line.startsWith(MODE + ":"))
                .map(line -> line.substring(MODE.length() + 1).strip())
                .findFirst();
    }

    public void mode(String chosen) {
        Map<String, Object> tree = tree();
        tree.put(MODE, chosen);
        write(tree);
    }

    public List<Entry> adopted() {
        return entries(ADOPTED);
    }

    public List<Entry> created() {
        return entries(CREATED);
    }

    /** Remembers an adopted context in place of what was known under its name. */
    public void adopt(Entry entry) {
        List<Entry> entries = new ArrayList<>(adopted());
        entries.removeIf(known -> known.context().equals(entry.context()));
        entries.add(entry);
        write(ADOPTED, entries);
    }

    /** Whether the context was adopted until now. */
    public boolean unadopt(String context) {
        List<Entry> entries = new ArrayList<>(adopted());
        boolean there = entries.removeIf(known -> known.context().equals(context));
        if (there) {
            write(ADOPTED, entries);
        }
        return there;
    }

    /** Remembers a cluster that kuar made, in place of what was known of it. */
    public void created(Entry entry) {
        List<Entry> entries = new ArrayList<>(created());
        entries.removeIf(known -> known.tool().equals(entry.tool())
                && known.cluster().equals(entry.cluster())
                && (known.server().isEmpty() || known.server().equals(entry.server())));
        entries.add(entry);
        write(CREATED, entries);
    }

    /** Forgets the clusters of that tool and name. */
    public void deleted(String tool, String cluster) {
        List<Entry> entries = new ArrayList<>(created());
        if (entries.removeIf(
                known -> known.tool().equals(tool) && known.cluster().equals(cluster))) {
            write(CREATED, entries);
        }
    }

    /** Whether kuar made the cluster of that server and authority, which is given as its certificates' text. */
    boolean hasCreated(String server, String pem) {
        String text = text();
        return text.contains(CREATED + ":")
                && text.contains(server)
                && created().stream()
                        .anyMatch(
                                e -> e.server().equals(server) && e.authority().equals(digest(pem)));
    }

    /** A short mark of an authority, by the text of its certificates. */
    static String digest(String pem) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(pem.strip().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    private List<Entry> entries(String list) {
        Object all = tree().get(list);
        if (!(all instanceof List<?> items)) {
            return List.of();
        }
        return items.stream()
                .filter(Map.class::isInstance)
                .map(item -> Entry.of((Map<?, ?>) item))
                .toList();
    }

    private void write(String list, List<Entry> entries) {
        Map<String, Object> tree = tree();
        tree.put(list, entries.stream().map(Entry::map).toList());
        write(tree);
    }

    private void write(Map<String, Object> tree) {
        try {
            PrivateFile.write(file, YamlText.write(tree));
        } catch (IOException e) {
            throw new UserException(GuardReason.CONFIG_UNUSABLE, file + ": " + e.getMessage(), e);
        }
    }

    private Map<String, Object> tree() {
        try {
            return YamlText.read(file.toString(), text());
        } catch (IllegalArgumentException e) {
            throw new UserException(GuardReason.CONFIG_UNUSABLE, String.valueOf(e.getMessage()), e);
        }
    }

    private String text() {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            throw new UserException(GuardReason.CONFIG_UNUSABLE, file + ": " + e.getMessage(), e);
        }
    }
}
