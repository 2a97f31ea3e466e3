package dev.kuar.practice.api;

import dev.kuar.practice.object.Statuses;
import dev.kuar.practice.time.ClusterClock;
import java.time.Duration;

/** Waits for revisions that clients know and the store does not have yet. */
final class Freshness {
    private static final Duration WAIT = Duration.ofSeconds(3);
    private static final int STEPS = 30;

    private Freshness() {}

    /** @throws dev.kuar.practice.object.ApiException 504 where the revision is not there after three seconds */
    static void await(Storage storage, ClusterClock clock, long revision) {
        for (int step = 0; revision > storage.store().revision(); step++) {
            if (step == STEPS) {
                throw Statuses.tooLargeResourceVersion(revision, storage.store().revision());
            }
            try {
                clock.sleep(WAIT.dividedBy(STEPS));
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                throw Statuses.tooLargeResourceVersion(revision, storage.store().revision());
            }
        }
    }
}
