package dev.kuar.tutor;

import dev.kuar.check.Judge;
import dev.kuar.lesson.Lesson;
import dev.kuar.lesson.Route;
import dev.kuar.lesson.Step;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gives each proof of a lesson a stage in the state that the step begins with.
 *
 * <p>A stage is kept as long as its {@link Fingerprint} says that nothing was changed since the step began on it;
 * otherwise a fresh one is opened and the solutions of the earlier steps are run on it. The stage on which the step itself
 * was solved is put by for the next step.
 */
final class LessonStages implements AutoCloseable {
    private static final Route.Shape OWN = new Route.Shape("", "", 0);

    private final Lesson lesson;
    private final Judge judge;
    private final Stage.Factory factory;
    private final String provider;
    private final List<Step> steps;
    private final Map<String, Stage> others = new HashMap<>();
    private @Nullable Stage stage;
    private @Nullable Stage solvedStage;
    private int solved;
    private String fingerprint = "";
    private String solvedFingerprint = "";

    LessonStages(Lesson lesson, Judge judge, Stage.Factory factory) {
        this.lesson = lesson;
        this.judge = judge;
        this.factory = factory;
        String own = lesson.provider();
        this.provider = own == null ? "kind" : own;
        this.steps = lesson.steps().stream().filter(s -> s.appearsOn(provider)).toList();
    }

    List<Step> steps() {
        return steps;
    }

    String provider() {
        return provider;
    }

    Lesson lesson() {
        return lesson;
    }

    /**
     * Begins a step where all steps before it are solved, and nothing else was done.
     *
     * @throws SetupException when what the step needs doesn't come about
     */
    Scene begin(Step step) throws InterruptedException {
        int index = steps.indexOf(step);
        Stage current = stage;
        if (current == null || solved != index || !Fingerprint.of(current).equals(fingerprint)) {
            discard();
            current = open(OWN, step);
            stage = current;
            solved = index;
        }
        Scene scene = begin(current, step);
        fingerprint = Fingerprint.of(current);
        return scene;
    }

    /** Begins a step on a stage that {@link #open} opened. */
    Scene begin(Stage on, Step step) throws InterruptedException {
        StepRun run = run(on, step);
        if (!run.begin()) {
            throw new SetupException();
        }
        return new Scene(on, run);
    }

    /** A stage of another shape, with the earlier steps solved; the caller closes it. */
    Stage open(Route.Shape shape, Step step) throws InterruptedException {
        String of = shape.provider().isEmpty() ? provider : shape.provider();
        int nodes = shape.nodes() > 0 ? shape.nodes() : AutoWalk.nodes(of);
        Stage fresh = factory.open(of, shape.kubernetes(), nodes, lesson.provider() == null);
        try {
            for (Step earlier : steps.subList(0, steps.indexOf(step))) {
                if (earlier.cannotShowOn(of).isEmpty()) {
                    Scene scene = begin(fresh, earlier);
                    AutoWalk.settled(scene.run(), scene.go(earlier.solution()));
                }
            }
        } catch (InterruptedException | RuntimeException failed) {
            fresh.close();
            throw failed;
        }
        return fresh;
    }

    /** A cluster of another provider's shape that is only read; kept for the lesson. */
    Stage shaped(String other) throws InterruptedException {
        Stage known = others.get(other);
        if (known == null) {
            known = factory.open(other, "", AutoWalk.nodes(other), true);
            others.put(other, known);
        }
        return known;
    }

    /** Says that the step's solution has been run on the current stage. */
    void solved() {
        Stage current = stage;
        if (current != null) {
            solvedFingerprint = Fingerprint.of(current);
            if (!solvedFingerprint.equals(fingerprint)) {
                solvedStage = current;
                stage = null;
            }
        }
    }

    /** Goes on to the next step, on the stage on which this one was solved. */
    void goOn() {
        Stage ahead = solvedStage;
        if (ahead != null) {
            discard();
            stage = ahead;
            solvedStage = null;
            fingerprint = solvedFingerprint;
            solved++;
        } else {
            solved++;
        }
    }

    /** Says that the current stage can't be used any more. */
    void discard() {
        Stage old = stage;
        stage = null;
        if (old != null) {
            old.close();
        }
    }

    /** Says that no stage of this step can be used any more. */
    void discardAll() {
        discard();
        Stage ahead = solvedStage;
        solvedStage = null;
        if (ahead != null) {
            ahead.close();
        }
    }

    StepRun run(Stage on, Step step) {
        return new StepRun(lesson, step, judge, on.surroundings(), on.runner());
    }

    @Override
    public void close() {
        discardAll();
        others.values().forEach(Stage::close);
    }

    /** What a step needs didn't come about in time. */
    static final class SetupException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }
}
