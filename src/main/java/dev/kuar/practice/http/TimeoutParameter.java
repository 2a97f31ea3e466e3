package dev.kuar.practice.http;

import dev.kuar.practice.object.GoDuration;
import java.util.Optional;

/**
 * The query parameter {@code timeout}, which every request may have and which says how long the client will wait; here answers
 * don't take long, so that it only matters whether it is one.
 */
final class TimeoutParameter {
    private TimeoutParameter() {}

    /** What is wrong with {@code text}; nothing with an empty one. */
    static Optional<String> problem(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            GoDuration.parse(text);
            return Optional.empty();
        } catch (GoDuration.Invalid none) {
            return Optional.of("invalid timeout specified in the request URL - " + none.getMessage());
        }
    }
}
