package dev.kuar.practice.controller;

import dev.kuar.practice.object.ApiException;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Does something many times in batches of 1, 2, 4 …, and no further batch once one has failed: a quota is not run against
 * many times over.
 *
 * @param done how often it succeeded
 * @param failure the first; null for none
 */
record SlowStart(long done, @Nullable ApiException failure) {
    /** @param action gets 0, 1, 2 … */
    static SlowStart run(long times, LongConsumer action) {
        long done = 0;
        long begun = 0;
        ApiException failure = null;
        for (long batch = 1; begun < times && failure == null; batch = 2 * batch) {
            for (long end = Math.min(times, begun + batch); begun < end; begun++) {
                try {
                    action.accept(begun);
                    done++;
                } catch (ApiException e) {
                    failure = failure == null ? e : failure;
                }
            }
        }
        return new SlowStart(done, failure);
    }
}
