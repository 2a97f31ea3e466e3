package dev.kuar.tool;

import dev.kuar.error.UserException;
import dev.kuar.kube.YamlText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** What one stand-in remembers between runs: flat keys to texts, in a YAML file of its own. Written atomically. */
final class ToolState {
    private final Path file;

    ToolState(Path directory, String tool) {
        file = directory.resolve(tool + ".yaml");
    }

    Path directory() {
        return Objects.requireNonNull(file.getParent(), "the file lies in a directory");
    }

    Optional<String> get(String key) {
        return Optional.ofNullable(all().get(key));
    }

    /** Everything, by key; a copy. A damaged file counts as empty. */
    Map<String, String> all() {
        Map<String, String> values = new TreeMap<>();
        try {
            YamlText.read(file.toString(), Files.readString(file)).forEach((k, v) -> values.put(k, String.valueOf(v)));
        } catch (NoSuchFileException | IllegalArgumentException e) {
            return values;
        } catch (IOException e) {
            throw new UserException(ToolReason.STATE_UNUSABLE, file + ": " + e.getMessage(), e);
        }
        return values;
    }

    void put(String key, String value) {
        Map<String, String> values = all();
        values.put(key, value);
        write(values);
    }

    /** Whether there was such a key. */
    boolean remove(String key) {
        Map<String, String> values = all();
        boolean there = values.remove(key) != null;
        if (there) {
            write(values);
        }
        return there;
    }

    private void write(Map<String, String> values) {
        try {
            Files.createDirectories(directory());
            Path fresh = Files.createTempFile(directory(), ".state", ".new");
            Files.writeString(fresh, YamlText.write(new TreeMap<>(values)), StandardCharsets.UTF_8);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UserException(ToolReason.STATE_UNUSABLE, file + ": " + e.getMessage(), e);
        }
    }
}
