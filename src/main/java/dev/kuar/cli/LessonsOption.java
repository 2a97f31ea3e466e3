package dev.kuar.cli;

import dev.kuar.check.CheckLanguage;
import dev.kuar.error.UserException;
import dev.kuar.lesson.Course;
import dev.kuar.lesson.CourseLoader;
import dev.kuar.lesson.Finding;
import dev.kuar.lesson.LessonReason;
import dev.kuar.lesson.LessonSource;
import dev.kuar.lesson.Linter;
import dev.kuar.process.Invocation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

    /**
     * Loads lessons that are going to be run.
     *
     * @throws UserException when one from a folder would do what no lesson may; those that come with kuar are tested
     */
    Course loadToRun(CommandContext context) {
        Course course = load(context);
        if (!folder.isEmpty()) {
            List<Finding> dangers = new Linter(new CheckLanguage()).dangers(course);
            if (!dangers.isEmpty()) {
                Finding first = dangers.get(0);
                String text = context.console()
                        .messages()
                        .text(first.key(), first.arguments().toArray());
                throw UserException.saying(
                        LessonReason.LESSON_UNSAFE, "lesson.unsafe", dangers.size(), first.place() + ": " + text);
            }
        }
        return course;
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
