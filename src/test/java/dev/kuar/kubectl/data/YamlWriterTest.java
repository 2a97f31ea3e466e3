package dev.kuar.kubectl.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Holds that YAML and JSON which the real kubectl wrote come out again letter for letter. */
final class YamlWriterTest {
    private static Path golden() {
        Path near = Path.of("../shared/golden").toAbsolutePath().normalize();
        Path golden = Files.isDirectory(near)
                ? near
                : Path.of("../../shared/golden").toAbsolutePath().normalize();
        Assumptions.assumeTrue(Files.isDirectory(golden), "skipped: the recordings are not beside the project");
        return golden.resolve("cli/1.33");
    }

    private static List<Path> outputs(String command) throws IOException {
        try (Stream<Path> cases = Files.list(golden())) {
            return cases.filter(each -> Files.isRegularFile(each.resolve("stdout")))
                    .filter(each -> {
                        try {
                            String line = Files.readString(each.resolve("cmd")).strip();
                            return line.matches("kubectl get [^|;&]*-o " + command + "");
                        } catch (IOException unreadable) {
                            return false;
                        }
                    })
                    .map(each -> each.resolve("stdout"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void writes_yaml_as_kubectl_does() throws IOException {
        for (Path file : outputs("yaml")) {
            String text = Files.readString(file);
            assertThat(YamlWriter.write(Yaml.parse(text))).as(file.toString()).isEqualTo(text);
        }
    }

    @Test
    void writes_json_as_kubectl_does() throws IOException {
        for (Path file : outputs("json")) {
            String text = Files.readString(file);
            assertThat(Json.pretty(Json.parse(text), "    ") + "\n")
                    .as(file.toString())
                    .isEqualTo(text);
        }
    }
}
