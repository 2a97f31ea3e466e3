package dev.kuar.cluster;

import java.util.ArrayList;
import java.util.List;

/** Real clusters by eksctl, in the region that it is configured with. */
final class EksProvider implements ClusterProvider {
    @Override
    public String tool() {
        return "eksctl";
    }

    @Override
    public boolean costs() {
        return true;
    }

    @Override
    public List<List<String>> create(Wish wish) {
        List<String> line = new ArrayList<>(
                List.of("eksctl", "create", "cluster", "--name", wish.name(), "--nodes", String.valueOf(wish.nodes())));
        wish.version().ifPresent(version -> line.addAll(List.of("--version", version.replaceAll("^v|\\.\\d+$", ""))));
        return List.of(List.copyOf(line));
    }

    @Override
    public List<List<String>> delete(Made made) {
        List<String> line = new ArrayList<>(List.of("eksctl", "delete", "cluster", "--name", made.name()));
        if (!made.place().isEmpty()) {
            line.addAll(List.of("--region", made.place()));
        }
        return List.of(List.copyOf(line));
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
        return List.of("eksctl", "get", "cluster");
    }
}
