package dev.kuar.cli;

import dev.kuar.cluster.Clusters;
import dev.kuar.process.KuarHome;
import dev.kuar.tutor.LineRunner;
import dev.kuar.tutor.Stage;
import dev.kuar.tutor.Surroundings;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

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

    /** Runs one program of the shell by its words, unexpanded, with the context's streams. */
    int runWords(CommandContext context, List<String> words) throws InterruptedException;

    /** Opens the shell in a lesson, or goes to the lesson where a shell is open. */
    default int openLesson(CommandContext context, Opening lesson) throws InterruptedException {
        return openShell(context);
    }

    /** The practice clusters of this KUAR_HOME. */
    Clusters clusters();

    /** What the learner's steps reach: the current cluster, the clusters, the kubeconfig. */
    Surroundings surroundings();

    /** Worlds of their own for {@code --auto} and for proofs, whose lines see the context's variables. */
    Stage.Factory stages(CommandContext context);

    /**
     * A session of its own for the tutor's lines.
     *
     * @param environment its exported variables
     * @param folder where it begins, absolute
     * @param shown where it shows what its lines print
     */
    LineRunner lines(Map<String, String> environment, Path folder, PrintStream shown);
}
