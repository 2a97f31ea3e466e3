package dev.kuar.practice;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** {@code node-names} in a cluster's directory: the name that its nodes are called by, where it was restored under another. */
final class NodeNames {
    static final String FILE = "node-names";

    private NodeNames() {}

    static String of(ClusterSpec spec) throws IOException {
        Optional<Path> file = spec.directory().map(directory -> directory.resolve(FILE));
        return file.isPresent() && Files.exists(file.get())
                ? Files.readString(file.get()).strip()
                : spec.name();
    }
}
