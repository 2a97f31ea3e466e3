package dev.kuar.check;

import dev.kuar.error.Reason;

/** Why an expression can't be used. */
enum CheckReason implements Reason {
    EXPRESSION_INVALID("expression-invalid");

    private final String id;

    CheckReason(String id) {
        this.id = id;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public int exitCode() {
        return 1;
    }

    @Override
    public String advice() {
        return "check.advice." + id;
    }
}
