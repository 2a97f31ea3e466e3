package dev.kuar.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Lines and what they print: {@code > line}, {@code . continued}, output, {@code [exit N]} where N is not 0. */
final class TranscriptTest {
    private static final Path FOLDER = Path.of("src/test/resources/transcripts/lines");

    @TestFactory
    Stream<DynamicTest> every_transcript_holds(@TempDir Path work) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(FOLDER)) {
            files = all.sorted().toList();
        }
        return files.stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName() + "", () -> {
                    Path folder = Files.createTempDirectory(work, "session");
                    String expected = Files.readString(file, StandardCharsets.UTF_8);
                    String actual = replay(expected, new LineFixture(folder));
                    if (Boolean.getBoolean("golden.update")) {
                        Files.writeString(file, actual);
                    }
                    assertThat(actual).isEqualTo(expected);
                }));
    }

    private static String replay(String transcript, LineFixture shell) throws InterruptedException {
        StringBuilder text = new StringBuilder();
        for (List<String> input : inputs(transcript)) {
            text.append("> ").append(String.join("\n. ", input)).append('\n');
            int exit = shell.run(String.join("\n", input));
            text.append(shell.printed());
            text.append(exit == 0 ? "" : "[exit " + exit + "]\n");
        }
        return text.toString();
    }

    private static List<List<String>> inputs(String transcript) {
        List<List<String>> inputs = new ArrayList<>();
        for (String line : transcript.lines().toList()) {
            if (line.startsWith("> ")) {
                inputs.add(new ArrayList<>(List.of(line.substring(2))));
            } else if (line.startsWith(". ") && !inputs.isEmpty()) {
                inputs.get(inputs.size() - 1).add(line.substring(2));
            }
        }
        return inputs;
    }
}
