package dev.kuar.practice.http;

import dev.kuar.practice.object.KubeObject;
import java.util.Optional;

/** Hears of every request that came over the wire, once it is answered. */
@FunctionalInterface
public interface AuditListener {
    /** What the names of annotations begin with that upstream's events don't have. */
    String PREFIX = "practice.kuar.dev/";
    /** The annotation with the session of the kubectl that asked, a UUID. */
    String SESSION = PREFIX + "kubectl-session";
    /** The annotation with its command: {@code kubectl rollout status}. */
    String COMMAND = PREFIX + "kubectl-command";
    /** The annotation with the kind of the resource that was asked for; empty where there is none. */
    String KIND = PREFIX + "kind";

    /** Nobody. */
    AuditListener NONE = event -> {};

    /**
     * Takes one {@code audit.k8s.io/v1} Event: verb, requestURI, user, userAgent, objectRef, responseStatus, stage
     * ResponseComplete (of watches and streams ResponseStarted). Called on the request's thread: be quick.
     */
    void heard(KubeObject event);

    /** Whether it would do anything with what it hears. */
    default boolean isListening() {
        return this != NONE;
    }

    /** What is written to a file of which requests; empty where nobody said so. */
    default Optional<AuditPolicy> policy() {
        return Optional.empty();
    }

    /** Takes an event that {@link #policy} asks for, at its stage and level. Called on any thread: be quick. */
    default void written(KubeObject event) {}

    /**
     * Whether it also wants, of requests that a kubectl made, an event of stage RequestReceived and in the later one, of level
     * RequestResponse, the {@code responseObject} that was answered in JSON.
     */
    default boolean wantsResponses() {
        return false;
    }
}
