package dev.kuar.practice.store;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a key was since the last compaction, oldest first. Immutable. */
final class KeyHistory {
    private final LogRecord[] states;

    private KeyHistory(LogRecord[] states) {
        this.states = states;
    }

    static KeyHistory of(LogRecord first) {
        return new KeyHistory(new LogRecord[] {first});
    }

    KeyHistory plus(LogRecord next) {
        LogRecord[] more = Arrays.copyOf(states, states.length + 1);
        more[states.length] = next;
        return new KeyHistory(more);
    }

    void addTo(List<LogRecord> all) {
        all.addAll(Arrays.asList(states));
    }

    LogRecord newest() {
        return states[states.length - 1];
    }

    /** The entry at {@code revision}, or null if the key was not there. */
    Store.@Nullable Entry at(long revision) {
        for (int i = states.length - 1; i >= 0; i--) {
            if (states[i].revision() <= revision) {
                return states[i].entry();
            }
        }
        return null;
    }

    /** What is kept up to {@code revision}, oldest first. */
    List<LogRecord> upTo(long revision) {
        return Arrays.stream(states)
                .filter(state -> state.revision() <= revision)
                .toList();
    }

    /** What remains when history up to {@code revision} goes; null when nothing does. What is dropped is told. */
    @Nullable
    KeyHistory compacted(long revision, Consumer<LogRecord> dropped) {
        int keep = 0;
        while (keep + 1 < states.length && states[keep + 1].revision() <= revision) {
            keep++;
        }
        boolean gone = states[keep].revision() <= revision && states[keep].value() == null;
        int first = gone ? keep + 1 : keep;
        List.of(states).subList(0, first).forEach(dropped);
        if (first == states.length) {
            return null;
        }
        return first == 0 ? this : new KeyHistory(Arrays.copyOfRange(states, first, states.length));
    }
}
