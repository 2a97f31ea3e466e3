package dev.kuar.practice.etcd;

import java.util.List;
import java.util.Optional;

/** What etcd says to a {@link Request}; {@code revision} stands in the header. */
public sealed interface Answer {
    long revision();

    /** @param count of the whole range, whatever the limit */
    record Range(long revision, List<Entry> entries, boolean more, long count) implements Answer {}

    record Put(long revision, Optional<Entry> previous) implements Answer {}

    record Delete(long revision, long deleted, List<Entry> previous) implements Answer {}

    record Transaction(long revision, boolean succeeded, List<Answer> answers) implements Answer {}
}
