package dev.kuar.practice.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the conditional headers of a request say of an entity: {@code If-Match}, {@code If-None-Match},
 * {@code If-Modified-Since}, {@code If-Unmodified-Since} and {@code If-Range}. Source: RFC 7232 as Go's server reads it.
 *
 * @param tag with its quotes; empty without
 */
record Preconditions(Call call, String tag, Instant modified) {
    /** What becomes of the request. */
    enum Outcome {
        GO_ON,
        NOT_MODIFIED,
        FAILED
    }

    Outcome outcome() {
        String match = call.header("If-Match");
        if (match.isEmpty() ? isModifiedSince(call.header("If-Unmodified-Since"), false) : !lists(match, false)) {
            return Outcome.FAILED;
        }
        String none = call.header("If-None-Match");
        if (!none.isEmpty()) {
            return !lists(none, true) ? Outcome.GO_ON : reads() ? Outcome.NOT_MODIFIED : Outcome.FAILED;
        }
        return reads() && !isModifiedSince(call.header("If-Modified-Since"), true)
                ? Outcome.NOT_MODIFIED
                : Outcome.GO_ON;
    }

    /** Whether a Range header is to be looked at. */
    boolean allowRanges() {
        String range = call.header("If-Range");
        if (range.isEmpty() || !reads()) {
            return true;
        }
        String given = firstTag(range);
        if (!given.isEmpty()) {
            return given.equals(tag) && !given.startsWith("W/");
        }
        Instant time = time(range);
        return time != null && time.equals(modified.truncatedTo(ChronoUnit.SECONDS));
    }

    private boolean reads() {
        return call.method().equals("GET") || call.method().equals("HEAD");
    }

    private boolean isModifiedSince(String header, boolean otherwise) {
        Instant time = header.isEmpty() ? null : time(header);
        return time == null
                ? otherwise
                : modified.truncatedTo(ChronoUnit.SECONDS).isAfter(time);
    }

    private static @Nullable Instant time(String header) {
        try {
            return DateTimeFormatter.RFC_1123_DATE_TIME.parse(header, Instant::from);
        } catch (DateTimeException none) {
            return null;
        }
    }

    /** Whether a list of tags has this one; a star has all. */
    private boolean lists(String header, boolean weakly) {
        String rest = header.strip();
        while (!rest.isEmpty()) {
            if (rest.startsWith("*")) {
                return true;
            }
            if (rest.startsWith(",")) {
                rest = rest.substring(1).strip();
                continue;
            }
            String each = firstTag(rest);
            if (each.isEmpty()) {
                return false;
            }
            boolean same = weakly ? strong(each).equals(strong(tag)) : each.equals(tag) && !each.startsWith("W/");
            if (same && !tag.isEmpty()) {
                return true;
            }
            rest = rest.substring(each.length()).strip();
        }
        return false;
    }

    private static String strong(String tag) {
        return tag.startsWith("W/") ? tag.substring(2) : tag;
    }

    /** The tag that a text begins with; empty where it begins with none. */
    private static String firstTag(String text) {
        int start = text.startsWith("W/") ? 2 : 0;
        if (text.length() < start + 2 || text.charAt(start) != '"') {
            return "";
        }
        for (int i = start + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                return text.substring(0, i + 1);
            }
            if (c < 0x21 || c == 0x7f) {
                return "";
            }
        }
        return "";
    }
}
