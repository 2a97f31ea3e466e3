package dev.kuar.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.check.Verdict.CannotCheck;
import dev.kuar.check.Verdict.NotYet;
import dev.kuar.check.Verdict.Obstacle;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class JudgeTest {
    private static final String SHOWN = """
            ran.exists(c, c.verb == 'get' && c.kind == 'Node' && c.exit == 0 &&
              nodes.all(n, c.rows.exists(r, r.name == n.metadata.name && r.status == status(n))))
              || answered""";

    private final Judge judge = new Judge(new CheckLanguage());
    private final FakeCluster cluster = FakeCluster.withNodes("a-control-plane", "a-worker");

    @Test
    void passes_when_every_node_was_shown() {
        Situation now = Situation.at(cluster)
                .withRan(List.of(RunOf.get(
                        "Node",
                        List.of(
                                Map.of("name", "a-control-plane", "status", "Ready"),
                                Map.of("name", "a-worker", "status", "Ready")))));
        assertThat(overall(now, check(SHOWN))).isInstanceOf(Verdict.Passed.class);
    }

    @Test
    void says_not_yet_when_one_was_not_shown() {
        Situation now = Situation.at(cluster)
                .withRan(List.of(RunOf.get("Node", List.of(Map.of("name", "a-worker2", "status", "Ready")))));
        assertThat(overall(now, check(SHOWN))).isInstanceOf(NotYet.class);
    }

    @Test
    void takes_the_right_answer_in_any_form() {
        Expression right = Expression.of("string(size(nodes))");
        for (String given : List.of("2", " 2 ", "'2'", "2.")) {
            assertThat(overall(Situation.at(cluster).withAnswer(given, right), check(SHOWN))
                            .passed())
                    .as(given)
                    .isTrue();
        }
        assertThat(overall(Situation.at(cluster).withAnswer("3", right), check(SHOWN))
                        .passed())
                .isFalse();
    }

    @Test
    void what_was_shown_stays_shown_but_what_is_so_must_stay_so() {
        Check shown = check("ran.exists(c, c.exit == 0) && size(nodes) == 2");
        Check live = new Check("live", List.of(), Expression.of("size(nodes) == 2"), "gone", null, null, null, null);
        Situation then = Situation.at(cluster).withRan(List.of(RunOf.get("Node", List.of())));
        Judgement first = judge.judge(List.of(shown, live), then, Set.of(), false);
        cluster.remove("Node", "a-worker");
        Judgement second = judge.judge(List.of(shown, live), then, first.held(), false);
        assertThat(first.passed()).isTrue();
        assertThat(second.verdicts().get("c").passed()).isTrue();
        assertThat(second.overall())
                .isEqualTo(new NotYet(
                        "gone", Optional.of("size(nodes) = 2"), Optional.of("size(nodes) = 1"), Optional.empty()));
    }

    @Test
    void a_stopped_cluster_is_never_a_wrong_answer() {
        cluster.stop();
        assertThat(overall(Situation.at(cluster), check(SHOWN)))
                .isInstanceOfSatisfying(
                        CannotCheck.class, v -> assertThat(v.why()).isEqualTo(Obstacle.UNREACHABLE));
        assertThat(overall(Situation.at(cluster), check("size(nodes) == 2")))
                .isInstanceOfSatisfying(
                        CannotCheck.class, v -> assertThat(v.why()).isEqualTo(Obstacle.UNREACHABLE));
        assertThat(overall(Situation.at(null), check("size(nodes) == 2"))).isInstanceOf(CannotCheck.class);
        assertThat(judge.judge(List.of(check("!reachable()")), Situation.at(cluster), Set.of(), true)
                        .passed())
                .isTrue();
    }

    @Test
    void what_is_seen_without_the_cluster_is_judged_without_it() {
        Check listed = check("clusters.exists(c, c.name == 'a')");
        for (Situation now : List.of(Situation.at(null), Situation.at(stopped()))) {
            assertThat(overall(now, listed)).isInstanceOf(NotYet.class);
            assertThat(overall(now, check("size(clusters) == 0 && size(nodes) == 2")))
                    .isInstanceOf(CannotCheck.class);
            assertThat(overall(now, check("size(clusters) == 1 && size(nodes) == 2")))
                    .isInstanceOf(NotYet.class);
            assertThat(overall(now, check("ran.exists(c, c.tool == 'gcloud')"))).isInstanceOf(CannotCheck.class);
            assertThat(overall(now, check("ran.exists(c, c.tool == 'gcloud')"), true))
                    .isInstanceOf(NotYet.class);
        }
    }

    @Test
    void refutes_only_what_it_could_read() {
        assertThat(judge.refutes(Expression.of("size(nodes) == 7"), Situation.at(cluster)))
                .isTrue();
        assertThat(judge.refutes(Expression.of("size(clusters) == 1"), Situation.at(stopped())))
                .isTrue();
        assertThat(judge.refutes(Expression.of("size(nodes) == 7"), Situation.at(stopped())))
                .isFalse();
    }

    private static FakeCluster stopped() {
        FakeCluster stopped = FakeCluster.withNodes("a");
        stopped.stop();
        return stopped;
    }

    @Test
    void names_an_object_that_is_missing_as_kubectl_would() {
        assertThat(overall(Situation.at(cluster), check("exists('apps/v1', 'Deployment', 'kube-system', 'coredns')")))
                .isEqualTo(new NotYet(
                        "r", Optional.of("Deployment kube-system/coredns"), Optional.of("<none>"), Optional.empty()));
    }

    @Test
    void names_the_operand_and_the_element_that_failed() {
        cluster.add(FakeCluster.node("a-worker", "Unknown"));
        assertThat(overall(Situation.at(cluster), check("size(nodes) > 1 && nodes.all(n, status(n) == 'Ready')")))
                .isEqualTo(new NotYet(
                        "r",
                        Optional.of("status(a-worker) = 'Ready'"),
                        Optional.of("status(a-worker) = 'NotReady'"),
                        Optional.empty()));
        assertThat(overall(Situation.at(cluster), check("nodes.all(n, ready(n))")))
                .isInstanceOfSatisfying(
                        NotYet.class, v -> assertThat(v.actual()).contains("ready(a-worker) = false"));
    }

    @Test
    void what_is_missing_makes_it_not_yet() {
        assertThat(overall(
                        Situation.at(cluster),
                        check("get('apps/v1', 'Deployment', 'kube-system', 'coredns').status.readyReplicas == 2")))
                .isInstanceOf(NotYet.class);
        assertThat(overall(Situation.at(cluster), check("nodes[7].metadata.name == 'x'")))
                .isInstanceOf(NotYet.class);
    }

    @Test
    void what_depends_on_a_failed_check_is_not_judged() {
        Check first = check("size(nodes) == 7");
        Check second = new Check("d", List.of("c"), Expression.of("false"), "x", null, null, null, null);
        Judgement judgement = judge.judge(List.of(first, second), Situation.at(cluster), Set.of(), false);
        assertThat(judgement.verdicts().get("d")).isEqualTo(new CannotCheck(Obstacle.DEPENDS, "c"));
        assertThat(judgement.overall()).isInstanceOf(NotYet.class);
    }

    @Test
    void reads_no_more_than_it_needs_and_once() {
        judge.judge(
                List.of(check("size(nodes) == 2 || size(pods) == 0"), check2("size(nodes) == 2")),
                Situation.at(cluster),
                Set.of(),
                false);
        assertThat(cluster.reads).containsExactly("list Node");
    }

    @Test
    void keys_that_came_later_need_not_be_shown() {
        cluster.add("""
                apiVersion: v1
                kind: Pod
                metadata: {name: etcd-a-control-plane, namespace: kube-system, labels: {component: etcd}}
                spec: {containers: [{name: etcd, command: [etcd, --trusted-ca-file=/ca, --cert-file=/c, --key-file=/k]}]}
                status: {conditions: [{type: Ready, status: "True"}]}
                """);
        cluster.execPrints("/registry/pods/default/a\n\n/registry/pods/default/b\n\n/registry/events/default/e\n");
        Situation now = Situation.at(cluster).withEtcdBaseline(Set.of("/registry/pods/default/a"));
        assertThat(judge.value(Expression.of("etcdKeys('/registry/pods')"), now))
                .contains(List.of("/registry/pods/default/a"));
    }

    @Test
    void a_check_runs_nothing_but_the_allowed_commands() {
        assertThat(overall(Situation.at(cluster), check("exec('d', 'p', '', ['rm', '-rf', '/']) == ''")))
                .isInstanceOfSatisfying(
                        CannotCheck.class, v -> assertThat(v.detail()).contains("may run only"));
        assertThat(ExecAllowList.allows(List.of("etcdctl", "--endpoints", "x", "del", "/")))
                .isFalse();
        assertThat(ExecAllowList.allows(List.of("etcdctl", "--endpoints=x", "get", "/")))
                .isTrue();
    }

    @Test
    void bounds_what_an_expression_may_cost() {
        String many = "lines('" + "a\\n".repeat(800) + "')";
        assertThat(overall(Situation.at(cluster), check(many + ".all(a, " + many + ".all(b, a == b))"), true))
                .isInstanceOf(CannotCheck.class);
    }

    private Verdict overall(Situation now, Check check) {
        return overall(now, check, false);
    }

    private Verdict overall(Situation now, Check check, boolean offline) {
        return judge.judge(List.of(check), now, Set.of(), offline).overall();
    }

    private static Check check(String expect) {
        return new Check("c", List.of(), Expression.of(expect), "r", null, null, null, null);
    }

    private static Check check2(String expect) {
        return new Check("c2", List.of(), Expression.of(expect), "r", null, null, null, null);
    }
}
