package dev.kuar.shell.program;

import dev.kuar.process.Invocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** {@code ls [-a] [-l] [-1] [FILE…]}: one name a line, sorted. */
final class LsProgram extends Filter {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneId.of("UTC"));

    @Override
    int filter(Invocation invocation) throws IOException {
        Options options = Options.parse(invocation.arguments(), "al1Fh");
        List<String> names = options.operands().isEmpty() ? List.of(".") : options.operands();
        for (String name : names) {
            Path file = invocation.directory().resolve(name);
            if (!Files.exists(file)) {
                throw new NoSuchFileException(name);
            }
            if (!Files.isDirectory(file)) {
                print(invocation, line(file, name, options.has('l')));
                continue;
            }
            if (names.size() > 1) {
                print(invocation, name + ":");
            }
            try (Stream<Path> inside = Files.list(file)) {
                for (Path child : inside.sorted().toList()) {
                    String childName = String.valueOf(child.getFileName());
                    if (options.has('a') || !childName.startsWith(".")) {
                        print(invocation, line(child, childName, options.has('l')));
                    }
                }
            }
        }
        return 0;
    }

    private static String line(Path file, String name, boolean details) throws IOException {
        if (!details) {
            return name;
        }
        boolean posix = Files.getFileStore(file).supportsFileAttributeView("posix");
        String mode = posix ? PosixFilePermissions.toString(Files.getPosixFilePermissions(file)) : "rw-------";
        return String.format(
                "%s%s %10d %s %s",
                Files.isDirectory(file) ? "d" : "-",
                mode,
                Files.size(file),
                TIME.format(Files.getLastModifiedTime(file).toInstant()),
                name);
    }
}
