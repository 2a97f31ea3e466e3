package dev.kuar.cli;

import dev.kuar.lesson.Course;
import dev.kuar.lesson.CourseLoader;
import dev.kuar.lesson.LessonSource;
import dev.kuar.process.Invocation;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** {@code --lessons DIR}: where lessons come from; without it those that come with kuar. */
final class LessonsOption {
    @Option(names = "--lessons", paramLabel = "DIR", description = "Take the lessons from this folder.")
    String folder = "";

    LessonSource source(CommandContext context) {
        Invocation invocation = context.invocation();
        if (!folder.isEmpty()) {
            return LessonSource.folder(invocation.directory().resolve(folder));
        }
        return LessonSource.bundled();
    }

    Course load(CommandContext context) {
        return new CourseLoader(source(context)).load();
    }

    /** The folder to write into: the one given, else {@code lessons} here. */
    Path writable(CommandContext context) {
        Path here = context.invocation().directory();
        return folder.isEmpty() ? here.resolve("lessons") : here.resolve(folder);
    }

    static boolean isCourse(Path folder) {
        return Files.isRegularFile(folder.resolve("course.yaml"));
    }
}
