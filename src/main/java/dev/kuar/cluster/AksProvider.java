package dev.kuar.cluster;

import java.util.ArrayList;
import java.util.List;

/** Real clusters by az, each in a resource group of its own name. The group stays when the cluster goes: others may lie in it. */
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
    public List<List<String>> delete(Made made) {
        return List.of(line("delete", made, "--yes"));
    }

    @Override
    public List<List<String>> stop(Made made) {
        return List.of(line("stop", made));
    }

    @Override
    public List<List<String>> start(Made made) {
        return List.of(line("start", made));
    }

    @Override
    public List<String> list() {
        return List.of("az", "aks", "list", "--output", "table");
    }

    private static List<String> line(String verb, Made made, String... more) {
        String group = made.place().isEmpty() ? made.name() : made.place();
        List<String> line =
                new ArrayList<>(List.of("az", "aks", verb, "--resource-group", group, "--name", made.name()));
        line.addAll(List.of(more));
        return List.copyOf(line);
    }
}
