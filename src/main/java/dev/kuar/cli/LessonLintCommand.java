package dev.kuar.cli;

import dev.kuar.check.CheckLanguage;
import dev.kuar.lesson.Course;
import dev.kuar.lesson.Finding;
import dev.kuar.lesson.Lesson;
import dev.kuar.lesson.Linter;
import dev.kuar.output.SafeText;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Parses {@code kuar lesson lint}; {@link Linter} does the work. */
@Command(
        name = "lint",
        description = "Say what is wrong with lessons, without a cluster.",
        footer = {"  kuar lesson lint", "  kuar lesson lint first-look --lessons my-lessons"})
final class LessonLintCommand implements Callable<Integer> {
    private final CommandContext context;

    @Mixin
    LessonsOption lessons = new LessonsOption();

    @Parameters(paramLabel = "SLUG", arity = "0..*", description = "Only these lessons; without, the whole course.")
    List<String> slugs = new ArrayList<>();

    LessonLintCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Linter linter = new Linter(new CheckLanguage());
        Course course = lessons.load(context);
        List<Lesson> chosen = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        if (slugs.isEmpty()) {
            chosen.addAll(course.lessons());
            findings.addAll(linter.lint(course, lessons.folder.isEmpty()));
        } else {
            slugs.forEach(slug -> chosen.add(LessonNames.find(course, slug)));
            chosen.forEach(lesson -> findings.addAll(linter.lint(lesson)));
        }
        findings.forEach(this::print);
        if (findings.isEmpty()) {
            int steps = chosen.stream().mapToInt(l -> l.steps().size()).sum();
            int checks = chosen.stream()
                    .flatMap(l -> l.steps().stream())
                    .mapToInt(s -> s.checks().size())
                    .sum();
            context.console().say("lint.clean", chosen.size(), steps, checks);
            return 0;
        }
        context.console().say("lint.found", findings.size(), chosen.size());
        return 1;
    }

    private void print(Finding finding) {
        Object[] arguments = finding.arguments().toArray();
        String text = context.console().messages().text(finding.key(), arguments);
        context.console().printLine(SafeText.of(finding.place() + ": " + text));
        if (!finding.excerpt().isEmpty()) {
            context.console().printLine(SafeText.of(finding.excerpt()));
        }
    }
}
