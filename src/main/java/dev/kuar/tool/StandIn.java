package dev.kuar.tool;

import dev.kuar.process.Invocation;
import dev.kuar.process.Program;

/**
 * A practice stand-in of one tool: the commands of the chapter and their neighbourhood, with the tool's own wording and
 * exit codes, acting on practice clusters.
 */
abstract class StandIn implements Program {
    /** Runs the command; {@link ToolFailure}s become text and exit code. */
    abstract int call(Invocation run) throws InterruptedException;

    @Override
    public final int run(Invocation run) throws InterruptedException {
        try {
            return call(run);
        } catch (ToolFailure e) {
            if (!e.text().isEmpty()) {
                run.error().println(e.text());
            }
            return e.exitCode();
        } finally {
            run.output().flush();
            run.error().flush();
        }
    }
}
