package dev.kuar.practice.object;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
    private volatile boolean wantsObject;
    private @Nullable Map<String, Object> object;

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

    /** Says that the object of the request is wanted too. */
    public void wantObject() {
        wantsObject = true;
    }

    public boolean wantsObject() {
        return wantsObject;
    }

    /** Notes the object of the request as it was understood; nobody changes it afterwards. */
    public synchronized void object(Map<String, Object> tree) {
        if (object == null) {
            object = tree;
        }
    }

    /** Null where none was noted. */
    public synchronized @Nullable Map<String, Object> object() {
        return object;
    }

    /** A copy in the order of noting. */
    public synchronized Map<String, String> all() {
        return new LinkedHashMap<>(notes);
    }
}
