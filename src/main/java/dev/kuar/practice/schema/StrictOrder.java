package dev.kuar.practice.schema;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Unknown and duplicate fields in the order in which they stand in a text, as Go's strict decoder finds them. */
final class StrictOrder {
    private static final String DUPLICATE = "duplicate field";

    private StrictOrder() {}

    /** @param errors {@code unknown field "a.b"} or {@code duplicate field "a.b"} */
    static List<String> sort(byte[] json, List<String> errors) {
        Map<String, List<Integer>> places = new HashMap<>();
        List<String> fields = GoJson.fields(json);
        for (int i = 0; i < fields.size(); i++) {
            places.computeIfAbsent(fields.get(i), path -> new ArrayList<>()).add(i);
        }
        Map<String, Integer> told = new HashMap<>();
        record Placed(int place, String error) {}
        List<Placed> placed = new ArrayList<>();
        for (String error : errors) {
            String path = error.substring(error.indexOf('"') + 1, error.lastIndexOf('"'));
            int nth = error.startsWith(DUPLICATE) ? told.merge(path, 1, Integer::sum) : 0;
            List<Integer> here = places.getOrDefault(path, List.of());
            placed.add(new Placed(nth < here.size() ? here.get(nth) : Integer.MAX_VALUE, error));
        }
        placed.sort(Comparator.comparingInt(Placed::place));
        return placed.stream().map(Placed::error).toList();
    }
}
