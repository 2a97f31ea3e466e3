package dev.kuar.tutor;

import static dev.kuar.tutor.Said.message;

import dev.kuar.check.Judge;
import dev.kuar.check.Verdict;
import dev.kuar.lesson.Course;
import dev.kuar.lesson.Lesson;
import dev.kuar.lesson.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * {@code learn --auto}: walks lessons by itself with the solutions, and says each line, its output and the verdict.
 *
 * <p>Provider lessons get a stage without a cluster, since they make their own; the common lessons share one cluster: a
 * practice kind cluster of 4 nodes, or one of the shape that was asked for.
 */
public final class AutoWalk {
    private static final int NODES = 4;
    private static final Duration SETTLE = Duration.ofSeconds(60);
    /** What clients say when a server gave no answer. */
    private static final Pattern NO_ANSWER = Pattern.compile("Unable to connect to the server|i/o timeout"
            + "|TLS handshake timeout|Client\\.Timeout exceeded|context deadline exceeded|timed out after \\d+ s");

    private final Course course;
    private final Judge judge;
    private final Stage.Factory stages;
    private final Voice voice;
    private final String language;
    private final Duration line;
    private int passed;
    private int total;

    /** {@code line} is how long a line may take. */
    public AutoWalk(Course course, Judge judge, Stage.Factory stages, Voice voice, String language, Duration line) {
        this.course = course;
        this.judge = judge;
        this.stages = stages;
        this.voice = voice;
        this.language = language;
        this.line = line;
    }

    /**
     * Walks all lessons, or those of one provider and the common ones on its shape.
     *
     * @param provider empty for all
     * @param only a lesson, or {@code lesson/step}, to which the walk is restricted (earlier steps of the lesson are
     *     walked too, because the step stands on them); empty for all
     * @return whether every step passed
     */
    public boolean walk(Optional<String> provider, Optional<String> only) throws InterruptedException {
        passed = 0;
        total = 0;
        List<Lesson> common = new ArrayList<>();
        for (Lesson lesson : course.lessons()) {
            if (only.isPresent() && !only.get().split("/")[0].equals(lesson.slug())) {
                continue;
            }
            String own = lesson.provider();
            if (own == null) {
                common.add(lesson);
            } else if (provider.isEmpty() || provider.get().equals(own)) {
                try (Stage stage = stages.open(own, "", nodes(own), false)) {
                    walk(stage, lesson, own, only);
                }
            }
        }
        if (!common.isEmpty()) {
            String shape = provider.orElse("kind");
            try (Stage stage = stages.open(shape, "", nodes(shape), true)) {
                for (Lesson lesson : common) {
                    walk(stage, lesson, shape, only);
                }
            }
        }
        voice.say(List.of(message("auto.summary", passed, total)));
        return total > 0 && passed == total;
    }

    static int nodes(String provider) {
        return switch (provider) {
            case "kind", "kubeadm" -> NODES;
            case "minikube", "docker-desktop" -> 1;
            case "eks" -> 2;
            default -> 3;
        };
    }

    private void walk(Stage stage, Lesson lesson, String provider, Optional<String> only) throws InterruptedException {
        voice.say(List.of(new Said.Heading(lesson.titles().getOrDefault(language, lesson.slug()))));
        String last = only.filter(o -> o.contains("/"))
                .map(o -> o.substring(o.indexOf('/') + 1))
                .orElse("");
        for (Step step : lesson.steps()) {
            if (!step.appearsOn(provider)) {
                continue;
            }
            total++;
            if (walk(stage, lesson, step, provider)) {
                passed++;
            }
            if (step.id().equals(last)) {
                return;
            }
        }
    }

    private boolean walk(Stage stage, Lesson lesson, Step step, String provider) throws InterruptedException {
        StepRun run = new StepRun(lesson, step, judge, stage.surroundings(), stage.runner());
        Phrases phrases = new Phrases(run, language);
        voice.say(List.of(message(
                "auto.step",
                lesson.slug() + "/" + step.id(),
                lesson.text(language, step).title(),
                step.row())));
        Optional<Step.CannotShow> hidden = step.cannotShowOn(provider);
        if (hidden.isPresent()) {
            boolean proved = run.holds(hidden.get().expect());
            List<Said> words = new ArrayList<>();
            words.add(message("cannot-be-shown"));
            phrases.reason(hidden.get().because()).ifPresent(r -> words.add(phrases.prose(r.what())));
            words.add(message(proved ? "passed" : "not-yet"));
            voice.say(words);
            return proved;
        }
        run.begin();
        StepVerdict verdict = settled(run, gone(stage, run));
        voice.say(phrases.verdict(verdict));
        return verdict.passed();
    }

    /** Goes the solution; once more where a line got no answer from the cluster, as a learner does. */
    private StepVerdict gone(Stage stage, StepRun run) throws InterruptedException {
        boolean[] unanswered = {false};
        Walk walk = new Walk(new LineLimit(stage.runner(), line), said -> {
            unanswered[0] |= said instanceof Said.Output output
                    && NO_ANSWER.matcher(output.text()).find();
            voice.say(List.of(said));
        });
        StepVerdict verdict = walk.go(run, run.step().solution());
        if (!unanswered[0] || verdict.passed()) {
            return verdict;
        }
        voice.say(List.of(message("auto.again")));
        return walk.go(run, run.step().solution());
    }

    /** What a line set going may take a while: waits as long as something is not yet so, or the cluster gives no answer. */
    static StepVerdict settled(StepRun run, StepVerdict first) throws InterruptedException {
        StepVerdict[] last = {first};
        Waiter.until(
                () -> {
                    if (!last[0].passed()) {
                        last[0] = run.judge();
                    }
                    return last[0].passed()
                            || last[0].named()
                            || last[0].overall() instanceof Verdict.NoLongerPossible
                            || cannotEver(last[0].overall());
                },
                SETTLE);
        return last[0];
    }

    /** Whether asking again is of no use: a cluster that doesn't answer now may do so in a moment, as a learner knows. */
    private static boolean cannotEver(Verdict verdict) {
        return verdict instanceof Verdict.CannotCheck c
                && !Set.of(Verdict.Obstacle.UNREACHABLE, Verdict.Obstacle.EXEC_FAILED)
                        .contains(c.why());
    }
}
