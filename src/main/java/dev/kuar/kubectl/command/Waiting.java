package dev.kuar.kubectl.command;

import dev.kuar.kubectl.data.Json;
import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.rest.Failure;
import dev.kuar.kubectl.rest.Urls;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Waits for objects: watches one until something holds, or the time is up. */
final class Waiting {
    private final Run run;

    Waiting(Run run) {
        this.run = run;
    }

    /** Waits until none of {@code deleted} is there any more (or another of the same name is). */
    void gone(List<Info> deleted, Duration limit) {
        for (Info info : deleted) {
            String uid = info.object().text("uid");
            boolean gone = until(
                    info,
                    limit,
                    object -> object.isEmpty()
                            || (!uid.isEmpty()
                                    && !object.get().text("metadata", "uid").equals(uid)));
            if (!gone) {
                throw Failure.error("timed out waiting for the condition on "
                        + info.resource().name() + "/" + info.name());
            }
        }
    }

    /** Whether {@code condition} came to hold in time; it is told of absence by an empty value. */
    boolean until(Info info, Duration limit, Predicate<Optional<Tree>> condition) {
        Instant end = run.clock().instant().plus(limit.isNegative() ? Duration.ofDays(7) : limit);
        while (true) {
            Map<String, String> query = new LinkedHashMap<>();
            query.put("fieldSelector", "metadata.name=" + info.name());
            Tree list = run.client().get(Urls.query(info.collection(), query));
            List<Tree> items = list.items("items");
            Optional<Tree> now = items.isEmpty() ? Optional.empty() : Optional.of(items.get(0));
            if (condition.test(now)) {
                return true;
            }
            Duration left = Duration.between(run.clock().instant(), end);
            if (left.isNegative() || left.isZero()) {
                return false;
            }
            query.put("resourceVersion", list.text("metadata", "resourceVersion"));
            query.put("watch", "true");
            query.put("timeoutSeconds", String.valueOf(Math.max(1, Math.min(left.toSeconds() + 1, 300))));
            if (watched(Urls.query(info.collection(), query), condition, end)) {
                return true;
            }
            if (run.cancellation().isCancelled()) {
                throw Failure.exit(130, "");
            }
        }
    }

    private boolean watched(String path, Predicate<Optional<Tree>> condition, Instant end) {
        boolean[] held = {false};
        try {
            run.client().lines(path, "application/json", line -> {
                Tree event = new Tree(Json.parse(line));
                String type = event.text("type");
                if ("ERROR".equals(type)) {
                    throw new Stop();
                }
                if (!"BOOKMARK".equals(type)) {
                    Optional<Tree> object = "DELETED".equals(type) ? Optional.empty() : Optional.of(event.at("object"));
                    if (condition.test(object)) {
                        held[0] = true;
                        throw new Stop();
                    }
                }
                if (run.clock().instant().isAfter(end)) {
                    throw new Stop();
                }
            });
        } catch (Stop enough) {
            return held[0];
        }
        return held[0];
    }

    /** Ends a watch from inside. */
    private static final class Stop extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Stop() {
            super("enough", null, false, false);
        }
    }
}
