package dev.kuar.practice.controller;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Leaves so many addresses in subsets as Endpoints may have: ready ones first, of each subset its share. */
final class EndpointsCut {
    private final int most;

    EndpointsCut(int most) {
        this.most = most;
    }

    /** Changes the subsets; whether there were too many addresses. */
    boolean apply(List<Object> subsets) {
        int ready = count(subsets, "addresses");
        int unready = count(subsets, "notReadyAddresses");
        if (ready + unready <= most) {
            return false;
        }
        boolean tooManyReady = ready > most;
        String list = tooManyReady ? "addresses" : "notReadyAddresses";
        int room = tooManyReady ? most : most - ready;
        int left = room;
        for (Object each : subsets) {
            @SuppressWarnings("unchecked")
            Map<String, Object> subset = (Map<String, Object>) each;
            List<?> all = subset.get(list) instanceof List<?> some ? some : List.of();
            int share = (int) Math.ceil((double) all.size() / (tooManyReady ? ready : unready) * room);
            List<Object> kept = new ArrayList<>(all.subList(0, Math.min(all.size(), Math.min(share, left))));
            left -= kept.size();
            if (kept.isEmpty()) {
                subset.remove(list);
            } else {
                subset.put(list, kept);
            }
            if (tooManyReady) {
                subset.remove("notReadyAddresses");
            }
        }
        return true;
    }

    private static int count(List<Object> subsets, String list) {
        int count = 0;
        for (Object each : subsets) {
            count += ((Map<?, ?>) each).get(list) instanceof List<?> some ? some.size() : 0;
        }
        return count;
    }
}
