package dev.kuar.tutor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.check.CheckLanguage;
import dev.kuar.check.Judge;
import dev.kuar.lesson.CourseLoader;
import dev.kuar.lesson.LessonFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AutoWalkTest {
    private static final String LESSON = """
            formatVersion: 1
            title: {en: One, ko: 하나}
            minutes: 5
            goals: {en: [Know], ko: [안다]}
            steps:
              - id: look
                row: 11
                solution: kubectl get nodes
                checks:
                  - {id: all-shown, expect: "nodes.all(n, ran.exists(c, c.rows.exists(r, r.name == n.metadata.name)))", else: not-shown}
            """;

    @TempDir
    private Path folder = Path.of("");

    private final LessonFiles files = new LessonFiles();
    private final List<String> said = new ArrayList<>();

    @Test
    void passes_a_step_whose_solution_is_right() throws Exception {
        assertThat(walk(0)).as(said.toString()).isTrue();
        assertThat(said).contains("tutor.passed", "tutor.auto.summary");
    }

    @Test
    void asks_again_where_the_cluster_gave_no_answer() throws Exception {
        assertThat(walk(2)).as(said.toString()).isTrue();
        assertThat(said).contains("tutor.auto.again");
    }

    private boolean walk(int unanswered) throws InterruptedException {
        files.put("one/lesson.yaml", LESSON);
        Voice voice = new Voice() {
            @Override
            public void say(List<Said> words) {
                for (Said word : words) {
                    if (word instanceof Said.Message message) {
                        said.add(message.key());
                    }
                }
            }

            @Override
            public void notice(List<Said> words) {}
        };
        return new AutoWalk(
                        new CourseLoader(files).load(),
                        new Judge(new CheckLanguage()),
                        (provider, version, nodes, withCluster) ->
                                new FakeStage(folder, withCluster).ignoring(unanswered),
                        voice,
                        "en",
                        Duration.ofMinutes(10))
                .walk(Optional.empty(), Optional.empty());
    }
}
