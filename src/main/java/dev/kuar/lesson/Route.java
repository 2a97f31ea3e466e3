package dev.kuar.lesson;

import dev.kuar.check.Expression;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One way through a step.
 *
 * @param actions in order, at least one
 * @param on the cluster that this way needs; null for the lesson's
 */
public record Route(List<Action> actions, @Nullable Shape on) {

    public Route {
        actions = List.copyOf(actions);
    }

    /** One thing that a learner does. */
    public sealed interface Action {}

    /** Types a line. */
    public record Line(String text) implements Action {}

    /** Answers the question. */
    public record Answer(Expression value) implements Action {}

    /** Types a line in another terminal: its effect is seen, the run isn't. */
    public record Elsewhere(String text) implements Action {}

    /** A cluster; empty and 0 for 'as the lesson's'. */
    public record Shape(String provider, String kubernetes, int nodes) {}

    /** The lines, answers left out. */
    public List<String> lines() {
        return actions.stream()
                .map(a -> a instanceof Line l ? l.text() : a instanceof Elsewhere e ? e.text() : "")
                .filter(l -> !l.isEmpty())
                .toList();
    }

    public static Route of(List<String> lines) {
        return new Route(lines.stream().<Action>map(Line::new).toList(), null);
    }
}
