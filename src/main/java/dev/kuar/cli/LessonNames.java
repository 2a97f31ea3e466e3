package dev.kuar.cli;

import dev.kuar.error.UserException;
import dev.kuar.lesson.Course;
import dev.kuar.lesson.Lesson;
import dev.kuar.lesson.LessonReason;

/** Finds lessons by what was typed. */
final class LessonNames {
    private LessonNames() {}

    /** The lesson before the slash of {@code LESSON[/STEP]}; both have to be there. */
    static Lesson find(Course course, String reference) {
        int slash = reference.indexOf('/');
        String slug = slash < 0 ? reference : reference.substring(0, slash);
        Lesson lesson = course.lesson(slug)
                .orElseThrow(() -> UserException.saying(LessonReason.NO_SUCH_LESSON, "lesson.no-such-lesson", slug));
        if (slash >= 0 && lesson.step(reference.substring(slash + 1)).isEmpty()) {
            throw UserException.saying(
                    LessonReason.NO_SUCH_LESSON, "lesson.no-such-step", slug, reference.substring(slash + 1));
        }
        return lesson;
    }
}
