package dev.kuar.cli;

import dev.kuar.check.CheckLanguage;
import dev.kuar.check.Judge;
import dev.kuar.lesson.Course;
import dev.kuar.tutor.Proof;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Parses {@code kuar lesson test}; {@link Proof} does the work. */
@Command(
        name = "test",
        description = "Prove each step five ways on practice clusters of its own.",
        footer = {"  kuar lesson test", "  kuar lesson test first-look/list-nodes"})
final class LessonTestCommand implements Callable<Integer> {
    private final CommandContext context;

    @Mixin
    LessonsOption lessons = new LessonsOption();

    @Parameters(paramLabel = "LESSON[/STEP]", arity = "0..1", description = "Only this lesson, or this step.")
    String only = "";

    LessonTestCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InterruptedException {
        Course course = lessons.loadToRun(context);
        if (!only.isEmpty()) {
            LessonNames.find(course, only);
        }
        CheckLanguage language = new CheckLanguage();
        language.warm();
        Proof proof = new Proof(
                course,
                new Judge(language),
                context.host().stages(context),
                new ConsoleVoice(context::console),
                Proof.SIDE_BY_SIDE);
        return proof.prove(only.isEmpty() ? Optional.empty() : Optional.of(only)) ? 0 : 1;
    }
}
