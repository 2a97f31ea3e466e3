package dev.kuar.cli;

import dev.kuar.lesson.Course;
import dev.kuar.lesson.Lesson;
import dev.kuar.lesson.ReasonText;
import dev.kuar.lesson.Step;
import dev.kuar.lesson.StepText;
import dev.kuar.output.Console;
import dev.kuar.output.SafeText;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Parses {@code kuar lesson preview}: the texts of a lesson as the learner sees them, variables left as they are. */
@Command(
        name = "preview",
        description = "Print the texts of a lesson as the learner sees them.",
        footer = {"  kuar lesson preview first-look --lang ko"})
final class LessonPreviewCommand implements Callable<Integer> {
    private final CommandContext context;

    @Mixin
    LessonsOption lessons = new LessonsOption();

    @Parameters(paramLabel = "LESSON[/STEP]", description = "The lesson, or one step of it.")
    String reference = "";

    LessonPreviewCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Course course = lessons.load(context);
        Lesson lesson = LessonNames.find(course, reference);
        Console out = context.console();
        String language = out.messages().language().code();
        int slash = reference.indexOf('/');
        if (slash < 0) {
            heading(lesson.titles().getOrDefault(language, lesson.slug()));
            out.markdown(lesson.text(language).introduction());
        }
        for (Step step : lesson.steps()) {
            if (slash < 0 || step.id().equals(reference.substring(slash + 1))) {
                print(lesson.text(language, step));
            }
        }
        return 0;
    }

    private void print(StepText text) {
        heading(text.title());
        part("", text.body());
        part("tutor.task", text.task());
        part("tutor.question", text.question());
        for (int i = 0; i < text.hints().size(); i++) {
            context.console().say("tutor.hint", i + 1, text.hints().size());
            context.console().markdown(text.hints().get(i));
        }
        text.conditional().forEach((id, hint) -> part(id, hint));
        for (Map.Entry<String, ReasonText> reason : text.reasons().entrySet()) {
            part(
                    reason.getKey(),
                    reason.getValue().what() + "\n\n" + reason.getValue().tryNext());
        }
        part("tutor.passed", text.debrief());
        text.drift().values().forEach(drift -> part("tutor.drift", drift));
    }

    private void heading(String text) {
        context.console().printLine("");
        context.console().printLine(context.console().palette().bold(SafeText.of(text)));
    }

    private void part(String key, String markdown) {
        if (markdown.isBlank()) {
            return;
        }
        if (!key.isEmpty()) {
            context.console().printLine("");
            context.console().say(key);
        }
        context.console().markdown(markdown);
    }
}
