package dev.kuar.cli;

import dev.kuar.error.Fault;
import dev.kuar.error.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Parses {@code kuar lesson new}: a folder to begin with, that lint has nothing against. */
@Command(
        name = "new",
        description = "Make a folder for a new lesson, in two languages, to begin with.",
        footer = {"  kuar lesson new services --lessons my-lessons"})
final class LessonNewCommand implements Callable<Integer> {
    private final CommandContext context;

    @Mixin
    LessonsOption lessons = new LessonsOption();

    @Parameters(paramLabel = "SLUG", description = "Its name in kebab-case.")
    String slug = "";

    LessonNewCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (!slug.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
            throw UserException.saying(Fault.USAGE, "lesson.bad-slug", slug);
        }
        Path root = lessons.writable(context);
        Path folder = root.resolve(slug);
        if (Files.exists(folder)) {
            throw UserException.saying(Fault.FILE, "lesson.exists", folder);
        }
        try {
            Files.createDirectories(folder.resolve("setup"));
            for (String file : List.of("lesson.yaml", "en.md", "ko.md")) {
                Files.writeString(folder.resolve(file), template(file), StandardCharsets.UTF_8);
            }
            if (!LessonsOption.isCourse(root)) {
                Files.writeString(
                        root.resolve("course.yaml"),
                        "formatVersion: 1\ntitle: {en: My course, ko: 나의 코스}\nlessons:\n  - " + slug + "\n",
                        StandardCharsets.UTF_8);
            } else {
                context.console().say("lesson.add-to-course", slug, root.resolve("course.yaml"));
            }
        } catch (IOException e) {
            throw UserException.saying(Fault.FILE, "lesson.not-written", folder).because(e);
        }
        context.console().say("lesson.made", folder);
        return 0;
    }

    private String template(String file) throws IOException {
        try (InputStream in = LessonNewCommand.class.getResourceAsStream("/templates/lesson/" + file)) {
            if (in == null) {
                throw new IOException("/templates/lesson/" + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("SLUG", slug);
        }
    }
}
