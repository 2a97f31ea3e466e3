package dev.kuar.check;

import dev.kuar.check.Verdict.CannotCheck;
import dev.kuar.check.Verdict.NotYet;
import dev.kuar.check.Verdict.Obstacle;
import dev.kuar.check.Verdict.Passed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The verdicts on the checks of one step, in the order of the lesson.
 *
 * @param verdicts check id to verdict
 * @param held the ids of checks that stay passed, because they looked at what the learner did
 */
public record Judgement(Map<String, Verdict> verdicts, Set<String> held) {

    public Judgement {
        verdicts = new LinkedHashMap<>(verdicts);
        held = Set.copyOf(held);
    }

    public boolean passed() {
        return verdicts.values().stream().allMatch(Verdict::passed);
    }

    /**
     * The one verdict that stands for the step: passed when all are; else what the world did (a cluster that doesn't
     * answer) before what the learner did, then the first in the order of the lesson.
     */
    public Verdict overall() {
        List<Verdict> open = new ArrayList<>(verdicts.values());
        open.removeIf(Verdict::passed);
        if (open.isEmpty()) {
            return new Passed();
        }
        return open.stream()
                .filter(v -> v instanceof Verdict.NoLongerPossible)
                .findFirst()
                .or(() -> open.stream().filter(Judgement::fault).findFirst())
                .or(() -> open.stream()
                        .filter(v -> v instanceof NotYet || (v instanceof CannotCheck c && c.why() == Obstacle.LESSON))
                        .findFirst())
                .orElse(open.get(0));
    }

    private static boolean fault(Verdict verdict) {
        return verdict instanceof CannotCheck c && c.why() != Obstacle.LESSON && c.why() != Obstacle.DEPENDS;
    }
}
