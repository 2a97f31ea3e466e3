package dev.kuar.process;

import dev.kuar.error.UserException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/**
 * The folder in which kuar keeps its state: {@code KUAR_HOME}, else {@code ~/.kuar}.
 *
 * @param root absolute; need not exist until {@link #prepare}
 */
public record KuarHome(Path root) {

    public KuarHome {
        root = root.toAbsolutePath().normalize();
    }

    /** The home that the environment asks for. */
    public static KuarHome of(Map<String, String> environment) {
        String asked = environment.getOrDefault("KUAR_HOME", "");
        if (!asked.isEmpty()) {
            return new KuarHome(Path.of(asked));
        }
        String home = environment.getOrDefault("HOME", System.getProperty("user.home"));
        return new KuarHome(Path.of(home, ".kuar"));
    }

    /** kuar's own kubeconfig; the user's is never written. */
    public Path kubeconfig() {
        return root.resolve("kubeconfig");
    }

    public Path clusters() {
        return root.resolve("clusters");
    }

    public Path progress() {
        return root.resolve("progress");
    }

    public Path history() {
        return root.resolve("history");
    }

    public Path configuration() {
        return root.resolve("config.yaml");
    }

    /** Authorities of the practice clusters that live in memory only, by port, as long as they are served. */
    public Path serving() {
        return root.resolve("serving");
    }

    public Path logs() {
        return root.resolve("logs");
    }

    /**
     * Makes the folder, readable by its owner only, if it is not there.
     *
     * @throws UserException {@code home-not-writable} when that fails or when it cannot be written
     */
    public KuarHome prepare() {
        try {
            if (!Files.isDirectory(root)) {
                create();
            }
        } catch (IOException e) {
            throw UserException.saying(ProcessReason.HOME_NOT_WRITABLE, "process.home-not-made", root)
                    .because(e);
        }
        if (!Files.isWritable(root)) {
            throw UserException.saying(ProcessReason.HOME_NOT_WRITABLE, "process.home-read-only", root);
        }
        return this;
    }

    private void create() throws IOException {
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectories(
                    root, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(root);
        }
    }
}
