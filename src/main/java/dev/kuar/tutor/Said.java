package dev.kuar.tutor;

import java.util.List;

/** One thing that the tutor says; a {@link Voice} gives it a form. */
public sealed interface Said {
    /** The text of a message key in the learner's language. */
    record Message(String key, List<Object> arguments) implements Said {}

    /** The heading of a lesson. */
    record Heading(String text) implements Said {}

    /**
     * The heading of a step, with where it is in its lesson.
     *
     * @param marks how each step of the lesson stands, in its order
     * @param at the step's place among them, from 0; -1 where the learner is in none of them
     */
    record Milestone(List<Mark> marks, int at, String title) implements Said {
        public Milestone {
            marks = List.copyOf(marks);
        }
    }

    /** How a step stands. */
    enum Mark {
        OPEN,
        PASSED,
        SKIPPED,
        TO_REVIEW
    }

    /** Markdown from a lesson. */
    record Prose(String markdown) implements Said {}

    /** A part of a verdict: the message key of its label, and what belongs to it, as Markdown. */
    record Field(String key, String markdown) implements Said {}

    /** A line of a list, in columns; lines one after the other are aligned. */
    record Row(List<Object> cells) implements Said {
        public Row {
            cells = List.copyOf(cells);
        }
    }

    /** A line to type, or one that is being run. */
    record Command(String line) implements Said {}

    /** What a line printed, as it is. */
    record Output(String text) implements Said {}

    static Said message(String key, Object... arguments) {
        return new Message("tutor." + key, List.of(arguments));
    }
}
