package dev.kuar.practice.auth;

import org.jspecify.annotations.Nullable;

/** Decides whether somebody may do something. Thread-safe. */
@FunctionalInterface
public interface Authorizer {
    /** The reason why it is allowed, perhaps empty; null where nothing allows it. */
    @Nullable
    String allows(Access access);
}
