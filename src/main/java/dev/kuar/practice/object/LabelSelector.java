package dev.kuar.practice.object;

import dev.kuar.practice.object.Requirement.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A label selector: conditions that must all hold. Immutable. */
public final class LabelSelector {
    /** Matches everything. */
    public static final LabelSelector EVERYTHING = new LabelSelector(List.of(), false);

    /** Matches nothing, as an absent selector in an object does. */
    public static final LabelSelector NOTHING = new LabelSelector(List.of(), true);

    private final List<Requirement> requirements;
    private final boolean nothing;

    LabelSelector(List<Requirement> requirements, boolean nothing) {
        this.requirements = requirements;
        this.nothing = nothing;
    }

    /**
     * Reads {@code a=b,c!=d,e in (f,g),!h}.
     *
     * @throws ApiException 400 worded as upstream's parser
     */
    public static LabelSelector parse(String text) {
        return text.isEmpty() ? EVERYTHING : new LabelSelectorParser(text).parse();
    }

    /** Of plain labels, as Services and ReplicationControllers have them; no labels match everything. */
    public static LabelSelector ofLabels(Map<String, String> labels) {
        List<Requirement> all = new ArrayList<>();
        labels.forEach((key, value) -> all.add(new Requirement(key, Operator.EQUALS, List.of(value))));
        return sorted(all);
    }

    /**
     * Of an object's LabelSelector: {@code matchLabels} and {@code matchExpressions}.
     *
     * @param tree empty matches everything; null is the caller's business
     */
    public static LabelSelector ofObject(Map<String, Object> tree) {
        List<Requirement> all = new ArrayList<>();
        KubeObject selector = KubeObject.of(tree);
        selector.textMap("matchLabels")
                .forEach((key, value) -> all.add(new Requirement(key, Operator.IN, List.of(value))));
        for (Map<String, Object> expression : selector.maps("matchExpressions")) {
            KubeObject part = KubeObject.of(expression);
            List<String> values = new ArrayList<>(new TreeSet<>(part.texts("values")));
            Operator operator =
                    switch (part.text("operator")) {
                        case "In" -> Operator.IN;
                        case "NotIn" -> Operator.NOT_IN;
                        case "Exists" -> Operator.EXISTS;
                        default -> Operator.DOES_NOT_EXIST;
                    };
            all.add(new Requirement(part.text("key"), operator, values));
        }
        return sorted(all);
    }

    public boolean matches(Map<String, String> labels) {
        if (nothing) {
            return false;
        }
        for (Requirement requirement : requirements) {
            if (!requirement.matches(labels)) {
                return false;
            }
        }
        return true;
    }

    public boolean isEverything() {
        return !nothing && requirements.isEmpty();
    }

    /** In the form that {@link #parse} reads, by key; single values as {@code key=value}. */
    @Override
    public String toString() {
        return requirements.stream()
                .map(r -> r.operator() == Operator.IN && r.values().size() == 1
                        ? r.key() + "=" + r.values().get(0)
                        : r.toString())
                .collect(Collectors.joining(","));
    }

    static LabelSelector sorted(List<Requirement> requirements) {
        requirements.sort((a, b) -> a.key().compareTo(b.key()));
        return new LabelSelector(List.copyOf(requirements), false);
    }
}
