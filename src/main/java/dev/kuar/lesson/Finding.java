package dev.kuar.lesson;

import java.util.List;

/**
 * Something that lint has against a lesson.
 *
 * @param place file, with line and column where they are known; or lesson and step
 * @param key the message, in the feature {@code lint}
 * @param arguments of the message, in order
 * @param excerpt the source line with a caret below; empty where there is none
 */
public record Finding(String place, String key, List<String> arguments, String excerpt) {
    static Finding of(String place, String key, String... arguments) {
        return new Finding(place, "lint." + key, List.of(arguments), "");
    }
}
