package dev.kuar.practice.api;

import dev.kuar.practice.object.Statuses;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What the query of a request says, by the names of ListOptions, GetOptions, CreateOptions, UpdateOptions, PatchOptions
 * and DeleteOptions. Texts that are absent are empty; numbers that are absent are -1.
 *
 * @param dryRun the values as given; anything but {@code All} is refused by the verb
 * @param sendInitialEvents null when absent
 */
public record RequestOptions(
        String fieldManager,
        List<String> dryRun,
        String fieldValidation,
        boolean forceGiven,
        boolean force,
        String labelSelector,
        String fieldSelector,
        long limit,
        String continueToken,
        String resourceVersion,
        String resourceVersionMatch,
        boolean allowWatchBookmarks,
        @Nullable Boolean sendInitialEvents,
        OptionalLong timeoutSeconds,
        String propagationPolicy,
        @Nullable Boolean orphanDependents,
        long gracePeriodSeconds,
        String preconditionUid,
        String preconditionResourceVersion) {

    public static final RequestOptions NONE = parse(Map.of());

    /**
     * Reads a decoded query; names that mean nothing are ignored as upstream ignores them.
     *
     * @throws dev.kuar.practice.object.ApiException 400 for a number that is none, worded as Go's strconv words it
     */
    public static RequestOptions parse(Map<String, List<String>> query) {
        return new RequestOptions(
                text(query, "fieldManager"),
                List.copyOf(Objects.requireNonNullElse(query.get("dryRun"), List.of())),
                text(query, "fieldValidation"),
                query.containsKey("force"),
                flag(query, "force"),
                text(query, "labelSelector"),
                text(query, "fieldSelector"),
                number(query, "limit"),
                text(query, "continue"),
                text(query, "resourceVersion"),
                text(query, "resourceVersionMatch"),
                flag(query, "allowWatchBookmarks"),
                optionalFlag(query, "sendInitialEvents"),
                query.containsKey("timeoutSeconds")
                        ? OptionalLong.of(number(query, "timeoutSeconds"))
                        : OptionalLong.empty(),
                text(query, "propagationPolicy"),
                optionalFlag(query, "orphanDependents"),
                query.containsKey("gracePeriodSeconds") ? oneAtLeast(number(query, "gracePeriodSeconds")) : -1,
                "",
                "");
    }

    /** Whether nothing is to be stored. */
    public boolean isDryRun() {
        return !dryRun.isEmpty();
    }

    /**
     * The same options, but of those for deletions only what a DeleteOptions body says.
     *
     * @param body the tree of a DeleteOptions object
     */
    public RequestOptions withDeleteOptions(Map<String, Object> body) {
        List<String> dry = new ArrayList<>();
        if (body.get("dryRun") instanceof List<?> list) {
            list.forEach(value -> dry.add(String.valueOf(value)));
        }
        Map<?, ?> preconditions = body.get("preconditions") instanceof Map<?, ?> map ? map : Map.of();
        return new RequestOptions(
                fieldManager,
                List.copyOf(dry),
                fieldValidation,
                forceGiven,
                force,
                labelSelector,
                fieldSelector,
                limit,
                continueToken,
                resourceVersion,
                resourceVersionMatch,
                allowWatchBookmarks,
                sendInitialEvents,
                timeoutSeconds,
                body.get("propagationPolicy") instanceof String policy ? policy : "",
                body.get("orphanDependents") instanceof Boolean orphan ? orphan : null,
                body.get("gracePeriodSeconds") instanceof Number given ? oneAtLeast(given.longValue()) : -1,
                preconditions.get("uid") instanceof String uid ? uid : "",
                preconditions.get("resourceVersion") instanceof String version ? version : "");
    }

    /** Upstream takes one second of grace for less than none. */
    private static long oneAtLeast(long given) {
        return given < 0 ? 1 : given;
    }

    private static String text(Map<String, List<String>> query, String name) {
        List<String> values = query.get(name);
        return values == null || values.isEmpty() ? "" : values.get(0);
    }

    private static long number(Map<String, List<String>> query, String name) {
        if (!query.containsKey(name)) {
            return -1;
        }
        String text = text(query, name);
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException bad) {
            String why = text.matches("[+-]?[0-9]+") ? "value out of range" : "invalid syntax";
            throw Statuses.badRequest("strconv.ParseInt: parsing \"" + text + "\": " + why);
        }
    }

    /** Upstream takes everything for true that is present and neither {@code false} nor {@code 0}. */
    private static boolean flag(Map<String, List<String>> query, String name) {
        return Boolean.TRUE.equals(optionalFlag(query, name));
    }

    private static @Nullable Boolean optionalFlag(Map<String, List<String>> query, String name) {
        if (!query.containsKey(name)) {
            return null;
        }
        String text = text(query, name);
        return !text.equals("0") && !text.equalsIgnoreCase("false");
    }
}
