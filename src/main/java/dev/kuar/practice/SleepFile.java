package dev.kuar.practice;

import dev.kuar.error.Edge;
import dev.kuar.practice.time.Sleeps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code sleeps} in a cluster's directory: when nobody ran it, a line a sleep, {@code FROM TO}.
 *
 * <p>A cluster falls asleep with its last write: node leases are renewed every few seconds, so that a process that was killed
 * leaves a good estimate too.
 */
final class SleepFile {
    private static final String NAME = "sleeps";
    private static final List<String> SIGNS_OF_LIFE = List.of("store.mv", "awake");
    private static final Duration NAP = Duration.ofSeconds(1);
    private static final int KEPT = 500;

    private SleepFile() {}

    /** Called when a cluster wakes: notes the sleep that ends, and returns all. */
    @Edge("when a practice cluster slept")
    static Sleeps wake(Path directory) throws IOException {
        List<Sleeps.Span> spans = read(directory.resolve(NAME));
        Instant last = Instant.MIN;
        for (String sign : SIGNS_OF_LIFE) {
            Path file = directory.resolve(sign);
            if (Files.exists(file)) {
                Instant at = Files.getLastModifiedTime(file).toInstant();
                last = at.isAfter(last) ? at : last;
            }
        }
        Instant now = Instant.now();
        if (!last.equals(Instant.MIN) && last.plus(NAP).isBefore(now)) {
            spans.add(new Sleeps.Span(last, now));
            List<Sleeps.Span> kept = spans.subList(Math.max(0, spans.size() - KEPT), spans.size());
            StringBuilder text = new StringBuilder();
            kept.forEach(span ->
                    text.append(span.from()).append(' ').append(span.to()).append('\n'));
            PrivateFiles.write(directory.resolve(NAME), text.toString());
        }
        return new Sleeps(spans);
    }

    /** Called when a cluster falls asleep in order. */
    @Edge("when a practice cluster slept")
    static void sleep(Path directory) throws IOException {
        Path file = directory.resolve("awake");
        if (!Files.exists(file)) {
            Files.write(file, new byte[0], StandardOpenOption.CREATE);
        }
        Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
    }

    private static List<Sleeps.Span> read(Path file) throws IOException {
        List<Sleeps.Span> spans = new ArrayList<>();
        if (!Files.exists(file)) {
            return spans;
        }
        for (String line : Files.readAllLines(file)) {
            String[] words = line.split(" ", -1);
            try {
                spans.add(new Sleeps.Span(Instant.parse(words[0]), Instant.parse(words[1])));
            } catch (DateTimeException | IndexOutOfBoundsException damaged) {
                continue;
            }
        }
        return spans;
    }
}
