package dev.kuar.shell;

import dev.kuar.shell.language.Secrets;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.jline.reader.LineReader;
import org.jline.reader.impl.history.DefaultHistory;

/** The history of lines: secrets are masked before a line is kept, the file is readable by its owner only. */
final class SafeHistory extends DefaultHistory {
    private final List<String> lines;

    /** {@code lines} also gets each line, for the {@code history} program. */
    SafeHistory(List<String> lines) {
        this.lines = lines;
    }

    @Override
    public void attach(LineReader reader) {
        Object file = reader.getVariable(LineReader.HISTORY_FILE);
        if (file instanceof Path path) {
            makePrivate(path);
        }
        super.attach(reader);
    }

    @Override
    public void add(Instant time, String line) {
        String safe = Secrets.mask(line);
        if (!safe.isBlank()) {
            lines.add(safe);
        }
        super.add(time, safe);
    }

    private static void makePrivate(Path file) {
        try {
            if (!Files.exists(file)
                    && FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
        } catch (IOException e) {
            // Without a file the history lasts as long as the shell; JLine says what is wrong when it saves.
            return;
        }
    }
}
