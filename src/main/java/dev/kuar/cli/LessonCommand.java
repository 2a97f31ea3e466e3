package dev.kuar.cli;

import picocli.CommandLine.Command;

/** Parses {@code kuar lesson}, whose subcommands do the work. */
@Command(
        name = "lesson",
        description = "List, check, prove and write lessons; clean up after them.",
        subcommands = {
            LessonListCommand.class,
            LessonLintCommand.class,
            LessonTestCommand.class,
            LessonCleanCommand.class,
            LessonNewCommand.class,
            LessonPreviewCommand.class,
            LessonPackCommand.class,
            LessonInstallCommand.class
        },
        footer = {"  kuar lesson list", "  kuar lesson lint --lessons my-lessons", "  kuar lesson test first-look"})
final class LessonCommand {}
