package dev.kuar.lesson;

import dev.kuar.error.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where lessons are read from: a folder, or the ones that come with kuar. Names are relative, with {@code /}. */
public interface LessonSource {
    /** The text of a file, UTF-8; empty when there is no such file. Never leaves the folder. */
    Optional<String> find(String name);

    /** What to call a file in messages. */
    String place(String name);

    default String text(String name) {
        return find(name)
                .orElseThrow(() ->
                        UserException.saying(LessonReason.LESSON_FILE_MISSING, "lesson.file-missing", place(name)));
    }

    /** The lessons inside the program. */
    static LessonSource bundled() {
        return new LessonSource() {
            @Override
            public Optional<String> find(String name) {
                try (InputStream stream = LessonSource.class.getResourceAsStream("/lessons/" + name)) {
                    return stream == null
                            ? Optional.empty()
                            : Optional.of(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
                } catch (IOException e) {
                    throw UserException.saying(LessonReason.LESSON_FILE_MISSING, "lesson.file-unreadable", place(name))
                            .because(e);
                }
            }

            @Override
            public String place(String name) {
                return "lessons/" + name;
            }
        };
    }

    /** The lessons in a folder, which holds {@code course.yaml}. */
    static LessonSource folder(Path folder) {
        Path root = folder.toAbsolutePath().normalize();
        return new LessonSource() {
            @Override
            public Optional<String> find(String name) {
                Path file = root.resolve(name).normalize();
                if (!file.startsWith(root) || !Files.isRegularFile(file)) {
                    return Optional.empty();
                }
                try {
                    if (!file.toRealPath().startsWith(root.toRealPath())) {
                        return Optional.empty();
                    }
                    return Optional.of(Files.readString(file, StandardCharsets.UTF_8));
                } catch (IOException e) {
                    throw UserException.saying(LessonReason.LESSON_FILE_MISSING, "lesson.file-unreadable", place(name))
                            .because(e);
                }
            }

            @Override
            public String place(String name) {
                return folder.resolve(name).toString();
            }
        };
    }
}
