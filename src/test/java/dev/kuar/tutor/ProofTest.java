package dev.kuar.tutor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.check.CheckLanguage;
import dev.kuar.check.Judge;
import dev.kuar.lesson.CourseLoader;
import dev.kuar.lesson.LessonFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProofTest {
    private static final String LESSON = """
            formatVersion: 1
            title: {en: One, ko: 하나}
            minutes: 5
            goals: {en: [Know], ko: [안다]}
            steps:
              - id: look
                row: 11
                solution: kubectl get nodes
                accepted: [kubectl get no]
                checks:
                  - {id: all-ready, expect: "nodes.all(n, ready(n)) && ran.size() > 0", else: not-ready}
                  - id: all-shown
                    expect: >-
                      ran.exists(c, c.kind == 'Node' && c.exit == 0 &&
                        nodes.all(n, c.rows.exists(r, r.name == n.metadata.name)))
                    else: not-shown
                wrong:
                  - {lines: kubectl get pods, when: "last.kind == 'Pod'", reason: pods}
                broken:
                  - {id: down, do: [{stopNode: "'a-worker'"}], until: "nodes.exists(n, !ready(n))", reason: not-ready}
            """;

    @TempDir
    Path folder;

    private final LessonFiles files = new LessonFiles();
    private final List<String> said = new ArrayList<>();

    @BeforeEach
    void lesson() {
        files.put("one/lesson.yaml", LESSON);
    }

    @Test
    void proves_a_good_step() throws Exception {
        assertThat(prove()).as(said.toString()).isTrue();
        assertThat(said).contains("tutor.proof.passed", "tutor.proof.summary");
    }

    @Test
    void finds_a_check_that_is_never_false() throws Exception {
        files.replace("one/lesson.yaml", "nodes.all(n, ready(n)) && ran.size() > 0", "size(nodes) > 0");
        assertThat(prove()).isFalse();
        assertThat(said).contains("tutor.proof.never-false", "tutor.proof.broken-passes");
    }

    @Test
    void finds_a_check_that_an_answer_without_work_passes() throws Exception {
        files.replace("one/lesson.yaml", "c.kind == 'Node' && c.exit == 0", "c.exit == 0")
                .replace("one/lesson.yaml", "c.rows.exists(r, r.name == n.metadata.name)", "true");
        assertThat(prove()).isFalse();
        assertThat(said).contains("tutor.proof.wrong-passes");
    }

    @Test
    void finds_a_wrong_answer_with_another_reason() throws Exception {
        files.replace("one/lesson.yaml", "last.kind == 'Pod'", "last.kind == 'Service'");
        assertThat(prove()).isFalse();
        assertThat(said).contains("tutor.proof.wrong-other");
    }

    private static final String MAKING = """
            formatVersion: 1
            title: {en: One, ko: 하나}
            minutes: 5
            goals: {en: [Know], ko: [안다]}
            provider: kind
            steps:
              - id: make
                row: 7
                solution: kind create cluster
                checks:
                  - {id: listed, expect: size(clusters) == 1, else: not-listed}
                  - {id: ready, after: [listed], expect: "nodes.all(n, ready(n))", else: not-ready}
                wrong:
                  - {lines: kind get clusters, reason: not-listed}
                broken:
                  - {id: down, do: [{stopNode: "'a-worker'"}], until: "nodes.exists(n, !ready(n))", reason: not-ready}
              - id: delete
                row: 7
                solution: kind delete cluster
                checks:
                  - {id: gone, expect: size(clusters) == 0, else: still-there}
                wrong:
                  - {lines: kubectl get pods, reason: still-there}
            """;

    @Test
    void proves_steps_that_make_and_delete_their_cluster() throws Exception {
        files.put("one/lesson.yaml", MAKING);
        assertThat(prove()).as(said.toString()).isTrue();
    }

    @Test
    void finds_a_made_cluster_that_no_check_reads() throws Exception {
        files.put("one/lesson.yaml", MAKING.replace("\"nodes.all(n, ready(n))\"", "\"ran.size() > 0\""));
        assertThat(prove()).isFalse();
        assertThat(said).contains("tutor.proof.makes-unread");
    }

    @Test
    void finds_a_check_on_what_is_not_there_before_the_step() throws Exception {
        files.put("one/lesson.yaml", MAKING.replace("after: [listed], ", ""));
        assertThat(prove()).isFalse();
        assertThat(said).contains("tutor.proof.unsolved", "tutor.proof.wrong-other");
    }

    @Test
    void finds_a_step_that_blames_who_has_no_cluster() throws Exception {
        files.put(
                "one/lesson.yaml",
                MAKING.replace("size(clusters) == 0, else", "size(clusters) == 0 && reachable() == false, else")
                        .replace(
                                "- {id: gone",
                                "- {id: ran, expect: \"ran.size() > 0\", else: not-ran}\n      - {id: gone"));
        assertThat(prove()).isFalse();
        assertThat(said).contains("tutor.proof.stopped");
    }

    @Test
    void finds_a_step_whose_needs_never_come_about() throws Exception {
        files.replace("one/lesson.yaml", "row: 11", "row: 11\n    before: [kubectl get pods]")
                .replace(
                        "one/lesson.yaml",
                        "solution: kubectl get nodes",
                        "solution: kubectl get nodes\n    setup: [gone.yaml]");
        assertThat(prove()).isFalse();
        assertThat(said).contains("tutor.proof.failed", "tutor.proof.error");
    }

    @Test
    void begins_each_proof_with_the_settings_that_the_step_begins_with() throws Exception {
        files.put("one/lesson.yaml", """
                formatVersion: 1
                title: {en: One, ko: 하나}
                minutes: 5
                goals: {en: [Know], ko: [안다]}
                steps:
                  - id: look
                    row: 16
                    solution: helm repo add a https://a
                    accepted: [helm repo add a https://a/]
                    checks:
                      - {id: all-shown, expect: "ran.exists(c, c.verb == 'repo add' && c.exit == 0)", else: not-shown}
                """);
        assertThat(prove()).as(said.toString()).isFalse();
        assertThat(said).contains("tutor.proof.stopped").doesNotContain("tutor.proof.way-fails");
    }

    @Test
    void thinks_up_wrong_answers() {
        assertThat(Sabotage.withHelp(List.of("kubectl get po -n kube-system | grep etcd")))
                .contains(List.of("kubectl get po -n kube-system --help | grep etcd"));
        assertThat(Sabotage.withHelp(List.of("kubectl exec -it p -- cat /x")))
                .contains(List.of("kubectl exec -it p --help -- cat /x"));
        assertThat(Sabotage.withHelp(List.of("cat x"))).isEmpty();
        assertThat(Sabotage.withHelp(List.of("cat <<EOF | kubectl apply -f -\na: 'b|c'\nEOF", "kubectl get po > x")))
                .contains(List.of("cat <<EOF | kubectl apply -f - --help\na: 'b|c'\nEOF", "kubectl get po --help > x"));
        assertThat(Sabotage.withHelp(List.of("kubectl get po -o json && kubectl get no -o jsonpath='{a|b}'")))
                .contains(List.of("kubectl get po -o json --help && kubectl get no -o jsonpath='{a|b}' --help"));
        assertThat(Sabotage.withHelp(List.of("eksctl create cluster -h | grep nodes")))
                .isEmpty();
        assertThat(Sabotage.elsewhere(List.of("kubectl get po -n kube-system")))
                .contains(List.of("kubectl get po -n kube-public"));
        assertThat(Sabotage.elsewhere(List.of("kubectl get nodes"))).isEmpty();
    }

    private boolean prove() throws Exception {
        Voice voice = new Voice() {
            @Override
            public void say(List<Said> words) {
                words.forEach(w -> said.add(((Said.Message) w).key()));
            }

            @Override
            public void notice(List<Said> words) {}
        };
        return new Proof(
                        new CourseLoader(files).load(),
                        new Judge(new CheckLanguage()),
                        (provider, version, nodes, withCluster) -> new FakeStage(folder, withCluster),
                        voice,
                        1)
                .prove(Optional.empty());
    }
}
