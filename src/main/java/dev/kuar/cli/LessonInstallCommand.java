package dev.kuar.cli;

import dev.kuar.check.CheckLanguage;
import dev.kuar.error.Fault;
import dev.kuar.error.UserException;
import dev.kuar.lesson.CourseLoader;
import dev.kuar.lesson.LessonSource;
import dev.kuar.lesson.Linter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Parses {@code kuar lesson install}: unpacks a zip file of lessons into {@code KUAR_HOME/lessons/}, if lint has nothing
 * against them.
 *
 * <p>The file is untrusted: at most 1,000 files and 10 MiB, and none outside the folder.
 */
@Command(
        name = "install",
        description = "Unpack a zip file of lessons that lint has nothing against.",
        footer = {"  kuar lesson install my-lessons.zip", "  kuar learn --lessons ~/.kuar/lessons/my-lessons"})
final class LessonInstallCommand implements Callable<Integer> {
    private static final int MOST_FILES = 1_000;
    private static final long MOST_BYTES = 10L << 20;

    private final CommandContext context;

    @Parameters(paramLabel = "FILE", description = "A zip file that 'kuar lesson pack' made.")
    String file = "";

    LessonInstallCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Path zip = context.invocation().directory().resolve(file);
        String name = String.valueOf(zip.getFileName()).replaceFirst("\\.zip$", "");
        Path home = context.host().home().prepare().root().resolve("lessons");
        Path target = home.resolve(name);
        if (Files.exists(target)) {
            throw UserException.saying(Fault.FILE, "lesson.exists", target);
        }
        try {
            Files.createDirectories(home);
            Path fresh = Files.createTempDirectory(home, ".new-");
            try {
                unpack(zip, fresh);
                int findings = new Linter(new CheckLanguage())
                        .lint(new CourseLoader(LessonSource.folder(fresh)).load(), false)
                        .size();
                if (findings > 0) {
                    throw UserException.saying(Fault.USAGE, "lesson.not-clean", findings);
                }
                Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                delete(fresh);
            }
        } catch (IOException e) {
            throw UserException.saying(Fault.FILE, "lesson.not-written", target).because(e);
        }
        context.console().say("lesson.made", target);
        return 0;
    }

    private static void unpack(Path zip, Path folder) throws IOException {
        int files = 0;
        long bytes = 0;
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                Path file = folder.resolve(entry.getName()).normalize();
                if (!file.startsWith(folder) || ++files > MOST_FILES) {
                    throw new IOException(entry.getName() + " doesn't belong into a course");
                }
                if (entry.isDirectory()) {
                    continue;
                }
                byte[] content = in.readNBytes((int) (MOST_BYTES - bytes) + 1);
                bytes += content.length;
                if (bytes > MOST_BYTES) {
                    throw new IOException("more than " + MOST_BYTES + " bytes");
                }
                Files.createDirectories(file.getParent() == null ? folder : file.getParent());
                Files.write(file, content);
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> walk = Files.walk(folder)) {
                List<Path> all = walk.sorted(Comparator.reverseOrder()).toList();
                for (Path each : all) {
                    Files.delete(each);
                }
            }
        }
    }
}
