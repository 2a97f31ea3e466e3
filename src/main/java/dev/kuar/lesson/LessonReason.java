package dev.kuar.lesson;

import dev.kuar.error.Reason;

/** Why a lesson can't be used. */
public enum LessonReason implements Reason {
    LESSON_SYNTAX("lesson-syntax", 1),
    LESSON_FILE_MISSING("lesson-file-missing", 1),
    NO_SUCH_LESSON("no-such-lesson", 2),
    LESSON_UNSAFE("lesson-unsafe", 2),
    NOTHING_TO_CLEAN("nothing-to-clean", 3),
    NOT_CLEANED("not-cleaned", 1);

    private final String id;
    private final int exitCode;

    LessonReason(String id, int exitCode) {
        this.id = id;
        this.exitCode = exitCode;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public int exitCode() {
        return exitCode;
    }

    @Override
    public String advice() {
        return "lesson.advice." + id;
    }
}
