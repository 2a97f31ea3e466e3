package dev.kuar.lesson;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A course: lessons in the order in which they are taught.
 *
 * @param titles language to title
 * @param begin the slug of the lesson for whom nothing is behind; empty for the first
 * @param lessons provider lessons first, by the order of {@code course.yaml}
 */
public record Course(Map<String, String> titles, String license, String begin, List<Lesson> lessons) {
    /** The languages that every text comes in. */
    public static final List<String> LANGUAGES = List.of("en", "ko");

    public Course {
        titles = Map.copyOf(titles);
        lessons = List.copyOf(lessons);
    }

    public Optional<Lesson> lesson(String slug) {
        return lessons.stream().filter(l -> l.slug().equals(slug)).findFirst();
    }

    public int size() {
        return lessons.stream().mapToInt(l -> l.steps().size()).sum();
    }
}
