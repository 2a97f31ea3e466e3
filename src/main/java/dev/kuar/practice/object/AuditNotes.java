package dev.kuar.practice.object;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What admission wants an audit event to say about a request: annotations, of which the first by a name stays.
 *
 * <p>Thread-safe. {@link #NONE} forgets what it is told.
 */
public final class AuditNotes {
    /** What only events of level Request and above show begins so. */
    public static final String DETAILED = "patch.webhook.admission.k8s.io/";

    public static final AuditNotes NONE = new AuditNotes(false);

    private final boolean keeps;
    private final Map<String, String> notes = new LinkedHashMap<>();

    private AuditNotes(boolean keeps) {
        this.keeps = keeps;
    }

    public static AuditNotes empty() {
        return new AuditNotes(true);
    }

    public synchronized void add(String name, String value) {
        if (keeps) {
            notes.putIfAbsent(name, value);
        }
    }

    /** A copy in the order of noting. */
    public synchronized Map<String, String> all() {
        return new LinkedHashMap<>(notes);
    }
}
