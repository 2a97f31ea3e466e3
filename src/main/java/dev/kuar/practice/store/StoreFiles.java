package dev.kuar.practice.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** What a store asks of the file system beside its own reads and writes. */
final class StoreFiles {
    /** Less than what a write takes at least. */
    private static final long NO_ROOM = 64 * 1024;

    private StoreFiles() {}

    /** Lets only the owner read a file, where the file system knows owners. */
    static void makePrivate(Path file) throws IOException {
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
    }

    /** Makes the name of a new file, and of its folder, last over a loss of power; where folders cannot be synced, does nothing. */
    static void syncNames(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        for (int level = 0; level < 2 && folder != null; level++, folder = folder.getParent()) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            } catch (IOException unsupported) {
                return;
            }
        }
    }

    /** Renames a file so that nothing writes to it any more; returns where it is. */
    static Path setAside(Path file) throws IOException {
        for (int number = 1; ; number++) {
            Path aside = aside(file, number);
            if (!Files.exists(aside)) {
                return Files.move(file, aside);
            }
        }
    }

    /** Where a file is that was set aside last; the file itself where none was. */
    static Path lastAside(Path file) {
        Path last = file;
        for (int number = 1; Files.exists(aside(file, number)); number++) {
            last = aside(file, number);
        }
        return last;
    }

    private static Path aside(Path file, int number) {
        return file.resolveSibling(file.getFileName() + ".damaged" + (number == 1 ? "" : "-" + number));
    }

    /** What a failed read or write of a file is. */
    static StoreException failure(String what, Path file, Throwable failed) {
        boolean full = String.valueOf(deepest(failed).getMessage()).contains("No space left on device") || noRoom(file);
        return new StoreException(
                full ? StoreException.Kind.FULL : StoreException.Kind.FILE,
                "cannot " + what + " " + file + ": " + reason(failed),
                failed);
    }

    private static boolean noRoom(Path file) {
        try {
            FileStore disk = Files.getFileStore(file.toAbsolutePath().getParent());
            return disk.getUsableSpace() < NO_ROOM;
        } catch (IOException | SecurityException unknown) {
            return false;
        }
    }

    /** What the system said, beneath what others say of it. */
    static String reason(Throwable failure) {
        Throwable deepest = deepest(failure);
        if (deepest instanceof FileSystemException file && file.getReason() != null) {
            return file.getReason();
        }
        return String.valueOf(deepest.getMessage());
    }

    private static Throwable deepest(Throwable failure) {
        Throwable deepest = failure;
        while (deepest.getCause() != null && deepest.getCause() != deepest) {
            deepest = deepest.getCause();
        }
        return deepest;
    }
}
