package dev.kuar.cluster;

import java.util.ArrayList;
import java.util.List;

/** Real clusters by gcloud, in the project and zone that it is configured with. */
final class GkeProvider implements ClusterProvider {
    @Override
    public String tool() {
        return "gcloud";
    }

    @Override
    public boolean costs() {
        return true;
    }

    @Override
    public List<List<String>> create(Wish wish) {
        List<String> line = new ArrayList<>(
                List.of("gcloud", "container", "clusters", "create", wish.name(), "--num-nodes=" + wish.nodes()));
        wish.version().ifPresent(version -> line.add("--cluster-version=" + version.substring(1)));
        return List.of(List.copyOf(line));
    }

    @Override
    public List<List<String>> delete(String name) {
        return List.of(List.of("gcloud", "container", "clusters", "delete", name, "--quiet"));
    }

    @Override
    public List<List<String>> stop(String name) {
        return List.of();
    }

    @Override
    public List<List<String>> start(String name) {
        return List.of();
    }
}
