package dev.kuar.progress;

import dev.kuar.lesson.Lesson;
import dev.kuar.lesson.Step;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where a learner is, computed from all entries; a value, not live. */
public final class ProgressState {
    private final Map<String, Entry> outcome = new HashMap<>();
    private final Map<String, Integer> attempts = new HashMap<>();
    private final Map<String, Integer> hints = new HashMap<>();
    private String lesson = "";
    private String step = "";
    private String language = "";

    ProgressState(List<Entry> entries) {
        entries.forEach(this::apply);
    }

    /** How a step stands. */
    public enum Standing {
        OPEN,
        PASSED,
        SKIPPED,
        /** Passed once, but its checks have changed since. */
        TO_REVIEW
    }

    public Standing standing(Lesson of, Step at) {
        Entry last = outcome.get(of.slug() + "/" + at.id());
        if (last == null) {
            return Standing.OPEN;
        }
        if (last.kind() == Entry.Kind.SKIPPED) {
            return Standing.SKIPPED;
        }
        return last.hash().equals(at.checksHash()) ? Standing.PASSED : Standing.TO_REVIEW;
    }

    public int attempts(Lesson of, Step at) {
        return attempts.getOrDefault(of.slug() + "/" + at.id(), 0);
    }

    public int hints(Lesson of, Step at) {
        return hints.getOrDefault(of.slug() + "/" + at.id(), 0);
    }

    /** The slug of the lesson that the learner was in last; empty for none. */
    public String lesson() {
        return lesson;
    }

    public String step() {
        return step;
    }

    /** The language that the learner chose; empty when none was chosen. */
    public Optional<String> language() {
        return language.isEmpty() ? Optional.empty() : Optional.of(language);
    }

    private void apply(Entry entry) {
        switch (entry.kind()) {
            case AT -> {
                lesson = entry.lesson();
                step = entry.step();
            }
            case ATTEMPT -> attempts.merge(entry.key(), 1, Integer::sum);
            case HINT -> hints.merge(entry.key(), 1, Integer::sum);
            case PASSED, SKIPPED -> keep(entry);
            case RESET -> forget(entry);
            case LANGUAGE -> language = entry.detail();
            case SOLUTION -> {}
        }
    }

    /** Skipping what was passed doesn't undo it. */
    private void keep(Entry entry) {
        Entry before = outcome.get(entry.key());
        if (entry.kind() == Entry.Kind.SKIPPED && before != null && before.kind() == Entry.Kind.PASSED) {
            return;
        }
        outcome.put(entry.key(), entry);
    }

    private void forget(Entry entry) {
        String prefix = entry.lesson().isEmpty() ? "" : entry.step().isEmpty() ? entry.lesson() + "/" : entry.key();
        for (Map<String, ?> map : List.of(outcome, attempts, hints)) {
            map.keySet().removeIf(key -> entry.step().isEmpty() ? key.startsWith(prefix) : key.equals(prefix));
        }
        if (entry.lesson().isEmpty()) {
            lesson = "";
            step = "";
        }
    }
}
