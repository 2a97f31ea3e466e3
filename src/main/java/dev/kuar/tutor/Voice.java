package dev.kuar.tutor;

import java.util.List;

/** Where the tutor's words go. */
public interface Voice {
    /** Answers a command: printed at once, in order. */
    void say(List<Said> words);

    /** Speaks unasked, from any thread: printed above the prompt without disturbing what is being typed. */
    void notice(List<Said> words);
}
