package dev.kuar.cli;

import dev.kuar.lesson.Course;
import dev.kuar.lesson.Lesson;
import dev.kuar.output.SafeText;
import dev.kuar.output.Table;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Parses {@code kuar lesson list}. */
@Command(
        name = "list",
        description = "List the lessons and how many steps each has.",
        footer = {"  kuar lesson list", "  kuar lesson list --lang ko"})
final class LessonListCommand implements Callable<Integer> {
    private final CommandContext context;

    @Mixin
    LessonsOption lessons = new LessonsOption();

    LessonListCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Course course = lessons.load(context);
        String language = context.console().messages().language().code();
        Table table = Table.titled("LESSON", "STEPS", "MINUTES", "PROVIDER", "TITLE");
        for (Lesson lesson : course.lessons()) {
            String provider = lesson.provider() == null ? "-" : lesson.provider();
            String title = SafeText.of(lesson.titles().getOrDefault(language, ""));
            table.row(lesson.slug(), lesson.steps().size(), lesson.minutes(), provider, title);
        }
        if (context.invocation().terminal().outputIsTerminal()) {
            table.lines(context.console().columns()).forEach(context.console()::printLine);
        } else {
            context.console().print(table);
        }
        return 0;
    }
}
