package dev.kuar.shell;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** What is said while the learner may be typing: above the prompt at once, or before the next prompt. Safe for several threads. */
final class Notices {
    private final Deque<String> waiting = new ArrayDeque<>();
    private final Predicate<String> above;

    /** {@code above} prints above a prompt that is being edited and says whether there was one. */
    Notices(Predicate<String> above) {
        this.above = above;
    }

    void show(String text) {
        synchronized (waiting) {
            if (!above.test(text)) {
                waiting.add(text);
            }
        }
    }

    /** Hands over what waited, oldest first. */
    void flush(Consumer<String> printer) {
        synchronized (waiting) {
            while (!waiting.isEmpty()) {
                printer.accept(waiting.remove());
            }
        }
    }
}
