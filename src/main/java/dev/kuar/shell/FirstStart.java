package dev.kuar.shell;

import dev.kuar.guard.TrustBook;
import dev.kuar.output.Console;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The question of the first start in a terminal: practice, or a cluster of one's own.
 *
 * <p>It stands above the first prompt and holds nothing up. Enter means practice, and so does any command, which is run. The answer is kept in {@code config.yaml}, so that it is asked once.
 */
final class FirstStart {
    private static final String PRACTICE = "practice";
    private static final String OWN = "own";
    private static final Set<String> MEANS_OWN = Set.of(OWN, "own cluster", "내", "내것", "내 것", "내 클러스터");

    private final TrustBook book;
    private final Supplier<Console> console;
    private boolean open;

    FirstStart(TrustBook book, Supplier<Console> console) {
        this.book = book;
        this.console = console;
    }

    /** Asks, where it was not asked before. */
    void ask() {
        open = book.mode().isEmpty();
        if (open) {
            say("shell.first-question");
        }
    }

    /** Takes the first line as the answer; whether it was for a cluster of one's own, and is not to be run. */
    boolean takes(String line) {
        if (!open) {
            return false;
        }
        open = false;
        String word = line.strip().toLowerCase(Locale.ROOT);
        boolean own = MEANS_OWN.contains(word);
        book.mode(own ? OWN : PRACTICE);
        if (own) {
            say("shell.first-own");
        }
        return own;
    }

    private void say(String key) {
        Console now = console.get();
        now.hinted(now.messages().text(key));
    }
}
