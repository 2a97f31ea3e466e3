package dev.kuar.tutor;

import static dev.kuar.tutor.Said.message;

import dev.kuar.check.Verdict;
import java.util.Optional;

/**
 * The fifth proof: what is said of a step while the API server of the step's cluster answers nobody.
 *
 * <p>Three kinds of steps. One that makes its cluster (that which is current and answers when the solution is through, and
 * wasn't before) is judged once more afterwards, with that cluster stopped: nobody can tell. One that asks a cluster that is
 * there is solved with the cluster stopped: nobody can tell either. One that asks no cluster, because its goal is what a
 * provider lists or what the kubeconfig says, is judged as ever: 'not yet' unsolved, passed by the solution.
 */
final class Outage {
    private final Scene scene;
    private final String before;
    private boolean makes;

    /** Looks at the world as the step finds it. */
    Outage(Scene scene) {
        this.scene = scene;
        this.before = scene.answering();
    }

    /** Whether the solution made the cluster that is current now; known after {@link #afterwards}. */
    boolean makesTheCluster() {
        return makes;
    }

    /** To be asked when the solution is through; the failure, if there is one. */
    Optional<Said> afterwards() throws InterruptedException {
        String now = scene.answering();
        makes = !now.isEmpty() && !now.equals(before);
        if (!makes) {
            return Optional.empty();
        }
        if (!scene.run().readsTheCluster()) {
            return Optional.of(message("proof.makes-unread"));
        }
        scene.stage().stopCluster();
        StepVerdict verdict = scene.run().judge();
        scene.stage().startCluster();
        return cannotTell(verdict) ? Optional.empty() : Optional.of(message("proof.stopped", verdict.word()));
    }

    /** Solves the step, for which {@code fresh} was begun, without the cluster; the failure, if there is one. */
    Optional<Said> meanwhile(Scene fresh) throws InterruptedException {
        if (before.isEmpty()) {
            return Optional.empty();
        }
        fresh.stage().stopCluster();
        try {
            StepVerdict unsolved = fresh.run().judge();
            StepVerdict verdict = fresh.go(fresh.step().solution());
            if (fresh.run().asksTheCluster()) {
                return cannotTell(verdict) ? Optional.empty() : Optional.of(message("proof.stopped", verdict.word()));
            }
            StepVerdict last = AutoWalk.settled(fresh.run(), verdict);
            if (!(unsolved.overall() instanceof Verdict.NotYet)) {
                return Optional.of(message("proof.offline", unsolved.word()));
            }
            return last.passed() ? Optional.empty() : Optional.of(message("proof.offline", last.word()));
        } finally {
            fresh.stage().startCluster();
        }
    }

    private static boolean cannotTell(StepVerdict verdict) {
        return verdict.overall() instanceof Verdict.CannotCheck c && c.why() != Verdict.Obstacle.EXPRESSION;
    }
}
