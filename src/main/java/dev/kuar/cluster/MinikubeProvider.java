package dev.kuar.cluster;

import java.util.ArrayList;
import java.util.List;

/** Real clusters by minikube; a cluster is a profile. */
final class MinikubeProvider implements ClusterProvider {
    @Override
    public String tool() {
        return "minikube";
    }

    @Override
    public boolean costs() {
        return false;
    }

    @Override
    public List<List<String>> create(Wish wish) {
        List<String> line = new ArrayList<>(
                List.of("minikube", "start", "--profile", wish.name(), "--nodes", String.valueOf(wish.nodes())));
        wish.version().ifPresent(version -> line.addAll(List.of("--kubernetes-version", version)));
        return List.of(List.copyOf(line));
    }

    @Override
    public List<List<String>> delete(Made made) {
        return List.of(List.of("minikube", "delete", "--profile", made.name()));
    }

    @Override
    public List<List<String>> stop(Made made) {
        return List.of(List.of("minikube", "stop", "--profile", made.name()));
    }

    @Override
    public List<List<String>> start(Made made) {
        return List.of(List.of("minikube", "start", "--profile", made.name()));
    }

    @Override
    public List<String> list() {
        return List.of("minikube", "profile", "list");
    }
}
