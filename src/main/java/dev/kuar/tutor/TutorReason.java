package dev.kuar.tutor;

import dev.kuar.error.Reason;

/** Why the tutor can't go on. */
public enum TutorReason implements Reason {
    WORK_FOLDER("work-folder", 3),
    NO_SUCH_STEP("no-such-step", 2),
    SETUP("setup", 3),
    UNSAFE_VALUE("unsafe-value", 1),
    NO_LESSON("no-lesson", 2);

    private final String id;
    private final int exitCode;

    TutorReason(String id, int exitCode) {
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
        return "tutor.advice." + id;
    }
}
