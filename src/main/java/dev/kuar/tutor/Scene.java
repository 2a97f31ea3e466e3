package dev.kuar.tutor;

import dev.kuar.lesson.Step;

/** A go at a step together with the stage that it happens on. */
record Scene(Stage stage, StepRun run) {
    Step step() {
        return run.step();
    }

    /** Goes a route and hears nothing of it. */
    StepVerdict go(dev.kuar.lesson.Route route) throws InterruptedException {
        return new Walk(stage.runner(), said -> {}).go(run, route);
    }

    /** The name of the current cluster while it answers, else nothing. */
    String answering() {
        return run.reachable()
                ? stage.surroundings().current().map(Surroundings.Current::name).orElse("")
                : "";
    }
}
