package dev.kuar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.Launcher.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole course by itself, in every setting that it is promised for; one lesson with a real kubectl is the quick part. */
final class AutoWalkIT {
    private static final List<String> FAKES =
            List.of("kubectl", "kind", "minikube", "gcloud", "az", "eksctl", "helm", "docker");

    @TempDir
    private Path folder = Path.of("");

    @Test
    @Tag("slow")
    void passes_the_whole_course_with_fakes_first_on_the_path() throws Exception {
        passesAll(
                new Launcher(folder)
                        .with("PATH", fakes() + ":" + System.getenv("PATH"))
                        .run("learn", "--auto"),
                60);
        assertThat(folder.resolve("called")).doesNotExist();
    }

    @Test
    @Tag("slow")
    void passes_the_whole_course_in_korean() throws Exception {
        Result result = new Launcher(folder).run("learn", "--auto", "--lang", "ko");

        passesAll(result, 60);
        assertThat(result.out()).contains("통과").doesNotContain("Passed.");
    }

    @Test
    @Tag("slow")
    void passes_the_whole_course_with_the_systems_basic_tools_and_java_alone() throws Exception {
        passesAll(new Launcher(folder).with("PATH", basicTools().toString()).run("learn", "--auto"), 60);
    }

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(strings = {"kubectl.1.27", "kubectl.1.33"})
    void passes_the_whole_course_with_a_real_kubectl(String name) throws Exception {
        Optional<Path> kubectl = Launcher.installed(name);
        Assumptions.assumeTrue(kubectl.isPresent(), () -> "skipped: " + name + " is not installed");

        passesAll(
                new Launcher(folder)
                        .run(
                                "learn",
                                "--auto",
                                "--kubectl",
                                kubectl.orElseThrow().toString()),
                60);
    }

    @Test
    void passes_a_lesson_with_a_real_kubectl() throws Exception {
        Optional<Path> kubectl = Launcher.installed("kubectl");
        Assumptions.assumeTrue(kubectl.isPresent(), "skipped: kubectl is not installed");

        passes(new Launcher(folder)
                .run(
                        "learn",
                        "etcd",
                        "--auto",
                        "--kubectl",
                        kubectl.orElseThrow().toString()));
    }

    private static void passes(Result result) {
        passesAll(result, 1);
    }

    private static void passesAll(Result result, int atLeast) {
        assertThat(result.exit()).as(result.out() + result.err()).isZero();
        assertThat(result.last()).matches("(\\d+) of \\1 steps passed");
        assertThat(Integer.parseInt(result.last().split(" ")[0])).isGreaterThanOrEqualTo(atLeast);
    }

    /** Programs that leave a trace and fail. */
    private Path fakes() throws Exception {
        Path bin = Files.createDirectories(folder.resolve("fakes"));
        for (String name : FAKES) {
            Path fake = bin.resolve(name);
            Files.writeString(fake, "#!/bin/sh\necho " + name + " >> '" + folder.resolve("called") + "'\nexit 99\n");
            Files.setPosixFilePermissions(fake, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        return bin;
    }

    /** A PATH of one folder with links to what every system has, and java. */
    private Path basicTools() throws Exception {
        Path bin = Files.createDirectories(folder.resolve("basic"));
        List<String> names = List.of(
                "sh",
                "bash",
                "env",
                "cat",
                "ls",
                "find",
                "grep",
                "sed",
                "awk",
                "cut",
                "tr",
                "sort",
                "uniq",
                "head",
                "tail",
                "wc",
                "dirname",
                "basename",
                "readlink",
                "uname",
                "mkdir",
                "rm",
                "mv",
                "cp",
                "touch",
                "sleep",
                "mktemp",
                "date",
                "expr",
                "tty",
                "stty",
                "test",
                "true",
                "false",
                "id",
                "chmod",
                "ps",
                "tee");
        for (String name : names) {
            Optional<Path> tool = Launcher.installed(name);
            if (tool.isPresent()) {
                Files.createSymbolicLink(bin.resolve(name), tool.get());
            }
        }
        Files.createSymbolicLink(bin.resolve("java"), Path.of(System.getProperty("java.home"), "bin", "java"));
        return bin;
    }
}
