package dev.kuar.tutor;

import static dev.kuar.tutor.Said.message;

import dev.kuar.check.Judge;
import dev.kuar.error.UserException;
import dev.kuar.kube.ReadException;
import dev.kuar.lesson.Course;
import dev.kuar.lesson.Lesson;
import dev.kuar.lesson.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * {@code lesson test}: proves each step of a course five ways, on practice clusters of its own.
 *
 * <p>Unsolved, it is 'not yet'; the solution and every accepted way pass; each wrong answer gives its reason, and those
 * that kuar thinks up don't pass; on each broken cluster the solution gives the broken cluster's reason; with the cluster
 * stopped nobody can tell. And every check was seen both true and false.
 *
 * <p>Lessons don't share a stage, so several are proved at a time; what is said of a step is said at once.
 */
public final class Proof {
    /** How many lessons to prove side by side: one more than there are processors, because some of them wait. */
    public static final int SIDE_BY_SIDE = Runtime.getRuntime().availableProcessors() + 1;

    private static final int CLOSING_SECONDS = 30;

    private final Course course;
    private final Judge judge;
    private final Stage.Factory stages;
    private final Voice voice;
    private final int atATime;
    private int proved;
    private int done;
    private int total;

    /** {@code atATime} is how many lessons are proved side by side. */
    public Proof(Course course, Judge judge, Stage.Factory stages, Voice voice, int atATime) {
        this.course = course;
        this.judge = judge;
        this.stages = stages;
        this.voice = voice;
        this.atATime = atATime;
    }

    /**
     * Proves all steps, those of a lesson, or one.
     *
     * @param only {@code lesson} or {@code lesson/step}; empty for all
     * @return whether all were proved
     */
    public boolean prove(Optional<String> only) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(atATime);
        try {
            List<Future<?>> lessons = new ArrayList<>();
            for (Lesson lesson : longestFirst(only)) {
                total += (int) steps(lesson, only);
            }
            for (Lesson lesson : longestFirst(only)) {
                lessons.add(threads.submit(() -> {
                    prove(lesson, step(only));
                    return null;
                }));
            }
            for (Future<?> lesson : lessons) {
                lesson.get();
            }
        } catch (ExecutionException fault) {
            throw fault.getCause() instanceof RuntimeException known
                    ? known
                    : new IllegalStateException(fault.getCause());
        } finally {
            threads.shutdownNow();
            boolean unused = threads.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS);
        }
        synchronized (this) {
            voice.say(List.of(message("proof.summary", proved, total)));
            return total > 0 && proved == total;
        }
    }

    /** What takes longest begins first, so that nothing long is left over at the end. */
    private List<Lesson> longestFirst(Optional<String> only) {
        return course.lessons().stream()
                .filter(lesson -> only.isEmpty() || only.get().split("/")[0].equals(lesson.slug()))
                .sorted(Comparator.comparingInt(Proof::scenes).reversed())
                .toList();
    }

    /** How many scenes a lesson's steps are proved in, more or less. */
    private static int scenes(Lesson lesson) {
        return lesson.steps().stream()
                .mapToInt(step -> 5
                        + step.wrong().size()
                        + step.accepted().size()
                        + 2 * step.broken().size())
                .sum();
    }

    private long steps(Lesson lesson, Optional<String> only) {
        return new LessonStages(lesson, judge, stages)
                .steps().stream()
                        .filter(each -> step(only).isEmpty() || step(only).equals(each.id()))
                        .count();
    }

    private static String step(Optional<String> only) {
        return only.filter(o -> o.contains("/"))
                .map(o -> o.substring(o.indexOf('/') + 1))
                .orElse("");
    }

    private void prove(Lesson lesson, String only) throws InterruptedException {
        try (LessonStages world = new LessonStages(lesson, judge, stages)) {
            for (Step step : world.steps()) {
                if (only.isEmpty() || only.equals(step.id())) {
                    say(lesson, step, failures(world, step));
                }
            }
        }
    }

    private static List<Said> failures(LessonStages world, Step step) throws InterruptedException {
        try {
            return new StepProof(world, step).failures();
        } catch (LessonStages.SetupException failed) {
            world.discardAll();
            return List.of(message("proof.setup", step.id()));
        } catch (UserException | ReadException failed) {
            world.discardAll();
            return List.of(message("proof.error", String.valueOf(failed.getMessage())));
        }
    }

    private synchronized void say(Lesson lesson, Step step, List<Said> failures) {
        List<Said> words = new ArrayList<>();
        done++;
        proved += failures.isEmpty() ? 1 : 0;
        words.add(message(
                failures.isEmpty() ? "proof.passed" : "proof.failed", lesson.slug() + "/" + step.id(), done, total));
        words.addAll(failures);
        voice.say(words);
    }
}
