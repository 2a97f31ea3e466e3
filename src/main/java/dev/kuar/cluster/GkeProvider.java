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
    public List<List<String>> delete(Made made) {
        List<String> line =
                new ArrayList<>(List.of("gcloud", "container", "clusters", "delete", made.name(), "--quiet"));
        String[] place = made.place().split("/", 2);
        if (place.length == 2) {
            line.add("--location=" + place[1]);
            line.add("--project=" + place[0]);
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
        return List.of("gcloud", "container", "clusters", "list");
    }
}
