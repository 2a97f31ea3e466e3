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
 * <p>A stage is kept as long as its {@link Fingerprint} says that nothing was changed; otherwise a fresh one is opened and
 * the solutions of the earlier steps are run on it.
 */
final class LessonStages implements AutoCloseable {
    private final Lesson lesson;
    private final Judge judge;
    private final Stage.Factory factory;
    private final String provider;
    private final List<Step> steps;
    private final Map<String, Stage> others = new HashMap<>();
    private @Nullable Stage stage;
    private int solved;
    private String fingerprint = "";

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

    /** A stage on which all steps before {@code step} are solved, and nothing else was done. */
    Stage before(Step step) throws InterruptedException {
        int index = steps.indexOf(step);
        Stage current = stage;
        if (current != null && solved == index && Fingerprint.of(current).equals(fingerprint)) {
            return current;
        }
        discard();
        Stage fresh = open(new Route.Shape("", "", 0), step);
        stage = fresh;
        solved = index;
        fingerprint = Fingerprint.of(fresh);
        return fresh;
    }

    /** A stage of another shape, with the earlier steps solved; the caller closes it. */
    Stage open(Route.Shape shape, Step step) throws InterruptedException {
        String of = shape.provider().isEmpty() ? provider : shape.provider();
        int nodes = shape.nodes() > 0 ? shape.nodes() : AutoWalk.nodes(of);
        Stage fresh = factory.open(of, shape.kubernetes(), nodes, lesson.provider() == null);
        for (Step earlier : steps.subList(0, steps.indexOf(step))) {
            if (earlier.cannotShowOn(of).isEmpty()) {
                StepRun run = run(fresh, earlier);
                run.begin();
                AutoWalk.settled(run, new Walk(fresh.runner(), said -> {}).go(run, earlier.solution()));
            }
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
    void solved(Step step) {
        Stage current = stage;
        if (current != null) {
            solved = steps.indexOf(step) + 1;
            fingerprint = Fingerprint.of(current);
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

    StepRun run(Stage on, Step step) {
        return new StepRun(lesson, step, judge, on.surroundings(), on.runner());
    }

    @Override
    public void close() {
        discard();
        others.values().forEach(Stage::close);
    }
}
