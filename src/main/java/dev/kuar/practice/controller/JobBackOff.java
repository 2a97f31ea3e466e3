package dev.kuar.practice.controller;

import dev.kuar.practice.object.KubeObject;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How long jobs wait before they replace pods that failed: 10 s after the first failure, twice as long after each further one
 * without a success between, at most 10 minutes. Thread-safe.
 */
final class JobBackOff {
    private static final long FIRST = 10;
    private static final long LONGEST = 600;

    /**
     * What a job has seen.
     *
     * @param failures in a row
     * @param last of them; the distant past for none
     */
    record Row(long failures, Instant last) {
        static final Row NONE = new Row(0, Instant.MIN);

        /** From when on a pod may be made. */
        Instant due(ControllerContext context) {
            return failures == 0
                    ? Instant.MIN
                    : context.due(last, Math.min(LONGEST, FIRST << Math.min(failures - 1, 6)));
        }
    }

    private final Map<Key, Row> rows = new ConcurrentHashMap<>();

    /** What the row becomes with pods that are not in it yet. */
    Row with(Key job, List<KubeObject> succeeded, List<KubeObject> failed) {
        Row before = rows.getOrDefault(job, Row.NONE);
        if (succeeded.isEmpty() && failed.isEmpty()) {
            return before;
        }
        Instant success = succeeded.stream()
                .map(JobPods::finishedAt)
                .max(Comparator.naturalOrder())
                .orElse(Instant.MIN);
        List<Instant> since = failed.stream()
                .map(JobPods::finishedAt)
                .filter(at -> at.isAfter(success))
                .toList();
        long counted = succeeded.isEmpty() ? before.failures() : 0;
        Instant last = since.stream().max(Comparator.naturalOrder()).orElse(Instant.MIN);
        return new Row(counted + since.size(), last);
    }

    void keep(Key job, Row row) {
        rows.put(job, row);
    }

    void forget(Key job) {
        rows.remove(job);
    }
}
