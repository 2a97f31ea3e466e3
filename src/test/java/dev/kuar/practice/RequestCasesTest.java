package dev.kuar.practice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What requests are answered, to the letter: the cases of {@code src/test/resources/requests}, sent one after the other to a
 * cluster, as {@link RequestCase} reads them.
 */
final class RequestCasesTest {
    private static final Path CASES = Path.of("src/test/resources/requests");

    private static PracticeCluster cluster;
    private static RequestCase.Sender sender;

    @BeforeAll
    static void start() throws GeneralSecurityException, IOException {
        cluster = PracticeCluster.start(new ClusterSpec(
                "my-cluster", "kind", 1, ClusterSpec.DEFAULT_VERSION, Optional.empty(), 0, Optional.empty()));
        assertThat(cluster.waitReady(Duration.ofMinutes(5)).missing()).isEmpty();
        sender = new RequestCase.Sender(WireClient.of(cluster.kubeconfig()));
    }

    @AfterAll
    static void end() {
        cluster.close();
    }

    @TestFactory
    List<DynamicTest> cases() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        try (Stream<Path> files = Files.list(CASES)) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                for (RequestCase each : RequestCase.parse(Files.readString(file, StandardCharsets.UTF_8))) {
                    tests.add(
                            DynamicTest.dynamicTest(name + ": " + each.title(), () -> assertThat(each.answered(sender))
                                    .isEqualTo(each.expected())));
                }
            }
        }
        assertThat(tests).isNotEmpty();
        return tests;
    }
}
