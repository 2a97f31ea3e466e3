package dev.kuar.progress;

import dev.kuar.error.UserException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A progress file as it was read.
 *
 * @param entries what could be read
 * @param damaged whether something couldn't be, other than a last line without its end
 */
record ProgressFile(List<Entry> entries, boolean damaged) {

    static ProgressFile read(Path file, EntryJson json) throws IOException {
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        boolean complete = text.isEmpty() || text.endsWith("\n");
        List<String> lines = text.lines().toList();
        List<Entry> entries = new ArrayList<>();
        boolean damaged = false;
        int version = -1;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.isBlank()) {
                continue;
            }
            Optional<Map<String, String>> fields = json.fields(line);
            boolean cutShort = i == lines.size() - 1 ? !complete : line.startsWith("{") && !line.endsWith("}");
            if (fields.isEmpty()) {
                damaged |= !cutShort;
                continue;
            }
            if (fields.get().containsKey("formatVersion")) {
                version = version(file, fields.get());
                continue;
            }
            EntryJson.entry(Migrations.toCurrent(version, fields.get())).ifPresent(entries::add);
        }
        return new ProgressFile(entries, damaged || (!lines.isEmpty() && version < 0));
    }

    /** Moves the file to a name of its own, and writes what could be read to a fresh one; returns the name. */
    Path setAside(Path file, Clock clock, EntryJson json) throws IOException {
        Path aside = file.resolveSibling(file.getFileName() + ".damaged-" + clock.millis());
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        try (FileChannel channel = ProgressStore.open(fresh)) {
            StringBuilder text = new StringBuilder(json.header()).append('\n');
            entries.forEach(entry -> text.append(json.line(entry)).append('\n'));
            ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.copy(file, aside, StandardCopyOption.COPY_ATTRIBUTES);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return aside;
    }

    private static int version(Path file, Map<String, String> header) {
        try {
            int version = Integer.parseInt(header.getOrDefault("formatVersion", ""));
            if (version > ProgressStore.FORMAT_VERSION) {
                throw UserException.saying(ProgressReason.PROGRESS_NEWER, "progress.newer", file);
            }
            return version;
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
