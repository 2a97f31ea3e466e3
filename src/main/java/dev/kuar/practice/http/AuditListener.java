package dev.kuar.practice.http;

import dev.kuar.practice.object.KubeObject;

/** Hears of every request that came over the wire, once it is answered. */
@FunctionalInterface
public interface AuditListener {
    /** Nobody. */
    AuditListener NONE = event -> {};

    /**
     * Takes one {@code audit.k8s.io/v1} Event: verb, requestURI, user, userAgent, objectRef, responseStatus, stage
     * ResponseComplete (of watches and streams ResponseStarted). Called on the request's thread: be quick.
     */
    void heard(KubeObject event);
}
