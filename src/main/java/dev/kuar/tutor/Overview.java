package dev.kuar.tutor;

import static dev.kuar.tutor.Said.message;

import dev.kuar.lesson.Lesson;
import dev.kuar.progress.ProgressState;
import dev.kuar.progress.ProgressState.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The course seen from above: lessons, steps, and how far the learner is. */
final class Overview {
    private final Itinerary itinerary;
    private final ProgressState state;
    private final String language;

    Overview(Itinerary itinerary, ProgressState state, String language) {
        this.itinerary = itinerary;
        this.state = state;
        this.language = language;
    }

    List<Said> opening(Lesson lesson) {
        List<Said> words = new ArrayList<>();
        words.add(new Said.Heading(lesson.titles().getOrDefault(language, lesson.slug())));
        words.add(message("lesson-facts", lesson.minutes(), lesson.steps().size()));
        words.add(new Said.Prose(lesson.text(language).introduction()));
        StringBuilder goals = new StringBuilder();
        lesson.goals()
                .getOrDefault(language, List.of())
                .forEach(g -> goals.append("- ").append(g).append('\n'));
        words.add(message("goals"));
        words.add(new Said.Prose(goals.toString()));
        return words;
    }

    /** Every lesson with how many of its steps are done; the steps of the one where the learner is. */
    List<Said> lessons(String provider, Optional<Lesson> here, @Nullable StepRun run) {
        List<Said> words = new ArrayList<>();
        for (Lesson lesson : itinerary.course().lessons()) {
            List<Place> places = itinerary.places(lesson, provider);
            words.add(message(
                    "list.lesson",
                    lesson.slug(),
                    lesson.titles().getOrDefault(language, ""),
                    passed(places),
                    places.size()));
            if (here.isPresent() && here.get().equals(lesson)) {
                for (Place place : places) {
                    boolean at = run != null && run.step().equals(place.step());
                    words.add(message(
                            "list.step." + standing(place),
                            at ? "->" : "  ",
                            place.step().id(),
                            lesson.text(language, place.step()).title()));
                }
            }
        }
        return words;
    }

    List<Said> progress(String provider) {
        List<Place> places = itinerary.places(provider);
        List<Said> words = new ArrayList<>();
        words.add(message("progress", passed(places), places.size()));
        long review = places.stream()
                .filter(p -> state.standing(p.lesson(), p.step()) == Standing.TO_REVIEW)
                .count();
        if (review > 0) {
            words.add(message("to-review", review));
        }
        return words;
    }

    private long passed(List<Place> places) {
        return places.stream()
                .filter(p -> state.standing(p.lesson(), p.step()) == Standing.PASSED)
                .count();
    }

    private String standing(Place place) {
        return state.standing(place.lesson(), place.step())
                .name()
                .toLowerCase(Locale.ROOT)
                .replace('_', '-');
    }
}
