package dev.kuar.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Real clusters by kind. Several nodes come from a configuration file, the first a control plane. */
final class KindProvider implements ClusterProvider {
    @Override
    public String tool() {
        return "kind";
    }

    @Override
    public boolean costs() {
        return false;
    }

    @Override
    public List<List<String>> create(Wish wish) {
        List<String> line = new ArrayList<>(List.of("kind", "create", "cluster", "--name", wish.name()));
        if (wish.nodes() > 1) {
            line.addAll(List.of("--config", wish.configuration().toString()));
        }
        wish.version().ifPresent(version -> line.addAll(List.of("--image", "kindest/node:" + version)));
        wish.patience().ifPresent(wait -> line.addAll(List.of("--wait", wait)));
        return List.of(List.copyOf(line));
    }

    @Override
    public Optional<String> configuration(Wish wish) {
        return wish.nodes() > 1
                ? Optional.of("kind: Cluster\napiVersion: kind.x-k8s.io/v1alpha4\nnodes:\n- role: control-plane\n"
                        + "- role: worker\n".repeat(wish.nodes() - 1))
                : Optional.empty();
    }

    @Override
    public List<List<String>> delete(Made made) {
        return List.of(List.of("kind", "delete", "cluster", "--name", made.name()));
    }

    @Override
    public List<List<String>> stop(Made made) {
        return List.of();
    }

    @Override
    public List<List<String>> start(Made made) {
        return List.of();
    }

    @Override
    public List<String> list() {
        return List.of("kind", "get", "clusters");
    }
}
