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
import java.util.Map;
import java.util.Optional;

/**
 * The five proofs of one step; those that change nothing first.
 *
 * <p>Where the solution makes the cluster that is current afterwards, there is none before it to break or to stop. Such a
 * step is broken, and its cluster stopped, after the solution.
 */
final class StepProof {
    private static final Duration BREAKING = Duration.ofSeconds(60);
    private static final Duration READING = Duration.ofSeconds(10);
    private static final double WAITING_SPEED = 10;
    private static final double BROKEN_SPEED = 6;

    private final LessonStages world;
    private final Step step;
    private final Truths truths;
    private final List<Said> failures = new ArrayList<>();

    StepProof(LessonStages world, Step step) {
        this.world = world;
        this.step = step;
        this.truths = new Truths(step);
    }

    /** What is not as it should be; empty when the step is proved. */
    List<Said> failures() throws InterruptedException {
        hidden();
        if (step.cannotShowOn(world.provider()).isPresent()) {
            world.goOn();
            return failures;
        }
        unsolved();
        for (Step.Wrong wrong : step.wrong()) {
            wrong(wrong);
        }
        List<String> lines = step.solution().lines();
        thoughtUp("solution --help", Sabotage.withHelp(lines));
        thoughtUp("solution --namespace", Sabotage.elsewhere(lines));
        boolean makes = solution();
        for (Route way : step.accepted()) {
            way(way);
        }
        if (step.question() != null) {
            way(new Route(List.of(new Route.Answer(step.question())), null));
        }
        for (Step.Broken broken : step.broken()) {
            broken(broken, makes);
        }
        failures.addAll(truths.failures());
        world.goOn();
        return failures;
    }

    private void hidden() throws InterruptedException {
        for (Step.CannotShow hidden : step.cannotShow()) {
            for (String provider : hidden.on()) {
                if (!world.run(world.shaped(provider), step).holds(hidden.expect())) {
                    failures.add(message("proof.way-fails", "cannotShow " + provider, hidden.because()));
                }
            }
        }
    }

    private void unsolved() throws InterruptedException {
        StepRun run = world.begin(step).run();
        StepVerdict verdict = truths.note(told(run, run.judge()));
        if (!(verdict.overall() instanceof Verdict.NotYet)) {
            failures.add(message("proof.unsolved", verdict.word()));
        }
    }

    private void wrong(Step.Wrong wrong) throws InterruptedException {
        Scene scene = world.begin(step);
        Expression answer = wrong.answer();
        Route route = wrong.route();
        String name = answer != null
                ? "answer " + scene.run().valueOf(answer)
                : String.join("; ", route == null ? List.of() : route.lines());
        StepVerdict verdict = truths.note(told(
                scene.run(),
                answer != null
                        ? scene.run().answer(scene.run().valueOf(answer))
                        : scene.go(route == null ? step.solution() : route)));
        if (verdict.passed()) {
            failures.add(message("proof.wrong-passes", name));
        } else if (!verdict.reason().equals(Optional.of(wrong.reason()))) {
            failures.add(message("proof.wrong-other", name, verdict.word(), wrong.reason()));
        }
    }

    private void thoughtUp(String name, Optional<List<String>> lines) throws InterruptedException {
        if (lines.isPresent()
                && truths.note(world.begin(step).go(Route.of(lines.get()))).passed()) {
            failures.add(message("proof.wrong-passes", name));
        }
    }

    /** The solution passes, a copy of what it printed doesn't, and without the cluster nobody is blamed. */
    private boolean solution() throws InterruptedException {
        Scene scene = world.begin(step);
        List<String> outputs = new ArrayList<>();
        Walk walk = new Walk(scene.stage().runner(), said -> {
            if (said instanceof Said.Output output) {
                outputs.add(output.text());
            }
        });
        Outage outage = new Outage(scene);
        StepVerdict verdict =
                truths.note(AutoWalk.settled(scene.run(), truths.note(walk.go(scene.run(), step.solution()))));
        if (!verdict.passed()) {
            failures.add(message("proof.way-fails", "solution", verdict.word()));
        }
        outage.afterwards().ifPresent(failures::add);
        world.solved();
        if (!outage.makesTheCluster()) {
            outage.meanwhile(world.begin(step)).ifPresent(failures::add);
        }
        echo(world.begin(step), outputs);
        return outage.makesTheCluster();
    }

    private void echo(Scene scene, List<String> outputs) throws InterruptedException {
        WorkFolder folder = new WorkFolder(scene.stage().runner().folder());
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < outputs.size(); i++) {
            String name = ".printed-" + i;
            folder.put(name, outputs.get(i));
            lines.add("cat " + name);
        }
        if (!lines.isEmpty() && scene.go(Route.of(lines)).passed()) {
            failures.add(message("proof.wrong-passes", "echo"));
        }
        lines.forEach(line -> folder.delete(line.substring("cat ".length())));
    }

    private void way(Route way) throws InterruptedException {
        Route.Shape on = way.on();
        if (on == null) {
            passes(world.begin(step), way);
            return;
        }
        try (Stage stage = world.open(on, step)) {
            passes(world.begin(stage, step), way);
        }
    }

    private void passes(Scene scene, Route way) throws InterruptedException {
        StepVerdict verdict = truths.note(AutoWalk.settled(scene.run(), truths.note(told(scene.run(), scene.go(way)))));
        if (!verdict.passed()) {
            String name = way.lines().isEmpty() ? "answer" : String.join("; ", way.lines());
            failures.add(message("proof.way-fails", name, verdict.word()));
        }
    }

    private void broken(Step.Broken broken, boolean afterwards) throws InterruptedException {
        Scene scene = world.begin(step);
        if (afterwards) {
            AutoWalk.settled(scene.run(), scene.go(step.solution()));
        }
        for (Change change : broken.changes()) {
            change(scene.stage(), scene.run(), change);
        }
        Expression until = broken.until();
        if (until != null && !comesAbout(scene, until)) {
            failures.add(message("proof.setup", broken.id()));
        }
        StepVerdict verdict =
                truths.note(told(scene.run(), afterwards ? scene.run().judge() : inVain(scene)));
        if (verdict.passed()) {
            failures.add(message("proof.broken-passes", broken.id()));
        } else if (!verdict.reason().equals(Optional.of(broken.reason()))) {
            failures.add(message("proof.broken-other", broken.id(), verdict.word(), broken.reason()));
        }
        world.discard();
    }

    /** Goes the solution on a broken cluster, with a clock that runs faster: what it waits for doesn't come about. */
    private StepVerdict inVain(Scene scene) throws InterruptedException {
        scene.stage().runAt(BROKEN_SPEED);
        try {
            return scene.go(step.solution());
        } finally {
            scene.stage().runAt(1);
        }
    }

    /** Judges again where nobody could tell: a read may have taken too long on a busy machine. */
    private static StepVerdict told(StepRun run, StepVerdict first) throws InterruptedException {
        StepVerdict[] last = {first};
        Waiter.until(
                () -> {
                    if (last[0].overall() instanceof Verdict.CannotCheck) {
                        last[0] = run.judge();
                    }
                    return !(last[0].overall() instanceof Verdict.CannotCheck);
                },
                READING);
        return last[0];
    }

    /** Waits with a clock that runs faster: a node is given up after most of a minute of the cluster's time. */
    private static boolean comesAbout(Scene scene, Expression until) throws InterruptedException {
        scene.stage().runAt(WAITING_SPEED);
        try {
            return Waiter.until(() -> scene.run().holds(until), BREAKING);
        } finally {
            scene.stage().runAt(1);
        }
    }

    private void change(Stage stage, StepRun run, Change change) throws InterruptedException {
        if (change instanceof Change.Run line) {
            stage.runner().runElsewhere(run.line(line.line()));
        } else if (change instanceof Change.StopNode node) {
            stage.change(change, run.valueOf(node.node()), "");
        } else if (change instanceof Change.StartNode node) {
            stage.change(change, run.valueOf(node.node()), "");
        } else if (change instanceof Change.Apply apply) {
            stage.surroundings()
                    .apply(world.lesson().setup(apply.file()), world.lesson().namespace(), Map.of());
        } else {
            stage.change(change, "", "");
        }
    }
}
