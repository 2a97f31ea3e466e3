package dev.kuar.cli;

import dev.kuar.lesson.Course;
import dev.kuar.lesson.CourseLoader;
import dev.kuar.lesson.Lesson;
import dev.kuar.lesson.LessonSource;
import dev.kuar.lesson.Step;
import dev.kuar.output.Table;
import dev.kuar.progress.Entry;
import dev.kuar.progress.ProgressState;
import dev.kuar.progress.ProgressState.Standing;
import dev.kuar.progress.ProgressStore;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Parses {@code kuar progress [show | export | reset]}. */
@Command(
        name = "progress",
        description = "Show, export or forget what you have done in the lessons.",
        footer = {"  kuar progress", "  kuar progress export > progress.jsonl", "  kuar progress reset first-look"})
final class ProgressCommand implements Callable<Integer> {
    private enum Action {
        show,
        export,
        reset
    }

    private final CommandContext context;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "show|export|reset",
            description = "What to do; show without.")
    Action action = Action.show;

    @Parameters(index = "1", arity = "0..1", paramLabel = "LESSON", description = "For reset: only this lesson.")
    String lesson = "";

    ProgressCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        ProgressStore store = new ProgressStore(context.host().home().progress(), Clock.systemUTC());
        switch (action) {
            case show -> show(store);
            case export -> context.console().output().print(store.export());
            case reset -> {
                if (!lesson.isEmpty()) {
                    LessonNames.find(course(), lesson);
                }
                store.record(Entry.Kind.RESET, lesson, "", "", "");
                context.console().say("progress.reset");
            }
        }
        store.takeKeptAside().ifPresent(aside -> context.console().note("tutor.progress-kept-aside", aside));
        return 0;
    }

    private void show(ProgressStore store) {
        ProgressState state = store.state();
        int passed = 0;
        int total = 0;
        Table table = Table.titled("LESSON", "PASSED", "SKIPPED", "TO REVIEW", "STEPS");
        for (Lesson each : course().lessons()) {
            Map<Standing, Integer> counts = new EnumMap<>(Standing.class);
            for (Step step : each.steps()) {
                counts.merge(state.standing(each, step), 1, Integer::sum);
            }
            passed += counts.getOrDefault(Standing.PASSED, 0);
            total += each.steps().size();
            table.row(
                    each.slug(),
                    counts.getOrDefault(Standing.PASSED, 0),
                    counts.getOrDefault(Standing.SKIPPED, 0),
                    counts.getOrDefault(Standing.TO_REVIEW, 0),
                    each.steps().size());
        }
        context.console().print(table);
        context.console().say("tutor.progress", passed, total);
    }

    private static Course course() {
        return new CourseLoader(LessonSource.bundled()).load();
    }
}
