package dev.kuar.tutor;

import dev.kuar.error.UserException;
import dev.kuar.lesson.Course;
import dev.kuar.lesson.Lesson;
import dev.kuar.lesson.Step;
import dev.kuar.progress.ProgressState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The steps of a course in order, as they are for one provider. */
final class Itinerary {
    private final Course course;

    Itinerary(Course course) {
        this.course = course;
    }

    Course course() {
        return course;
    }

    /** Where the learner was last; empty where nothing is behind, or where it is no longer in the course. */
    Optional<Place> last(ProgressState state) {
        return course.lesson(state.lesson())
                .map(lesson -> new Place(
                        lesson, lesson.step(state.step()).orElse(lesson.steps().get(0))));
    }

    /** Where the course begins for whom nothing is behind. */
    Place beginning(String provider) {
        return course.begin().isEmpty() ? places(provider).get(0) : find(course.begin(), Optional.empty(), provider);
    }

    List<Place> places(String provider) {
        List<Place> places = new ArrayList<>();
        course.lessons().forEach(l -> places.addAll(places(l, provider)));
        return places;
    }

    List<Place> places(Lesson lesson, String provider) {
        String shape = lesson.provider() != null ? lesson.provider() : provider.isEmpty() ? "kind" : provider;
        return lesson.steps().stream()
                .filter(s -> s.appearsOn(shape))
                .map(s -> new Place(lesson, s))
                .toList();
    }

    Optional<Place> after(Place place, String provider) {
        return neighbour(place, provider, 1);
    }

    Optional<Place> before(Place place, String provider) {
        return neighbour(place, provider, -1);
    }

    /** {@code LESSON}, {@code LESSON/STEP}, or a step of {@code here}: its id, or its number from 1. */
    Place find(String reference, Optional<Lesson> here, String provider) {
        int slash = reference.indexOf('/');
        if (slash >= 0) {
            Lesson lesson = lesson(reference.substring(0, slash));
            return step(lesson, reference.substring(slash + 1), provider);
        }
        if (here.isPresent() && (here.get().step(reference).isPresent() || reference.matches("[0-9]{1,3}"))) {
            return step(here.get(), reference, provider);
        }
        return places(lesson(reference), provider).get(0);
    }

    private Lesson lesson(String slug) {
        return course.lesson(slug)
                .orElseThrow(() -> UserException.saying(
                        dev.kuar.lesson.LessonReason.NO_SUCH_LESSON, "lesson.no-such-lesson", slug));
    }

    private Place step(Lesson lesson, String reference, String provider) {
        List<Place> places = places(lesson, provider);
        if (reference.matches("[0-9]{1,3}")) {
            int number = Integer.parseInt(reference);
            if (number >= 1 && number <= places.size()) {
                return places.get(number - 1);
            }
        }
        Optional<Step> named = lesson.step(reference);
        return named.map(s -> new Place(lesson, s))
                .orElseThrow(() -> UserException.saying(
                        TutorReason.NO_SUCH_STEP, "lesson.no-such-step", lesson.slug(), reference));
    }

    private Optional<Place> neighbour(Place place, String provider, int direction) {
        List<Place> places = places(provider);
        int at = places.indexOf(place) + direction;
        return at >= 0 && at < places.size() ? Optional.of(places.get(at)) : Optional.empty();
    }
}
