package dev.kuar.tutor;

import dev.kuar.error.UserException;
import dev.kuar.progress.Entry;
import dev.kuar.progress.ProgressStore;
import java.util.List;

/** Writes down what happens in a step; progress that can't be kept is said, and doesn't end the lesson. */
final class Diary {
    private final ProgressStore progress;
    private final Voice voice;

    Diary(ProgressStore progress, Voice voice) {
        this.progress = progress;
        this.voice = voice;
    }

    void record(Entry.Kind kind, StepRun now, String detail) {
        record(kind, now.lesson().slug(), now.step().id(), now.step().checksHash(), detail);
    }

    void attempt(StepRun now, StepVerdict verdict) {
        record(Entry.Kind.ATTEMPT, now, verdict.reason().orElse(""));
    }

    void language(String code) {
        record(Entry.Kind.LANGUAGE, "", "", "", code);
    }

    private void record(Entry.Kind kind, String lesson, String step, String hash, String detail) {
        try {
            progress.record(kind, lesson, step, hash, detail);
        } catch (UserException e) {
            voice.say(List.of(Said.message("progress-not-kept", progress.file())));
        }
    }
}
