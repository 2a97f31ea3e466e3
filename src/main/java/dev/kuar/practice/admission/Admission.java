package dev.kuar.practice.admission;

/** One admission plugin: it may change what is about to be stored, then everybody may refuse it. Thread-safe. */
public interface Admission {
    /** Changes {@code request.object()}, or refuses. */
    default void mutate(AdmissionRequest request) {}

    /** Refuses with an {@code ApiException}; changes nothing. */
    default void validate(AdmissionRequest request) {}

    /** Whether it is asked of connections too: exec, attach, port-forward, proxy. */
    default boolean seesConnections() {
        return false;
    }
}
