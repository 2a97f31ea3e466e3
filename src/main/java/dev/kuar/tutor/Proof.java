package dev.kuar.tutor;

import static dev.kuar.tutor.Said.message;

import dev.kuar.check.Judge;
import dev.kuar.lesson.Course;
import dev.kuar.lesson.Lesson;
import dev.kuar.lesson.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code lesson test}: proves each step of a course five ways, on practice clusters of its own.
 *
 * <p>Unsolved, it isn't passed; the solution and every accepted way pass; each wrong answer gives its reason, and so do
 * those that kuar thinks up; on each broken cluster the solution gives the broken cluster's reason; with the cluster
 * stopped nobody can tell. And every check was seen both true and false.
 */
public final class Proof {
    private final Course course;
    private final Judge judge;
    private final Stage.Factory stages;
    private final Voice voice;

    public Proof(Course course, Judge judge, Stage.Factory stages, Voice voice) {
        this.course = course;
        this.judge = judge;
        this.stages = stages;
        this.voice = voice;
    }

    /**
     * Proves all steps, those of a lesson, or one.
     *
     * @param only {@code lesson} or {@code lesson/step}; empty for all
     * @return whether all were proved
     */
    public boolean prove(Optional<String> only) throws InterruptedException {
        int proved = 0;
        int total = 0;
        for (Lesson lesson : course.lessons()) {
            if (only.isPresent() && !only.get().split("/")[0].equals(lesson.slug())) {
                continue;
            }
            String step = only.filter(o -> o.contains("/"))
                    .map(o -> o.substring(o.indexOf('/') + 1))
                    .orElse("");
            try (LessonStages world = new LessonStages(lesson, judge, stages)) {
                for (Step each : world.steps()) {
                    if (!step.isEmpty() && !step.equals(each.id())) {
                        continue;
                    }
                    total++;
                    if (say(lesson, each, new StepProof(world, each).failures())) {
                        proved++;
                    }
                }
            }
        }
        voice.say(List.of(message("proof.summary", proved, total)));
        return total > 0 && proved == total;
    }

    private boolean say(Lesson lesson, Step step, List<Said> failures) {
        String name = lesson.slug() + "/" + step.id();
        List<Said> words = new ArrayList<>();
        words.add(message(failures.isEmpty() ? "proof.passed" : "proof.failed", name));
        words.addAll(failures);
        voice.say(words);
        return failures.isEmpty();
    }
}
