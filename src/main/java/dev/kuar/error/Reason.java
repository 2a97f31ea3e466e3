package dev.kuar.error;

/**
 * Why something failed, in a form that a user can act on: a stable id, an exit code and an advice.
 *
 * <p>Feature packages declare their own enums that implement this, so that each reason stands beside what raises it.
 */
public interface Reason {
    /** The stable id in kebab-case, for instance {@code cluster-unreachable}; never translated. */
    String id();

    /** The exit code: 1 failed, 2 usage, 3 environment, 4 a fault of kuar's own. */
    int exitCode();

    /** The message key of the advice ("what to do next"); looked up in the language of the session. */
    String advice();
}
