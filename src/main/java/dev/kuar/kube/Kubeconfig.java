package dev.kuar.kube;

import dev.kuar.error.UserException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One kubeconfig file as a tree, with the edits that tools make: a cluster, a user and a context by name.
 *
 * <p>What kuar does not know in a file is kept. Saving is atomic, with mode 0600.
 */
public final class Kubeconfig {
    private final Path file;
    private final Map<String, Object> tree;
    private String read;

    private Kubeconfig(Path file, Map<String, Object> tree, String read) {
        this.file = file;
        this.tree = tree;
        this.read = read;
    }

    /**
     * Reads {@code file}; a missing one is an empty kubeconfig.
     *
     * @throws UserException when it is there and cannot be read or understood
     */
    public static Kubeconfig load(Path file) {
        try {
            String text = Files.readString(file);
            return new Kubeconfig(file, parse(file, text), text);
        } catch (NoSuchFileException e) {
            Map<String, Object> empty = new LinkedHashMap<>();
            empty.put("apiVersion", "v1");
            empty.put("kind", "Config");
            return new Kubeconfig(file, empty, "");
        } catch (IOException e) {
            throw new UserException(KubeReason.KUBECONFIG_UNREADABLE, file + ": " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new UserException(KubeReason.KUBECONFIG_MALFORMED, String.valueOf(e.getMessage()), e);
        }
    }

    private static Map<String, Object> parse(Path file, String text) {
        Map<String, Object> tree = YamlText.read(file.toString(), text);
        checkShape(file, tree);
        return tree;
    }

    /** Lists of named entries, where there are any; what else a file holds is nobody's concern here. */
    private static void checkShape(Path file, Map<String, Object> tree) {
        for (String list : List.of("clusters", "users", "contexts")) {
            Object value = tree.get(list);
            boolean good = value == null
                    || (value instanceof List<?> entries
                            && entries.stream().allMatch(entry -> isNamed(entry, bodyKey(list))));
            if (!good) {
                throw new IllegalArgumentException(file + " is no kubeconfig: '" + list
                        + "' is no list of entries with a name and a " + bodyKey(list));
            }
        }
        if (tree.get("current-context") != null && !(tree.get("current-context") instanceof String)) {
            throw new IllegalArgumentException(file + " is no kubeconfig: 'current-context' is no text");
        }
    }

    private static boolean isNamed(Object entry, String body) {
        return entry instanceof Map<?, ?> map
                && map.get("name") instanceof String
                && (map.get(body) == null || map.get(body) instanceof Map);
    }

    /** The whole tree, live. */
    public Map<String, Object> tree() {
        return tree;
    }

    /** Empty where none is set. */
    public String currentContext() {
        return tree.get("current-context") instanceof String name ? name : "";
    }

    public void useContext(String name) {
        tree.put("current-context", name);
    }

    /** Names of the contexts, in file order. */
    public List<String> contexts() {
        return entries("contexts").stream()
                .map(e -> String.valueOf(e.get("name")))
                .toList();
    }

    /** The body of a named entry; {@code list} is {@code clusters}, {@code users} or {@code contexts}. Live. */
    @SuppressWarnings("unchecked")
    public Optional<Map<String, Object>> find(String list, String name) {
        return entries(list).stream()
                .filter(e -> name.equals(e.get("name")))
                .map(e -> (Map<String, Object>) e.getOrDefault(bodyKey(list), new LinkedHashMap<>()))
                .findFirst();
    }

    /** Puts a named entry in, replacing the one of that name. */
    public void put(String list, String name, Map<String, Object> body) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put(bodyKey(list), body);
        entry.put("name", name);
        List<Map<String, Object>> entries = entries(list);
        for (int i = 0; i < entries.size(); i++) {
            if (name.equals(entries.get(i).get("name"))) {
                entries.set(i, entry);
                return;
            }
        }
        entries.add(entry);
    }

    /** Whether there was such an entry. */
    public boolean remove(String list, String name) {
        boolean removed = entries(list).removeIf(e -> name.equals(e.get("name")));
        if (removed && list.equals("contexts") && name.equals(currentContext())) {
            tree.put("current-context", "");
        }
        return removed;
    }

    /** Puts cluster, user and context in under the given names and makes the context the current one. */
    public void putContext(
            String context,
            String cluster,
            String user,
            Map<String, Object> clusterBody,
            Map<String, Object> userBody) {
        put("clusters", cluster, clusterBody);
        put("users", user, userBody);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("cluster", cluster);
        body.put("user", user);
        put("contexts", context, body);
        useContext(context);
    }

    /** What {@link #save} writes. */
    public String text() {
        return YamlText.write(tree);
    }

    /**
     * Writes the file, under the lock that kubectl takes too. What another program has changed since the file was read is kept, but
     * for entries that were edited here.
     *
     * @throws UserException when it cannot be written, or another program keeps the lock; the old file is untouched then
     */
    public void save() {
        try {
            Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file lies in a folder");
            Files.createDirectories(folder);
            try (KubeconfigLock held = KubeconfigLock.take(file.toAbsolutePath())) {
                takeIn(Files.exists(file) ? Files.readString(file) : "");
                String text = YamlText.write(tree);
                Path fresh = newFile(folder);
                Files.writeString(fresh, text, StandardCharsets.UTF_8);
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                read = text;
            }
        } catch (IOException e) {
            throw new UserException(KubeReason.KUBECONFIG_UNWRITABLE, file + ": " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new UserException(KubeReason.KUBECONFIG_MALFORMED, String.valueOf(e.getMessage()), e);
        }
    }

    /** Makes the tree what the edits so far make of the file as it is now. */
    private void takeIn(String now) {
        if (now.equals(read) || now.isEmpty()) {
            return;
        }
        Map<String, Object> merged = KubeconfigMerge.merge(parse(file, read), tree, parse(file, now));
        tree.clear();
        tree.putAll(merged);
    }

    private Path newFile(Path folder) throws IOException {
        Path fresh = Files.createTempFile(folder, "." + file.getFileName(), ".new");
        try {
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
        } catch (UnsupportedOperationException e) {
            return fresh; // a file system without modes
        } catch (FileAlreadyExistsException e) {
            throw new IOException("cannot make a new file in " + folder, e);
        }
        return fresh;
    }

    private static String bodyKey(String list) {
        return list.substring(0, list.length() - 1);
    }

    @SuppressWarnings("unchecked")
    private List<Map<String, Object>> entries(String list) {
        Object value = tree.get(list);
        if (!(value instanceof List)) {
            value = new ArrayList<Map<String, Object>>();
            tree.put(list, value);
        }
        return (List<Map<String, Object>>) value;
    }
}
