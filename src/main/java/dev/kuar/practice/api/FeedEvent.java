package dev.kuar.practice.api;

import org.jspecify.annotations.Nullable;

/** One change of one object: {@code old} is null when it was created, {@code now} is null when it was removed. */
record FeedEvent(
        long revision, @Nullable Stored old, @Nullable Stored now) {}
