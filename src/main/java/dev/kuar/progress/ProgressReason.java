package dev.kuar.progress;

import dev.kuar.error.Reason;

/** Why progress can't be kept. */
public enum ProgressReason implements Reason {
    PROGRESS_NOT_WRITABLE("progress-not-writable", 3),
    PROGRESS_NEWER("progress-newer", 3);

    private final String id;
    private final int exitCode;

    ProgressReason(String id, int exitCode) {
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
        return "progress.advice." + id;
    }
}
