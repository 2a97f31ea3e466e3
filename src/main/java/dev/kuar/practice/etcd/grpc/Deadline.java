package dev.kuar.practice.etcd.grpc;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The header {@code grpc-timeout}: up to eight digits and a unit. */
final class Deadline {
    private static final Pattern FORM = Pattern.compile("(\\d{1,8})([HMSmun])");

    private Deadline() {}

    /** @throws GrpcException where it is malformed */
    static Optional<Duration> of(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new GrpcException(
                    GrpcStatus.INTERNAL,
                    "malformed grpc-timeout: transport: timeout unit is not recognized: \"" + text + "\"");
        }
        long count = Long.parseLong(form.group(1));
        return Optional.of(
                switch (form.group(2)) {
                    case "H" -> Duration.ofHours(count);
                    case "M" -> Duration.ofMinutes(count);
                    case "S" -> Duration.ofSeconds(count);
                    case "m" -> Duration.ofMillis(count);
                    case "u" -> Duration.ofNanos(1000 * count);
                    default -> Duration.ofNanos(count);
                });
    }
}
