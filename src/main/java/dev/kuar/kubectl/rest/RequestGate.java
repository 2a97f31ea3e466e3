package dev.kuar.kubectl.rest;

import java.util.Map;

/** Asked before each request whether it may be sent. */
@FunctionalInterface
public interface RequestGate {
    /** Lets everything pass. */
    RequestGate OPEN = (settings, method, path, headers) -> {};

    /**
     * Returns where the request may be sent.
     *
     * @param path with its query
     * @throws Failure with a Status where it may not
     */
    void check(ClientSettings settings, String method, String path, Map<String, String> headers);
}
