package dev.kuar.cli;

import dev.kuar.process.KuarHome;
import java.util.List;

/** What the command tree asks of the program around it; {@code Main} wires it. */
public interface Host {
    /** Where state lives. */
    KuarHome home();

    /** Opens the interactive shell in the context's streams and returns its exit code. */
    int openShell(CommandContext context) throws InterruptedException;

    /**
     * Runs lines as if they were typed, one after the other; stops at the first that fails unless {@code keepGoing}.
     *
     * @return the exit code of the first line that failed, 0 if none did
     */
    int runLines(CommandContext context, List<String> lines, boolean keepGoing) throws InterruptedException;
}
