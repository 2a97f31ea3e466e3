package dev.kuar.tutor;

import java.util.List;

/** One thing that the tutor says; a {@link Voice} gives it a form. */
public sealed interface Said {
    /** The text of a message key in the learner's language. */
    record Message(String key, List<Object> arguments) implements Said {}

    /** The heading of a step or a part. */
    record Heading(String text) implements Said {}

    /** Markdown from a lesson. */
    record Prose(String markdown) implements Said {}

    /** A line to type, or one that is being run. */
    record Command(String line) implements Said {}

    /** What a line printed, as it is. */
    record Output(String text) implements Said {}

    static Said message(String key, Object... arguments) {
        return new Message("tutor." + key, List.of(arguments));
    }
}
