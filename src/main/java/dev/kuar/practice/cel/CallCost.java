package dev.kuar.practice.cel;

import org.jspecify.annotations.Nullable;

/** What a call costs by itself, and how large what it answers is; null where nothing is known of that. */
record CallCost(Bounds cost, @Nullable Bounds size) {
    static final CallCost ONE = new CallCost(Bounds.exactly(1), null);
}
