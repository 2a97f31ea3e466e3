package dev.kuar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the length of a Java file, 400 lines at most, and what lies at the top of the tree. */
final class SourceTreeTest {
    private static final int LIMIT = 400;

    @Test
    void no_java_file_is_longer_than_the_limit() throws IOException {
        List<String> tooLong = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                int lines = Files.readAllLines(file, StandardCharsets.UTF_8).size();
                if (lines > LIMIT) {
                    tooLong.add(file + ": " + lines);
                }
            }
        }
        assertThat(tooLong).isEmpty();
    }

    @Test
    void nothing_strays_at_the_top_of_the_tree() throws Exception {
        assumeTrue(Files.exists(Path.of(".git")), "skipped: this is no clone");
        assertThat(tracked()
                        .lines()
                        .map(each -> each.replaceFirst("/.*", ""))
                        .distinct()
                        .filter(each -> !each.startsWith(".")))
                .containsExactlyInAnyOrder(
                        "CHANGELOG.md",
                        "CONTRIBUTING.md",
                        "LICENSE",
                        "NOTICE",
                        "README.ko.md",
                        "README.md",
                        "docs",
                        "lessons",
                        "mvnw",
                        "mvnw.cmd",
                        "pom.xml",
                        "scripts",
                        "src");
    }

    private static String tracked() throws InterruptedException {
        try {
            Process git = new ProcessBuilder("git", "ls-files").start();
            String listed = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assumeTrue(git.waitFor() == 0, "skipped: git cannot list the files");
            return listed;
        } catch (IOException none) {
            return abort("skipped: git is not installed");
        }
    }
}
