package dev.kuar.practice.api;

/**
 * One line of a watch.
 *
 * @param type {@code ADDED}, {@code MODIFIED}, {@code DELETED}, {@code BOOKMARK} (kind, apiVersion and resourceVersion
 *     only) or {@code ERROR} (a Status)
 */
public record WatchEvent(Type type, Served object) {
    /** The types of upstream's watch events; the name is what is sent. */
    public enum Type {
        ADDED,
        MODIFIED,
        DELETED,
        BOOKMARK,
        ERROR
    }
}
