package dev.kuar.cluster;

import java.util.ArrayList;
import java.util.List;

/** Real clusters by az, each in a resource group of its own name, which goes with it. */
final class AksProvider implements ClusterProvider {
    @Override
    public String tool() {
        return "az";
    }

    @Override
    public boolean costs() {
        return true;
    }

    @Override
    public List<List<String>> create(Wish wish) {
        String name = wish.name();
        List<String> line = new ArrayList<>(List.of(
                "az",
                "aks",
                "create",
                "--resource-group",
                name,
                "--name",
                name,
                "--node-count",
                String.valueOf(wish.nodes()),
                "--generate-ssh-keys"));
        wish.version().ifPresent(version -> line.addAll(List.of("--kubernetes-version", version.substring(1))));
        return List.of(
                List.of("az", "group", "create", "--name", name, "--location", "westus"),
                List.copyOf(line),
                List.of("az", "aks", "get-credentials", "--resource-group", name, "--name", name));
    }

    @Override
    public List<List<String>> delete(String name) {
        return List.of(List.of("az", "group", "delete", "--name", name, "--yes"));
    }

    @Override
    public List<List<String>> stop(String name) {
        return List.of(List.of("az", "aks", "stop", "--resource-group", name, "--name", name));
    }

    @Override
    public List<List<String>> start(String name) {
        return List.of(List.of("az", "aks", "start", "--resource-group", name, "--name", name));
    }
}
