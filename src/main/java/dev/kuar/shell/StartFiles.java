package dev.kuar.shell;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import org.jline.nativ.OSInfo;
import org.jline.utils.InfoCmp;

/**
 * Files that make a start fast: JLine's native library, unpacked, and what it knows of common terminals. They lie in the folder that
 * the property {@code library.jline.path} names; where there is none, JLine finds its own way.
 */
final class StartFiles {
    private static final List<String> TERMINALS = List.of("xterm", "xterm-256color", "screen", "screen-256color");

    private StartFiles() {}

    private static String folder() {
        return System.getProperty("library.jline.path", "");
    }

    /** Writes them, for the starts to come. */
    static void write() throws IOException {
        if (folder().isEmpty()) {
            return;
        }
        Path folder = Files.createDirectories(Path.of(folder()));
        String name = System.mapLibraryName("jlinenative");
        String resource = "/org/jline/nativ/" + OSInfo.getNativeLibFolderPathForCurrentOS() + "/" + name;
        try (InputStream in = StartFiles.class.getResourceAsStream(resource)) {
            if (in != null) {
                Files.copy(in, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        for (String type : TERMINALS) {
            String known = InfoCmp.getDefaultInfoCmp(type);
            if (known != null) {
                Files.writeString(folder.resolve(type + ".caps"), known, StandardCharsets.UTF_8);
            }
        }
    }

    /** What JLine knows of a terminal, in infocmp's form; empty where the training run did not write it. */
    static Optional<String> capabilities(String type) throws IOException {
        if (folder().isEmpty() || !TERMINALS.contains(type)) {
            return Optional.empty();
        }
        Path file = Path.of(folder(), type + ".caps");
        return Files.isRegularFile(file)
                ? Optional.of(Files.readString(file, StandardCharsets.UTF_8))
                : Optional.empty();
    }
}
