package dev.kuar.tutor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.check.CheckLanguage;
import dev.kuar.check.FakeCluster;
import dev.kuar.check.Judge;
import dev.kuar.check.RunOf;
import dev.kuar.lesson.CourseLoader;
import dev.kuar.lesson.LessonFiles;
import dev.kuar.progress.ProgressStore;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TutorTest {
    private static final String TWO_STEPS = """
            formatVersion: 1
            title: {en: One, ko: 하나}
            minutes: 5
            goals: {en: [Know], ko: [안다]}
            variables: {first: "nodes[0].metadata.name"}
            steps:
              - id: look
                row: 11
                solution: ["kubectl get node {{first}}", {answer: string(size(nodes))}]
                question: {answer: string(size(nodes))}
                checks:
                  - {id: two, expect: size(nodes) == 2, else: too-few}
                  - {id: seen, after: [two], expect: "ran.exists(c, c.kind == 'Node') || answered", else: unseen}
                wrong:
                  - {lines: kubectl get pods, when: "last.kind == 'Pod'", reason: pods}
                  - {answer: string(size(nodes) + 1), reason: one-too-many}
              - id: gone
                row: 11
                solution: kubectl get nodes
                needs: [{expect: "exists('v1', 'Node', '', 'b')", else: node-gone}]
                checks:
                  - {expect: "ran.exists(c, c.exit == 0)", else: unseen}
            """;

    @TempDir
    Path folder;

    private final FakeCluster cluster = FakeCluster.withNodes("a");
    private final List<Said> said = new ArrayList<>();
    private final List<Said> noticed = new ArrayList<>();
    private final CountDownLatch notice = new CountDownLatch(1);
    private LessonFiles files = new LessonFiles();
    private ScriptedRunner runner = new ScriptedRunner(Path.of("."), line -> List.of());

    @BeforeEach
    void lessons() {
        runner = new ScriptedRunner(folder, line -> List.of());
        files.put("one/lesson.yaml", TWO_STEPS);
        String text = files.find("one/en.md").orElseThrow();
        files.put("one/en.md", text + "\n#### unseen\nUnseen.\n\n#### pods\nPods.\n\n## gone: Gone\nx\n");
    }

    @Test
    void a_step_is_done_by_a_line_and_next_goes_on() throws Exception {
        cluster.add(FakeCluster.node("b", "True"));
        try (Tutor tutor = tutor()) {
            tutor.start(Optional.empty());
            assertThat(tutor.promptLabel()).isEqualTo("one 1/2");
            tutor.lineRan(List.of(RunOf.get("Node", List.of())));
            assertThat(keys(said)).contains("tutor.passed", "tutor.next-step");
            tutor.next();
            assertThat(tutor.promptLabel()).isEqualTo("one 2/2");
        }
    }

    @Test
    void next_does_not_leave_a_step_that_is_not_done_but_skip_does() throws Exception {
        try (Tutor tutor = tutor()) {
            tutor.start(Optional.empty());
            tutor.next();
            assertThat(tutor.promptLabel()).isEqualTo("one 1/2");
            assertThat(keys(said)).contains("tutor.not-yet", "tutor.skip-goes-on");
            tutor.skip();
            assertThat(tutor.promptLabel()).isEqualTo("one 2/2");
        }
    }

    @Test
    void a_wrong_answer_to_a_step_that_is_passed_is_said_to_be_wrong() throws Exception {
        cluster.add(FakeCluster.node("b", "True"));
        try (Tutor tutor = tutor()) {
            tutor.start(Optional.empty());
            tutor.lineRan(List.of(RunOf.get("Node", List.of())));
            said.clear();
            tutor.answer("7");
            assertThat(keys(said)).contains("tutor.answer-wrong").doesNotContain("tutor.passed");
            tutor.answer("2");
            assertThat(keys(said)).contains("tutor.answer-right");
        }
    }

    @Test
    void a_named_wrong_turn_gets_its_reason_at_once() throws Exception {
        cluster.add(FakeCluster.node("b", "True"));
        try (Tutor tutor = tutor()) {
            tutor.start(Optional.empty());
            said.clear();
            tutor.lineRan(List.of(RunOf.get("Pod", List.of())));
            assertThat(said).contains(new Said.Prose("Pods."));
        }
    }

    @Test
    void speaks_above_the_prompt_when_the_cluster_makes_it_true() throws Exception {
        try (Tutor tutor = tutor()) {
            tutor.start(Optional.empty());
            tutor.lineRan(List.of(RunOf.get("Node", List.of())));
            tutor.answer("2");
            assertThat(keys(said)).doesNotContain("tutor.passed");
            cluster.add(FakeCluster.node("b", "True"));
            assertThat(notice.await(2, TimeUnit.MINUTES)).isTrue();
            assertThat(keys(noticed)).contains("tutor.passed-by-another-way");
        }
    }

    @Test
    void watches_the_cluster_that_a_line_made_current() throws Exception {
        FakeCluster other = FakeCluster.withNodes("x");
        FakeCluster[] now = {cluster};
        try (Tutor tutor = tutor(new FakeSurroundings(cluster) {
            @Override
            public Optional<Current> current() {
                return Optional.of(new Current("kind", "other", true, now[0]));
            }
        })) {
            tutor.start(Optional.empty());
            now[0] = other;
            tutor.lineRan(List.of(RunOf.get("Node", List.of())));
            tutor.answer("2");
            other.add(FakeCluster.node("y", "True"));
            assertThat(notice.await(2, TimeUnit.MINUTES)).isTrue();
        }
    }

    @Test
    void hints_come_one_by_one_and_are_remembered() throws Exception {
        try (Tutor tutor = tutor()) {
            tutor.start(Optional.empty());
            tutor.hint();
        }
        said.clear();
        try (Tutor tutor = tutor()) {
            tutor.start(Optional.empty());
            tutor.hint();
            tutor.hint();
            assertThat(said).contains(new Said.Prose("Two,\nand more."));
            assertThat(keys(said)).contains("tutor.no-more-hints");
        }
    }

    @Test
    void shows_the_solution_with_what_is_so_now() throws Exception {
        try (Tutor tutor = tutor()) {
            tutor.start(Optional.empty());
            tutor.solution();
            assertThat(said).contains(new Said.Command("kubectl get node a"), new Said.Command("answer 1"));
        }
    }

    @Test
    void says_when_what_the_step_needs_is_gone() throws Exception {
        try (Tutor tutor = tutor()) {
            tutor.start(Optional.of("one/gone"));
            tutor.check();
            assertThat(keys(said)).contains("tutor.no-longer-possible", "tutor.reset-mends");
        }
    }

    @Test
    void a_stopped_cluster_is_said_to_be_no_wrong_answer() throws Exception {
        try (Tutor tutor = tutor()) {
            tutor.start(Optional.empty());
            cluster.stop();
            tutor.check();
            assertThat(keys(said))
                    .contains("tutor.cannot-check", "tutor.obstacle.unreachable")
                    .doesNotContain("tutor.not-yet");
        }
    }

    @Test
    void resumes_at_the_step_and_a_changed_check_is_to_review() throws Exception {
        cluster.add(FakeCluster.node("b", "True"));
        try (Tutor tutor = tutor()) {
            tutor.start(Optional.empty());
            tutor.lineRan(List.of(RunOf.get("Node", List.of())));
            tutor.next();
        }
        files.replace("one/lesson.yaml", "expect: size(nodes) == 2", "expect: size(nodes) > 1");
        said.clear();
        try (Tutor tutor = tutor()) {
            tutor.start(Optional.empty());
            assertThat(tutor.promptLabel()).isEqualTo("one 2/2");
            tutor.list();
            assertThat(said.stream().filter(Said.Row.class::isInstance).map(w -> ((Said.Row) w).cells()))
                    .anySatisfy(cells -> assertThat(cells).contains(Said.message("mark.to-review")));
        }
    }

    private Tutor tutor() {
        return tutor(new FakeSurroundings(cluster));
    }

    private Tutor tutor(Surroundings around) {
        return new Tutor(
                new CourseLoader(files).load(),
                new Judge(new CheckLanguage()),
                new ProgressStore(folder, Clock.systemUTC()),
                around,
                runner,
                new Voice() {
                    @Override
                    public void say(List<Said> words) {
                        said.addAll(words);
                    }

                    @Override
                    public void notice(List<Said> words) {
                        noticed.addAll(words);
                        notice.countDown();
                    }
                },
                "en");
    }

    private static List<String> keys(List<Said> words) {
        return words.stream()
                .filter(Said.Message.class::isInstance)
                .map(w -> ((Said.Message) w).key())
                .toList();
    }
}
