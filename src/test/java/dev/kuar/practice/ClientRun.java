package dev.kuar.practice;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What came of running a program that is installed here. */
public record ClientRun(int exit, String output, String error) {
    /** Where a program is on PATH; a test that needs it is skipped, and says so, where it is not. */
    public static Path require(String program) {
        Optional<Path> found = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
        assumeThat(found).as("skipped: %s is not installed", program).isPresent();
        return found.orElseThrow();
    }

    /** Runs it to the end; a program that takes longer than two minutes is ended. */
    public static ClientRun of(Path directory, Map<String, String> environment, String input, List<String> line) {
        try {
            Path out = Files.createTempFile(directory, "out", "");
            Path err = Files.createTempFile(directory, "err", "");
            Path in = Files.createTempFile(directory, "in", "");
            Files.writeString(in, input);
            Process process = builder(directory, environment, line)
                    .redirectInput(in.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                process.destroyForcibly().waitFor();
            }
            return new ClientRun(process.exitValue(), Files.readString(out), Files.readString(err));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    /** Starts one that goes on, its output to be read. */
    public static Process start(Path directory, Map<String, String> environment, List<String> line) throws IOException {
        return builder(directory, environment, line).redirectErrorStream(true).start();
    }

    private static ProcessBuilder builder(Path directory, Map<String, String> environment, List<String> line) {
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(line)).directory(directory.toFile());
        builder.environment().put("HOME", directory.toString());
        builder.environment().putAll(environment);
        return builder;
    }

    /** Reads lines of a running program until one has {@code text} in it. */
    public static String awaitLine(Process process, String text) throws IOException {
        var reader = new java.io.BufferedReader(
                new java.io.InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder seen = new StringBuilder();
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            if (line.contains(text)) {
                return line;
            }
            seen.append(line).append('\n');
        }
        throw new AssertionError("it ended without '" + text + "': " + seen);
    }
}
