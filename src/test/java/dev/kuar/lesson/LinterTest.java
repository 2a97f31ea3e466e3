package dev.kuar.lesson;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.check.CheckLanguage;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LinterTest {
    private final LessonFiles files = new LessonFiles();
    private final Linter linter = new Linter(new CheckLanguage());

    @Test
    void has_nothing_against_a_good_lesson() {
        assertThat(keys()).isEmpty();
    }

    @Test
    void the_lessons_that_come_with_kuar_are_clean() {
        assertThat(linter.lint(new CourseLoader(LessonSource.bundled()).load(), false))
                .isEmpty();
    }

    @Test
    void points_into_an_expression_that_does_not_type_check() {
        files.replace("one/lesson.yaml", "size(nodes) == 2", "size(nodez) == 2");
        List<Finding> findings = findings();
        assertThat(findings).hasSize(1);
        assertThat(findings.get(0).place()).isEqualTo("one/lesson.yaml:12:6");
        assertThat(findings.get(0).excerpt()).isEqualTo("    size(nodez) == 2\n         ^");
    }

    @Test
    void wants_true_or_false() {
        files.replace("one/lesson.yaml", "size(nodes) == 2", "size(nodes)");
        assertThat(findings().get(0).arguments().get(0)).contains("not true or false");
    }

    @Test
    void refuses_the_system_shell_and_files_outside() {
        for (String line : List.of(
                "'!ls'",
                "bash -c true",
                "cat /etc/passwd",
                "cat ../x",
                "kubectl apply -f ~/x.yaml",
                "kubectl get nodes > /tmp/x",
                "echo a && rm -rf x",
                "kubectl get nodes | sh",
                "kubectl apply --filename=/x.yaml")) {
            LessonFiles fresh = new LessonFiles()
                    .replace("one/lesson.yaml", "solution: kubectl get nodes", "solution: " + quoted(line));
            assertThat(linter.lint(new CourseLoader(fresh).load(), false))
                    .as(line)
                    .anyMatch(f -> f.key().startsWith("lint.line."));
        }
    }

    @Test
    void allows_what_the_book_does() {
        for (String line : List.of(
                "kubectl get po -n kube-system | grep etcd",
                "kubectl exec -it web -- cat /etc/resolv.conf",
                "export PATH=/usr/bin:$PATH",
                "K=1 kubectl get nodes > out.txt 2>&1",
                "kubectl get pods -o jsonpath='{.items[*].metadata.name}'; echo done",
                "kubectl exec $(kubectl get pods -o name) -- ls /")) {
            assertThat(LineRules.objections(line)).as(line).isEmpty();
        }
        assertThat(LineRules.objections("cat <<EOF | kubectl apply -f -\nkind: /x ! y\nEOF\n"))
                .isEmpty();
    }

    @Test
    void compares_the_languages() {
        files.replace("one/ko.md", "2. Two,\n   and more.", "")
                .replace("one/en.md", "3 things", "4 things and `kubectl get`")
                .replace("one/ko.md", "#### too-few", "#### too-many");
        assertThat(keys()).contains("lint.hints-too-few", "lint.unknown-text", "lint.text-unused");
        files.replace("one/ko.md", "#### too-many", "#### too-few").replace("one/ko.md", "1. One.", "1. A\n2. B\n3. C");
        assertThat(keys())
                .containsExactlyInAnyOrder("lint.hints-differ", "lint.commands-differ", "lint.numbers-differ");
    }

    @Test
    void finds_unknown_variables_files_and_cluster_wide_setup() {
        files.replace("one/lesson.yaml", "    row: 11", "    row: 11\n    setup: [a.yaml, b.yaml]")
                .put("one/setup/a.yaml", "kind: ClusterRole\nmetadata: {name: x}\n")
                .replace("one/en.md", "{{first}}", "{{second}}")
                .replace("one/lesson.yaml", "size(nodes) == 2", "size(nodes) == vars.third");
        assertThat(keys()).contains("lint.setup.cluster-wide", "lint.no-such-file", "lint.unknown-variable");
    }

    @Test
    void wants_two_steps_a_row_and_a_live_check() {
        List<Finding> findings = linter.lint(new CourseLoader(files).load(), true);
        assertThat(findings)
                .filteredOn(f -> f.key().equals("lint.row-too-thin"))
                .hasSize(17);
        files.replace("one/lesson.yaml", "size(nodes) == 2", "shownWord('x')");
        assertThat(linter.lint(new CourseLoader(files).load(), true))
                .anyMatch(f -> f.key().equals("lint.row-not-live"));
    }

    private static String quoted(String line) {
        return line.startsWith("'") ? line : "\"" + line + "\"";
    }

    private List<Finding> findings() {
        return linter.lint(new CourseLoader(files).load(), false);
    }

    private List<String> keys() {
        return findings().stream().map(Finding::key).toList();
    }
}
