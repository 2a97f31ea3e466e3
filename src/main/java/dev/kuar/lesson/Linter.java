package dev.kuar.lesson;

import dev.kuar.check.Check;
import dev.kuar.check.CheckLanguage;
import dev.kuar.check.Uses;
import dev.kuar.error.UserException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Says what is wrong with the lessons of a course, without a cluster.
 *
 * <p>A course that teaches the chapter also needs two steps a row, and a check that reads the cluster in each row.
 */
public final class Linter {
    /** The rows of the chapter's table. */
    public static final int ROWS = 17;

    /** The providers that a lesson may name. */
    public static final Set<String> PROVIDERS =
            Set.of("kind", "minikube", "docker-desktop", "gke", "aks", "eks", "kubeadm");

    private final CheckLanguage language;

    public Linter(CheckLanguage language) {
        this.language = language;
    }

    /** All findings, in the order of the course; {@code wholeChapter} asks for every row. */
    public List<Finding> lint(Course course, boolean wholeChapter) {
        List<Finding> findings = new ArrayList<>();
        for (Lesson lesson : course.lessons()) {
            findings.addAll(lint(lesson));
            for (String needed : lesson.prerequisites()) {
                if (course.lesson(needed).isEmpty()) {
                    findings.add(Finding.of(lesson.slug(), "no-such-lesson", needed));
                }
            }
        }
        if (wholeChapter) {
            rows(course, findings);
        }
        return findings;
    }

    /** The findings of one lesson. */
    public List<Finding> lint(Lesson lesson) {
        List<Finding> findings = new ArrayList<>();
        if (lesson.provider() != null && !PROVIDERS.contains(lesson.provider())) {
            findings.add(Finding.of(lesson.slug(), "unknown-provider", lesson.provider()));
        }
        for (Step step : lesson.steps()) {
            findings.addAll(new StepLint(lesson, step, language).findings());
        }
        findings.addAll(new TextLint(lesson).findings());
        findings.addAll(new UnusedTexts(lesson).findings());
        return findings;
    }

    /** What a lesson would do that no lesson may: findings that keep it from being run at all. */
    public List<Finding> dangers(Course course) {
        return course.lessons().stream()
                .flatMap(lesson -> lint(lesson).stream())
                .filter(f -> f.key().startsWith("lint.line.") || f.key().startsWith("lint.setup."))
                .toList();
    }

    private void rows(Course course, List<Finding> findings) {
        Map<Integer, Integer> steps = new TreeMap<>();
        Set<Integer> live = new HashSet<>();
        for (Lesson lesson : course.lessons()) {
            for (Step step : lesson.steps()) {
                steps.merge(step.row(), 1, Integer::sum);
                if (step.checks().stream().anyMatch(this::readsTheCluster)) {
                    live.add(step.row());
                }
            }
        }
        for (int row = 1; row <= ROWS; row++) {
            int count = steps.getOrDefault(row, 0);
            if (count < 2) {
                findings.add(Finding.of("course.yaml", "row-too-thin", String.valueOf(row), String.valueOf(count)));
            }
            if (count > 0 && !live.contains(row)) {
                findings.add(Finding.of("course.yaml", "row-not-live", String.valueOf(row)));
            }
        }
    }

    private boolean readsTheCluster(Check check) {
        try {
            Uses uses = language.uses(check.expect());
            return uses.readsTheCluster();
        } catch (UserException invalid) {
            return false;
        }
    }
}
