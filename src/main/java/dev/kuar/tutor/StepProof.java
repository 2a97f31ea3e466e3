package dev.kuar.tutor;

import static dev.kuar.tutor.Said.message;

import dev.kuar.check.Expression;
import dev.kuar.check.Verdict;
import dev.kuar.lesson.Change;
import dev.kuar.lesson.Route;
import dev.kuar.lesson.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The five proofs of one step; cheap ones first, the solution last, so that the next step finds its beginning. */
final class StepProof {
    private static final Duration BREAKING = Duration.ofSeconds(60);

    private final LessonStages world;
    private final Step step;
    private final Truths truths;
    private final List<Said> failures = new ArrayList<>();
    private final List<String> outputs = new ArrayList<>();

    StepProof(LessonStages world, Step step) {
        this.world = world;
        this.step = step;
        this.truths = new Truths(step);
    }

    /** What is not as it should be; empty when the step is proved. */
    List<Said> failures() throws InterruptedException {
        for (Step.CannotShow hidden : step.cannotShow()) {
            for (String provider : hidden.on()) {
                if (!world.run(world.shaped(provider), step).holds(hidden.expect())) {
                    failures.add(message("proof.way-fails", "cannotShow " + provider, hidden.because()));
                }
            }
        }
        if (step.cannotShowOn(world.provider()).isPresent()) {
            return failures;
        }
        unsolved();
        for (Step.Wrong wrong : step.wrong()) {
            wrong(wrong);
        }
        List<String> lines = step.solution().lines();
        thoughtUp("--help", Sabotage.withHelp(lines));
        thoughtUp("--namespace", Sabotage.elsewhere(lines));
        if (!step.offline()) {
            stopped();
        }
        for (Route way : step.accepted()) {
            way(way);
        }
        if (step.question() != null) {
            way(new Route(List.of(new Route.Answer(step.question())), null));
        }
        for (Step.Broken broken : step.broken()) {
            broken(broken);
        }
        solution();
        failures.addAll(truths.failures());
        return failures;
    }

    private void unsolved() throws InterruptedException {
        StepVerdict verdict = truths.note(begin(world.before(step)).judge());
        if (verdict.passed()) {
            failures.add(message("proof.unsolved-passes", word(verdict)));
        }
    }

    private void wrong(Step.Wrong wrong) throws InterruptedException {
        Stage stage = world.before(step);
        StepRun run = begin(stage);
        Expression answer = wrong.answer();
        Route route = wrong.route();
        String name = answer != null
                ? "answer " + run.valueOf(answer)
                : String.join("; ", route == null ? List.of() : route.lines());
        StepVerdict verdict = truths.note(
                answer != null
                        ? run.answer(run.valueOf(answer))
                        : walk(stage).go(run, route == null ? step.solution() : route));
        if (verdict.passed()) {
            failures.add(message("proof.wrong-passes", name));
        } else if (!verdict.reason().equals(Optional.of(wrong.reason()))) {
            failures.add(message("proof.wrong-other", name, word(verdict), wrong.reason()));
        }
    }

    private void thoughtUp(String name, Optional<List<String>> lines) throws InterruptedException {
        if (lines.isEmpty()) {
            return;
        }
        Stage stage = world.before(step);
        StepRun run = begin(stage);
        if (truths.note(walk(stage).go(run, Route.of(lines.get()))).passed()) {
            failures.add(message("proof.wrong-passes", "solution " + name));
        }
    }

    private void stopped() throws InterruptedException {
        Stage stage = world.before(step);
        StepRun run = begin(stage);
        stage.stopCluster();
        StepVerdict verdict = walk(stage).go(run, step.solution());
        boolean right = verdict.overall() instanceof Verdict.CannotCheck c
                && c.why() != Verdict.Obstacle.LESSON
                && c.why() != Verdict.Obstacle.EXPRESSION;
        if (!right) {
            failures.add(message("proof.stopped", word(verdict)));
        }
        stage.startCluster();
    }

    private void way(Route way) throws InterruptedException {
        Route.Shape on = way.on();
        if (on == null) {
            passes(world.before(step), way);
            return;
        }
        try (Stage stage = world.open(on, step)) {
            passes(stage, way);
        }
    }

    private void passes(Stage stage, Route way) throws InterruptedException {
        StepRun run = begin(stage);
        StepVerdict verdict =
                truths.note(AutoWalk.settled(run, truths.note(walk(stage).go(run, way))));
        if (!verdict.passed()) {
            String name = way.lines().isEmpty() ? "answer" : String.join("; ", way.lines());
            failures.add(message("proof.way-fails", name, word(verdict)));
        }
    }

    private void broken(Step.Broken broken) throws InterruptedException {
        Stage stage = world.before(step);
        StepRun run = begin(stage);
        for (Change change : broken.changes()) {
            change(stage, run, change);
        }
        Expression until = broken.until();
        if (until != null && !Waiter.until(() -> run.holds(until), BREAKING)) {
            failures.add(message("proof.setup", broken.id()));
        }
        StepVerdict verdict = truths.note(walk(stage).go(run, step.solution()));
        if (verdict.passed()) {
            failures.add(message("proof.broken-passes", broken.id()));
        } else if (!verdict.reason().equals(Optional.of(broken.reason()))) {
            failures.add(message("proof.broken-other", broken.id(), word(verdict), broken.reason()));
        }
        world.discard();
    }

    private void change(Stage stage, StepRun run, Change change) throws InterruptedException {
        if (change instanceof Change.Run line) {
            stage.runner().runElsewhere(run.fill(line.line()));
        } else if (change instanceof Change.StopNode node) {
            stage.change(change, run.valueOf(node.node()), "");
        } else if (change instanceof Change.StartNode node) {
            stage.change(change, run.valueOf(node.node()), "");
        } else if (change instanceof Change.Apply apply) {
            stage.surroundings()
                    .apply(world.lesson().setup(apply.file()), world.lesson().namespace(), java.util.Map.of());
        } else {
            stage.change(change, "", "");
        }
    }

    /** The solution passes; where it only read, {@code cat} of what it printed doesn't. */
    private void solution() throws InterruptedException {
        Stage stage = world.before(step);
        String before = Fingerprint.of(stage);
        StepRun run = begin(stage);
        Walk walk = new Walk(stage.runner(), said -> {
            if (said instanceof Said.Output output) {
                outputs.add(output.text());
            }
        });
        StepVerdict verdict = truths.note(AutoWalk.settled(run, truths.note(walk.go(run, step.solution()))));
        if (!verdict.passed()) {
            failures.add(message("proof.way-fails", "solution", word(verdict)));
        } else if (Fingerprint.of(stage).equals(before) && !outputs.isEmpty()) {
            echo(stage);
        }
        world.solved(step);
    }

    private void echo(Stage stage) throws InterruptedException {
        StepRun run = begin(stage);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < outputs.size(); i++) {
            String name = ".printed-" + i;
            new WorkFolder(stage.runner().folder()).put(name, outputs.get(i));
            lines.add("cat " + name);
        }
        if (walk(stage).go(run, Route.of(lines)).passed()) {
            failures.add(message("proof.wrong-passes", "echo"));
        }
        lines.forEach(line -> new WorkFolder(stage.runner().folder()).delete(line.substring("cat ".length())));
    }

    private StepRun begin(Stage stage) throws InterruptedException {
        StepRun run = world.run(stage, step);
        if (!run.begin()) {
            failures.add(message("proof.setup", step.id()));
        }
        return run;
    }

    private static Walk walk(Stage stage) {
        return new Walk(stage.runner(), said -> {});
    }

    /** A verdict in a word: its reason, else what kind it is. */
    private static String word(StepVerdict verdict) {
        return verdict.reason()
                .orElseGet(() -> verdict.overall() instanceof Verdict.CannotCheck c
                        ? c.why() + " " + c.detail()
                        : verdict.overall().getClass().getSimpleName());
    }
}
