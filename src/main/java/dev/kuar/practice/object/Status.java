package dev.kuar.practice.object;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The answer of the API server to what it refuses, {@code kind: Status}.
 *
 * @param code the HTTP status code
 * @param reason the machine-readable reason, for instance {@code NotFound}; empty where Kubernetes leaves it out
 * @param message worded as Kubernetes words it
 * @param details the tree under {@code details}; empty means that the field is left out, except {@link #EMPTY_DETAILS}
 * @param continueToken where a list whose token is too old can go on, though not consistently; else empty
 */
public record Status(int code, String reason, String message, Map<String, Object> details, String continueToken) {
    /** Details that are served as {@code {}}, as generic refusals of the router have them; compared by identity. */
    public static final Map<String, Object> EMPTY_DETAILS = Collections.unmodifiableMap(new LinkedHashMap<>());

    /** One that says nothing of a list. */
    public Status(int code, String reason, String message, Map<String, Object> details) {
        this(code, reason, message, details, "");
    }

    /** A failure without details. */
    public static Status failure(int code, String reason, String message) {
        return new Status(code, reason, message, Map.of());
    }

    /** The object as served. */
    public Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("kind", "Status");
        tree.put("apiVersion", "v1");
        Map<String, Object> metadata = new LinkedHashMap<>();
        if (!continueToken.isEmpty()) {
            metadata.put("continue", continueToken);
        }
        tree.put("metadata", metadata);
        tree.put("status", code < 400 ? "Success" : "Failure");
        if (!message.isEmpty()) {
            tree.put("message", message);
        }
        if (!reason.isEmpty()) {
            tree.put("reason", reason);
        }
        if (details == EMPTY_DETAILS || !details.isEmpty()) {
            tree.put("details", details);
        }
        if (code >= 400 || code == 201) {
            tree.put("code", (long) code);
        }
        return tree;
    }
}
