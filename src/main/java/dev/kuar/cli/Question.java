package dev.kuar.cli;

import dev.kuar.output.Consent;
import dev.kuar.process.Invocation;
import java.io.IOException;

/** Asks the learner for a yes before something that cannot be taken back; without a terminal the answer is no. */
final class Question {
    private Question() {}

    /** Prints the text of {@code key} and reads one line. */
    static boolean yes(CommandContext context, String key, Object... arguments) {
        Invocation run = context.invocation();
        if (!run.terminal().inputIsTerminal()) {
            return false;
        }
        run.output().print(context.console().messages().text(key, arguments) + " [y/N] ");
        run.output().flush();
        try {
            return Consent.read(run.input());
        } catch (IOException gone) {
            return false;
        }
    }
}
