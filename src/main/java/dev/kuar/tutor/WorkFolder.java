package dev.kuar.tutor;

import dev.kuar.error.UserException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder that a lesson's lines work in; nothing outside it is read or written. */
final class WorkFolder {
    private static final long LARGEST = 1 << 20;

    private final Path root;

    WorkFolder(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    /** The text of a file; empty when it isn't there, isn't inside, or is larger than 1 MiB. */
    String text(String name) {
        Path file = root.resolve(name).normalize();
        try {
            if (!file.startsWith(root)
                    || !Files.isRegularFile(file)
                    || !file.toRealPath().startsWith(root.toRealPath())
                    || Files.size(file) > LARGEST) {
                return "";
            }
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    /** Writes a file that isn't there yet; one that is there is the learner's. */
    void put(String name, String text) {
        Path file = root.resolve(name).normalize();
        if (!file.startsWith(root) || Files.exists(file)) {
            return;
        }
        try {
            Files.createDirectories(file.getParent() == null ? root : file.getParent());
            Files.writeString(file, text, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw UserException.saying(TutorReason.WORK_FOLDER, "tutor.work-folder", file)
                    .because(e);
        }
    }

    /** Takes a file away that {@link #put} wrote. */
    void delete(String name) {
        try {
            Files.deleteIfExists(root.resolve(name).normalize());
        } catch (IOException e) {
            throw UserException.saying(TutorReason.WORK_FOLDER, "tutor.work-folder", name)
                    .because(e);
        }
    }
}
