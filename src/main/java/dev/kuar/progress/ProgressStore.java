package dev.kuar.progress;

import dev.kuar.error.UserException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a learner did, kept in {@code progress/log.jsonl}: one line an entry, appended and synced before a call returns.
 *
 * <p>Appending under a lock lets several shells share the file; each sees the others' entries when it asks. A last line
 * that a crash cut short is left out; anything else that can't be read makes the file be kept aside under another name,
 * and what could be read go on in a fresh one. The file is readable by its owner only. Safe for several threads.
 */
public final class ProgressStore {
    /** The name of the file in its folder. */
    public static final String FILE = "log.jsonl";

    static final int FORMAT_VERSION = 1;

    private final Path file;
    private final Clock clock;
    private final EntryJson json = new EntryJson();
    private final List<Entry> unwritten = new ArrayList<>();
    private Optional<Path> keptAside = Optional.empty();

    /** {@code folder} is made when the first entry is written. */
    public ProgressStore(Path folder, Clock clock) {
        this.file = folder.resolve(FILE);
        this.clock = clock;
    }

    /** Where the progress is kept. */
    public Path file() {
        return file;
    }

    /** The name under which a damaged file was kept, once after it happened. */
    public synchronized Optional<Path> takeKeptAside() {
        Optional<Path> told = keptAside;
        keptAside = Optional.empty();
        return told;
    }

    /**
     * Adds an entry, on disk when this returns.
     *
     * @throws UserException when it can't be written; it counts for this run all the same
     */
    public synchronized void record(Entry.Kind kind, String lesson, String step, String hash, String detail) {
        Entry entry = new Entry(clock.instant(), kind, lesson, step, hash, detail);
        try {
            append(json.line(entry));
        } catch (IOException e) {
            unwritten.add(entry);
            throw UserException.saying(ProgressReason.PROGRESS_NOT_WRITABLE, "progress.not-written", file)
                    .because(e);
        }
    }

    /** Where the learner is now, other shells' entries included. */
    public synchronized ProgressState state() {
        return new ProgressState(entries());
    }

    /** All entries, oldest first. */
    public synchronized List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        try {
            if (Files.exists(file)) {
                ProgressFile read = ProgressFile.read(file, json);
                if (read.damaged()) {
                    keptAside = Optional.of(read.setAside(file, clock, json));
                }
                entries.addAll(read.entries());
            }
        } catch (IOException e) {
            throw UserException.saying(ProgressReason.PROGRESS_NOT_WRITABLE, "progress.not-read", file)
                    .because(e);
        }
        entries.addAll(unwritten);
        return entries;
    }

    /** The progress as lines of JSON, for keeping elsewhere. */
    public String export() {
        StringBuilder text = new StringBuilder(json.header()).append('\n');
        entries().forEach(entry -> text.append(json.line(entry)).append('\n'));
        return text.toString();
    }

    private void append(String line) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        try (FileChannel channel = open(file);
                FileLock lock = channel.lock()) {
            StringBuilder text = new StringBuilder();
            if (channel.size() == 0) {
                text.append(json.header()).append('\n');
            } else if (!endsWithNewline(channel)) {
                text.append('\n');
            }
            text.append(line).append('\n');
            ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
            channel.position(channel.size());
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
            if (!lock.isValid()) {
                throw new IOException("the lock on " + file + " was lost");
            }
        }
    }

    static FileChannel open(Path file) throws IOException {
        Set<StandardOpenOption> options =
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? FileChannel.open(
                        file,
                        options,
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
                : FileChannel.open(file, options);
    }

    private static boolean endsWithNewline(FileChannel channel) throws IOException {
        ByteBuffer last = ByteBuffer.allocate(1);
        channel.read(last, channel.size() - 1);
        return last.get(0) == '\n';
    }
}
