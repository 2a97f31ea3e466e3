package dev.kuar.practice.http;

import dev.kuar.practice.schema.Ago;
import dev.kuar.practice.schema.HumanDuration;
import java.time.Instant;

/** Ages as they are at one moment; keeps the last one's words, for neighbours are often as old. Not thread-safe. */
final class Ages {
    private final Instant now;
    private long seconds = Long.MIN_VALUE;
    private String words = "";

    Ages(Instant now) {
        this.now = now;
    }

    String of(Ago ago) {
        long passed = ago.secondsAt(now);
        if (passed != seconds) {
            seconds = passed;
            words = HumanDuration.ofSeconds(passed);
        }
        return ago.before().isEmpty() && ago.after().isEmpty() ? words : ago.before() + words + ago.after();
    }
}
