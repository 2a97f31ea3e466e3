package dev.kuar.tutor;

import dev.kuar.kube.CommandRun;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Runs lines as a learner types them, in one session: variables, folder and jobs live on from line to line.
 *
 * <p>The shell implements it, so that a learner, {@code --auto} and a proof run the very same way.
 */
public interface LineRunner extends AutoCloseable {
    /** Runs a line to its end. */
    Result run(String line) throws InterruptedException;

    /** Runs a line as from another terminal: in a session of its own, unseen by checks. */
    Result runElsewhere(String line) throws InterruptedException;

    /** The session's exported variables. */
    default Map<String, String> environment() {
        return Map.of();
    }

    /** The folder of the session, absolute. */
    Path folder();

    @Override
    void close();

    /**
     * What came of a line.
     *
     * @param exit its exit code
     * @param output standard output and error as they were shown, at most 1 MiB
     * @param runs every program that it ran, in order, secrets taken out
     */
    record Result(int exit, String output, List<CommandRun> runs) {
        public Result {
            runs = List.copyOf(runs);
        }
    }
}
