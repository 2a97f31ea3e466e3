package dev.kuar.practice;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;

/** Does what only the owner of a cluster can, for this process and for others. */
final class OwnerClerk implements OwnerPost.Clerk {
    private final PracticeCluster cluster;
    private final Supplier<ClusterRecord> known;
    private final Runnable leave;

    /** @param leave ends the cluster in this process */
    OwnerClerk(PracticeCluster cluster, Supplier<ClusterRecord> known, Runnable leave) {
        this.cluster = cluster;
        this.known = known;
        this.leave = leave;
    }

    @Override
    public String answer(OwnerPost.Question question) {
        String about = question.about();
        switch (question.verb()) {
            case "wait-ready" -> {
                return Boolean.toString(
                        cluster.waitNodesReady(Duration.parse(about)).isReady());
            }
            case "stop-node" -> cluster.stopNode(about);
            case "start-node" -> cluster.startNode(about);
            case "snapshot" -> {
                return Long.toString(ClusterSnapshot.write(cluster, known.get(), Path.of(about)));
            }
            case "close" -> leave.run();
            default ->
                throw new ClusterException(
                        ClusterException.Kind.OWNED,
                        "the kuar that runs " + cluster.spec().name() + " does not know how to " + question.verb());
        }
        return "";
    }
}
