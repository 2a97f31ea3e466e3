package dev.kuar.tutor;

import dev.kuar.lesson.Lesson;
import dev.kuar.lesson.Step;

/** A step in its lesson. */
record Place(Lesson lesson, Step step) {
    @Override
    public String toString() {
        return lesson.slug() + "/" + step.id();
    }
}
