package dev.kuar.practice.redis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A sorted set: members by score, then by their bytes. */
final class SortedMembers {
    private final Map<String, Double> scores = new HashMap<>();
    private final TreeSet<Member> order =
            new TreeSet<>(Comparator.comparingDouble(Member::score).thenComparing(Member::name));

    /** A member with its score. */
    record Member(String name, double score) {}

    int size() {
        return scores.size();
    }

    @Nullable
    Double score(String name) {
        return scores.get(name);
    }

    void put(String name, double score) {
        remove(name);
        scores.put(name, score);
        order.add(new Member(name, score));
    }

    boolean remove(String name) {
        Double before = scores.remove(name);
        return before != null && order.remove(new Member(name, before));
    }

    /** Lowest first. */
    List<Member> members() {
        return new ArrayList<>(order);
    }

    /** A score as the server writes it: without a fraction where it has none. */
    static String text(double score) {
        if (score == Math.rint(score) && Math.abs(score) < 1e17) {
            return Long.toString((long) score);
        }
        if (Double.isInfinite(score)) {
            return score > 0 ? "inf" : "-inf";
        }
        String plain = Double.toString(score);
        return plain.contains("E") ? new java.math.BigDecimal(plain).toString().replace("E", "e") : plain;
    }
}
