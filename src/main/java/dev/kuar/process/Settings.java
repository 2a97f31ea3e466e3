package dev.kuar.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a learner has chosen for good, in {@code config.yaml}: one {@code name: value} a line. Read by its lines, because a YAML
 * parser costs more than all of a start; lines that it does not know stay as they are.
 */
public final class Settings {
    private final Path file;

    public Settings(Path file) {
        this.file = file;
    }

    /** The value of a setting; empty where it was not chosen or the file cannot be read. */
    public Optional<String> value(String name) {
        return lines().stream()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    /** Keeps a choice. */
    public void keep(String name, String value) throws IOException {
        List<String> lines = new ArrayList<>(lines());
        lines.removeIf(line -> line.startsWith(name + ":"));
        lines.add(name + ": " + value);
        PrivateFile.write(file, String.join("\n", lines) + "\n");
    }

    private List<String> lines() {
        try {
            return Files.isRegularFile(file) ? Files.readAllLines(file, StandardCharsets.UTF_8) : List.of();
        } catch (IOException e) {
            // What can't be read was not chosen.
            return List.of();
        }
    }
}
