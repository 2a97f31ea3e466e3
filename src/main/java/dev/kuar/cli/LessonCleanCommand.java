package dev.kuar.cli;

import dev.kuar.error.UserException;
import dev.kuar.kube.ReadException;
import dev.kuar.lesson.Course;
import dev.kuar.lesson.LessonReason;
import dev.kuar.output.SafeText;
import dev.kuar.output.Table;
import dev.kuar.tutor.Leftovers;
import dev.kuar.tutor.Leftovers.Left;
import dev.kuar.tutor.Surroundings;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Parses {@code kuar lesson clean}; {@link Leftovers} does the work. */
@Command(
        name = "clean",
        description = "Delete what the lessons made on the current practice cluster, and print a receipt.",
        footer = {"  kuar lesson clean --dry-run", "  kuar lesson clean"})
final class LessonCleanCommand implements Callable<Integer> {
    private final CommandContext context;

    @Mixin
    LessonsOption lessons = new LessonsOption();

    @Option(names = "--dry-run", description = "Only list what would be deleted.")
    boolean dryRun;

    LessonCleanCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InterruptedException {
        Course course = lessons.load(context);
        Surroundings around = context.host().surroundings();
        Surroundings.Current current = around.current()
                .orElseThrow(() -> UserException.saying(LessonReason.NOTHING_TO_CLEAN, "lesson.no-cluster"));
        if (!current.practice() && !dryRun) {
            throw UserException.saying(LessonReason.NOTHING_TO_CLEAN, "lesson.not-practice", current.name());
        }
        try {
            return clean(course, new Leftovers(around, current.view()), current.name());
        } catch (ReadException failed) {
            throw UserException.saying(
                    LessonReason.NOTHING_TO_CLEAN,
                    "lesson.clean-failed",
                    current.name(),
                    String.valueOf(failed.getMessage()));
        }
    }

    private int clean(Course course, Leftovers leftovers, String cluster) throws InterruptedException {
        List<Left> found = leftovers.find(course);
        if (found.isEmpty()) {
            context.console().say("lesson.nothing-left", cluster);
            return 0;
        }
        List<Left> held = dryRun ? List.of() : leftovers.delete(found);
        Table receipt = Table.titled("KIND", "NAMESPACE", "NAME", "UID", "");
        for (Left each : found) {
            String namespace = each.target().namespace();
            receipt.row(
                    each.target().kind(),
                    namespace.isEmpty() ? "-" : namespace,
                    SafeText.of(each.target().name()),
                    SafeText.of(each.uid()),
                    dryRun ? "left" : held.contains(each) ? "held" : "deleted");
        }
        context.console().print(receipt);
        if (!held.isEmpty()) {
            throw UserException.saying(LessonReason.NOT_CLEANED, "lesson.held", held.size());
        }
        context.console().say(dryRun ? "lesson.would-clean" : "lesson.cleaned", found.size(), cluster);
        return 0;
    }
}
