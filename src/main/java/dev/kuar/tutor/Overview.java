package dev.kuar.tutor;

import static dev.kuar.tutor.Said.message;

import dev.kuar.lesson.Lesson;
import dev.kuar.progress.ProgressState;
import dev.kuar.progress.ProgressState.Standing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

    /** Lessons, or all of their steps, as {@code goto} takes them, with titles. */
    Map<String, String> places(boolean steps) {
        Map<String, String> places = new LinkedHashMap<>();
        for (Lesson lesson : itinerary.course().lessons()) {
            if (steps) {
                lesson.steps().forEach(step -> {
                    Place place = new Place(lesson, step);
                    places.put(place.toString(), title(place));
                });
            } else {
                places.put(lesson.slug(), lesson.titles().getOrDefault(language, ""));
            }
        }
        return places;
    }

    /** The heading of a step: how the steps of its lesson stand, and which of them it is. */
    Said milestone(Place place, String provider) {
        List<Place> places = itinerary.places(place.lesson(), provider);
        return new Said.Milestone(places.stream().map(this::mark).toList(), places.indexOf(place), title(place));
    }

    /** What {@code next} leads to. */
    Said onward(Place from, String provider) {
        Optional<Place> next = itinerary.after(from, provider);
        if (next.isEmpty()) {
            return message("next-ends");
        }
        Lesson lesson = next.get().lesson();
        return lesson.equals(from.lesson())
                ? message("next-step", title(next.get()))
                : message("next-lesson", lesson.titles().getOrDefault(language, lesson.slug()));
    }

    /** The end of a lesson: what of it is done, and of the course. */
    List<Said> closing(Lesson lesson, String provider) {
        List<Place> places = itinerary.places(lesson, provider);
        List<Place> all = itinerary.places(provider);
        return List.of(message(
                "lesson-done",
                lesson.titles().getOrDefault(language, lesson.slug()),
                passed(places),
                places.size(),
                passed(all),
                all.size()));
    }

    /** The lessons in which a step is open, for who has come to the end of the last. */
    List<Said> open(String provider) {
        List<String> open = itinerary.course().lessons().stream()
                .filter(l -> passed(itinerary.places(l, provider))
                        < itinerary.places(l, provider).size())
                .map(Lesson::slug)
                .toList();
        return open.isEmpty()
                ? List.of(message("course-done"))
                : List.of(message("course-open", String.join(", ", open), open.get(0)));
    }

    private String title(Place place) {
        return place.lesson().text(language, place.step()).title();
    }

    private Said.Mark mark(Place place) {
        return Said.Mark.valueOf(state.standing(place.lesson(), place.step()).name());
    }

    /** Every lesson with how many of its steps are done; the steps of the one where the learner is. */
    List<Said> lessons(String provider, Optional<Lesson> here, @Nullable StepRun run) {
        List<Said> words = new ArrayList<>();
        for (Lesson lesson : itinerary.course().lessons()) {
            List<Place> places = itinerary.places(lesson, provider);
            boolean current = here.isPresent() && here.get().equals(lesson);
            words.add(new Said.Row(List.of(
                    current ? ">" : " ",
                    lesson.slug(),
                    passed(places) + "/" + places.size(),
                    lesson.titles().getOrDefault(language, ""))));
            if (current) {
                int number = 1;
                for (Place place : places) {
                    boolean at = run != null && run.step().equals(place.step());
                    words.add(new Said.Row(List.of(
                            at ? ">" : " ",
                            "  " + number++ + " " + place.step().id(),
                            message("mark." + standing(place)),
                            title(place))));
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
