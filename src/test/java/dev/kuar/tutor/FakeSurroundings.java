package dev.kuar.tutor;

import dev.kuar.check.FakeCluster;
import dev.kuar.lesson.Change;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Surroundings with one fake cluster. */
class FakeSurroundings implements Surroundings {
    private final FakeCluster cluster;

    FakeSurroundings(FakeCluster cluster) {
        this.cluster = cluster;
    }

    @Override
    public Optional<Current> current() {
        return Optional.of(new Current("kind", "my-cluster", true, cluster));
    }

    @Override
    public List<Map<String, Object>> clusters() {
        return List.of();
    }

    @Override
    public Map<String, Object> kubeconfig() {
        return Map.of();
    }

    @Override
    public void apply(String manifest, String namespace, Map<String, String> labels) {
        cluster.add(manifest);
    }

    @Override
    public void delete(Change.Target target, String uid) {
        if (String.valueOf(cluster.get(target.apiVersion(), target.kind(), target.namespace(), target.name()))
                .contains("uid=" + uid)) {
            cluster.remove(target.kind(), target.name());
        }
    }
}
