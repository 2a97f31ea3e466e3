package dev.kuar.practice;

import dev.kuar.practice.PracticeClusters.Credentials;
import dev.kuar.practice.pki.SpareKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The directories of the clusters that last, one folder each. Reads and writes files; starts nothing. */
final class ClusterFolders {
    private static final int TRIES = 100;

    private static final String SPARE = ".keys";

    private final Path directory;

    /** @param directory made when the first cluster is */
    ClusterFolders(Path directory) {
        this.directory = directory;
    }

    List<ClusterRecord> list() {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(directory)) {
            return folders.map(ClusterRecordFile::read)
                    .flatMap(Optional::stream)
                    .toList();
        } catch (IOException unreadable) {
            throw new ClusterException(
                    ClusterException.Kind.FILES, "cannot read " + directory + ": " + unreadable.getMessage());
        }
    }

    Optional<ClusterRecord> find(String name) {
        return ClusterRecordFile.read(of(name));
    }

    void keep(ClusterRecord cluster) {
        ClusterRecordFile.write(of(cluster.name()), cluster);
    }

    Path of(String name) {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) {
            throw new ClusterException(
                    ClusterException.Kind.NAME,
                    "a cluster's name has letters, digits, dots and dashes, not '" + name + "'");
        }
        return directory.resolve(name);
    }

    SpareKeys spareKeys() {
        return new SpareKeys(Optional.of(directory.resolve(SPARE)));
    }

    /** What is in the cluster's directory, whoever runs it. */
    Credentials credentials(ClusterRecord cluster) {
        Path keys = of(cluster.name()).resolve("pki");
        try {
            return new Credentials(
                    "https://127.0.0.1:" + cluster.port(),
                    Files.readString(keys.resolve("ca.crt")),
                    Files.readString(keys.resolve("admin.crt")),
                    Files.readString(keys.resolve("admin.key")));
        } catch (IOException missing) {
            throw new ClusterException(
                    ClusterException.Kind.FILES,
                    "the keys of " + cluster.name() + " cannot be read: " + missing.getMessage());
        }
    }

    /** Removes what a cluster that could not be made has left. */
    void undo(ClusterException why, String name, Optional<Path> folder) {
        try {
            folder.filter(Files::exists).ifPresent(there -> erase(name));
        } catch (ClusterException stuck) {
            why.addSuppressed(stuck);
        }
    }

    /** Removes a cluster's directory; the record first, so that what is left of an erasure cut short is no cluster. */
    void erase(String name) {
        Path folder = of(name);
        try {
            Files.deleteIfExists(folder.resolve(ClusterRecordFile.NAME));
            // A store that is closing may write once more while the folder is walked.
            for (int i = 0; i < TRIES && Files.exists(folder); i++) {
                eraseFiles(folder, i == TRIES - 1);
            }
        } catch (IOException stuck) {
            throw new ClusterException(
                    ClusterException.Kind.FILES, "cannot delete " + folder + ": " + stuck.getMessage());
        }
    }

    private static void eraseFiles(Path folder, boolean last) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException changing) {
            if (last) {
                throw changing;
            }
        }
    }
}
