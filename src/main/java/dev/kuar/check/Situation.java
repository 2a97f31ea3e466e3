package dev.kuar.check;

import dev.kuar.kube.ClusterView;
import dev.kuar.kube.CommandRun;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All that an expression may ask about, at one moment.
 *
 * @param view the live cluster; null when there is none
 * @param provider the shape or provider of the cluster, {@code kind}; empty without a cluster
 * @param clusterName its name; empty without a cluster
 * @param practice whether it is a practice cluster
 * @param namespace the lesson's namespace
 * @param ran what the learner ran in this step, oldest first
 * @param answer what the learner answered; empty without an answer
 * @param rightAnswer the question's own expression; null without a question
 * @param variables the names computed from the cluster
 * @param clusters what the providers list, as trees
 * @param kubeconfig the learner's kubeconfig without secrets, as a tree
 * @param file text of a file in the work folder; empty when it isn't there
 * @param etcdBaseline keys that existed when the step began; null when nobody looked
 */
public record Situation(
        @Nullable ClusterView view,
        String provider,
        String clusterName,
        boolean practice,
        String namespace,
        List<CommandRun> ran,
        String answer,
        @Nullable Expression rightAnswer,
        Map<String, Object> variables,
        Supplier<List<Map<String, Object>>> clusters,
        Supplier<Map<String, Object>> kubeconfig,
        Function<String, String> file,
        @Nullable Set<String> etcdBaseline) {

    public Situation {
        ran = List.copyOf(ran);
    }

    /** A situation in which nothing is known but a cluster. */
    public static Situation at(@Nullable ClusterView view) {
        return new Situation(
                view, "", "", false, "default", List.of(), "", null, Map.of(), List::of, Map::of, name -> "", null);
    }

    public Situation withRan(List<CommandRun> runs) {
        return new Situation(
                view,
                provider,
                clusterName,
                practice,
                namespace,
                runs,
                answer,
                rightAnswer,
                variables,
                clusters,
                kubeconfig,
                file,
                etcdBaseline);
    }

    public Situation withAnswer(String words, @Nullable Expression right) {
        return new Situation(
                view,
                provider,
                clusterName,
                practice,
                namespace,
                ran,
                words,
                right,
                variables,
                clusters,
                kubeconfig,
                file,
                etcdBaseline);
    }

    public Situation withVariables(Map<String, Object> values) {
        return new Situation(
                view,
                provider,
                clusterName,
                practice,
                namespace,
                ran,
                answer,
                rightAnswer,
                values,
                clusters,
                kubeconfig,
                file,
                etcdBaseline);
    }

    public Situation withEtcdBaseline(@Nullable Set<String> keys) {
        return new Situation(
                view,
                provider,
                clusterName,
                practice,
                namespace,
                ran,
                answer,
                rightAnswer,
                variables,
                clusters,
                kubeconfig,
                file,
                keys);
    }
}
