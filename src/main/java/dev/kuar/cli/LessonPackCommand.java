package dev.kuar.cli;

import dev.kuar.check.CheckLanguage;
import dev.kuar.error.Fault;
import dev.kuar.error.UserException;
import dev.kuar.lesson.Linter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Parses {@code kuar lesson pack}: a course that lint has nothing against, as one zip file. */
@Command(
        name = "pack",
        description = "Put a folder of lessons into one zip file, for 'kuar lesson install'.",
        footer = {"  kuar lesson pack my-lessons.zip --lessons my-lessons"})
final class LessonPackCommand implements Callable<Integer> {
    private final CommandContext context;

    @Mixin
    LessonsOption lessons = new LessonsOption();

    @Parameters(paramLabel = "FILE", description = "The zip file to write.")
    String file = "";

    LessonPackCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Path root = lessons.writable(context);
        int findings = new Linter(new CheckLanguage())
                .lint(new dev.kuar.lesson.CourseLoader(dev.kuar.lesson.LessonSource.folder(root)).load(), false)
                .size();
        if (findings > 0) {
            throw UserException.saying(Fault.USAGE, "lesson.not-clean", findings);
        }
        Path target = context.invocation().directory().resolve(file);
        try (Stream<Path> walk = Files.walk(root);
                ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(target))) {
            List<Path> files = walk.filter(Files::isRegularFile)
                    .filter(f -> !f.equals(target))
                    .sorted()
                    .toList();
            for (Path each : files) {
                zip.putNextEntry(new ZipEntry(root.relativize(each).toString().replace('\\', '/')));
                Files.copy(each, zip);
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw UserException.saying(Fault.FILE, "lesson.not-written", target).because(e);
        }
        context.console().say("lesson.made", target);
        return 0;
    }
}
