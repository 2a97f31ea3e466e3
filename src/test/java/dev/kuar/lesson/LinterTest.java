package dev.kuar.lesson;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.check.CheckLanguage;
import java.util.List;
import java.util.Map;
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
                "kubectl apply --filename=/x.yaml",
                "echo $(sh -c x)",
                "cat <<EOF | kubectl apply -f -\n$(sh -c x)\nEOF",
                "for i in a b; do sh -c x; done",
                "kubectl get pods | xargs rm",
                "kubectl get pods | xargs cat",
                "kubectl get pods | xargs kubectl apply -f",
                "env X=1 bash",
                "$SHELL -c x",
                "./x",
                "{ sh; }",
                "> /tmp/x",
                "kubectl exec p -- cat x > /tmp/x",
                "grep root /etc/passwd",
                "grep -f /etc/passwd x",
                "sed -n p /etc/passwd",
                "awk '{print $1}' /etc/passwd",
                "sort < ~/x",
                "cat $FILE",
                "cat {{first}}",
                "cd",
                "cat a/../../x",
                "KUBECONFIG=x kubectl get nodes",
                "export HOME=x",
                "kubectl --kubeconfig=$X get nodes",
                "kubectl create configmap a --from-file=b=/etc/passwd",
                "kubectl cp /etc/passwd p:/x",
                "helm install a /etc",
                "docker run -v /:/host busybox",
                "curl https://example.com",
                "curl -T x http://$HOST/",
                "wget example.com/x",
                "curl file:///etc/passwd",
                "curl -o /tmp/x http://localhost:8001/",
                "curl -d @/etc/passwd http://localhost:8001/",
                "kill 1234",
                "live on gcloud",
                "kuar live on gcloud",
                "cluster adopt prod",
                "progress reset",
                "kuar run x")) {
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
                "kubectl exec $(kubectl get pods -o name) -- ls /",
                "kubectl get --raw '/readyz?verbose'",
                "kubectl get --raw=/livez | grep -v '/x'",
                "grep -c /registry keys.txt",
                "sed -n '/a/p' x | awk -F/ '{print $2}' | cut -d / -f 2 | tr / ' '",
                "kubectl get pods -o name | xargs kubectl describe",
                "curl -s http://localhost:8001/api -o out.json; wget -q -O- 127.0.0.1:8001",
                "kubectl proxy --port=8001 &",
                "kill %1",
                "echo \"it's $(kubectl get nodes -o name | wc -l)\" # /etc/passwd",
                "export PATH=\"$PATH:$KUAR_HOME/tools\"",
                "for n in a b; do kubectl get node $n; done",
                "progress export > progress.jsonl 2> /dev/null",
                "kubectl run x --image=busybox -- sh -c 'echo /x > /y'",
                "kubectl create configmap a --from-literal=a=/x --from-file=b.txt")) {
            assertThat(LineRules.objections(line)).as(line).isEmpty();
        }
        assertThat(LineRules.objections("cat <<EOF | kubectl apply -f -\nkind: /x ! y\nEOF\n"))
                .isEmpty();
    }

    @Test
    void knows_what_keeps_a_lesson_from_being_run() {
        assertThat(linter.dangers(new CourseLoader(files).load())).isEmpty();
        files.replace("one/lesson.yaml", "    row: 11", "    row: 77\n    before: [cat /etc/passwd]");
        assertThat(linter.dangers(new CourseLoader(files).load()))
                .extracting(Finding::key)
                .containsExactly("lint.line.outside");
    }

    @Test
    void a_value_that_a_shell_would_read_is_not_put_into_a_line() {
        assertThat(Placeholder.unsafe("kubectl get node {{a}}", Map.of("a", "kind-worker2")))
                .isEmpty();
        for (String value : List.of("x; sh", "$(sh)", "a b", "'", "x|y", "a\nb", "!sh")) {
            assertThat(Placeholder.unsafe("kubectl get node {{a}}", Map.of("a", value)))
                    .as(value)
                    .contains("a");
        }
    }

    @Test
    void refuses_an_offline_step_that_reads_the_cluster() {
        files.replace("one/lesson.yaml", "    row: 11", "    row: 11\n    offline: true");
        assertThat(keys()).containsExactly("lint.offline-reads");
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
    void compares_the_introduction_and_the_common_reasons_too() {
        files.replace("one/en.md", "# One\n", "# One\n\nFor 7 days, `kubectl\nget pods`.\n")
                .replace("one/ko.md", "# One\n", "# 하나\n\n`kubectl get pods`입니다.\n");
        assertThat(findings()).extracting(Finding::key).containsExactly("lint.numbers-differ");
        assertThat(findings().get(0).arguments()).containsExactly("introduction", "7");
    }

    @Test
    void holds_korean_in_one_register() {
        for (String plain : List.of(
                "파드를 본다.",
                "`x`다.",
                "그렇다:",
                "있다(셋).",
                "확인하라.",
                "지워라.",
                "보자.",
                "몇 개인가?",
                "무엇일까?",
                "된다",
                "끝난다\n\n",
                "*거른다*.",
                "(적는다)",
                "한다는 뜻이다.")) {
            assertThat(KoreanRegister.slips(plain)).as(plain).hasSize(1);
        }
        for (String polite : List.of(
                "파드를 봅니다.",
                "`있다.`",
                "확인하세요.",
                "봅시다.",
                "몇 개인가요?",
                "맞습니까?",
                "사용자.",
                "첫 단계",
                "무엇보다 파드입니다.",
                "다른 것: 하나",
                "나중에 다시 옵니다(셋).")) {
            assertThat(KoreanRegister.slips(polite)).as(polite).isEmpty();
        }
        files.replace("one/lesson.yaml", "[알아봅니다]", "[안다]");
        assertThat(keys()).containsExactly("lint.register");
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
