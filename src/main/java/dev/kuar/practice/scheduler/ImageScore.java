package dev.kuar.practice.scheduler;

import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How much of what a pod needs is pulled already: the plugin ImageLocality of Kubernetes 1.36. */
final class ImageScore {
    private static final long MAX = 100;
    private static final long MEGABYTE = 1024 * 1024;
    private static final long LEAST = 23 * MEGABYTE;
    private static final long MOST = 1000 * MEGABYTE;

    private final List<String> images;
    private final List<Double> shares = new ArrayList<>();

    ImageScore(List<String> images, List<NodeState> all) {
        this.images = images;
        for (String image : images) {
            long nodes = all.stream().filter(node -> node.hasImage(image)).count();
            shares.add(all.isEmpty() ? 0 : (double) nodes / all.size());
        }
    }

    /** Of containers and image volumes, as a node lists them. */
    static List<String> names(KubeObject pod) {
        List<String> names = new ArrayList<>();
        for (String list : List.of("initContainers", "containers")) {
            for (Map<String, Object> container : pod.maps("spec", list)) {
                names.add(tagged(KubeObject.of(container).text("image")));
            }
        }
        for (Map<String, Object> volume : pod.maps("spec", "volumes")) {
            if (volume.get("image") instanceof Map) {
                names.add(tagged(KubeObject.of(volume).text("image", "reference")));
            }
        }
        return names;
    }

    private static String tagged(String image) {
        return image.lastIndexOf(':') <= image.lastIndexOf('/') ? image + ":latest" : image;
    }

    /** 0 to 100; an image that few nodes have counts for little. */
    long of(KubeObject pod, NodeState node) {
        long sum = 0;
        for (int i = 0; i < images.size(); i++) {
            sum += (long) (node.imageSize(images.get(i)) * shares.get(i));
        }
        int containers = pod.maps("spec", "initContainers").size()
                + pod.maps("spec", "containers").size();
        long most = MOST * containers;
        return MAX * (Math.max(LEAST, Math.min(most, sum)) - LEAST) / (most - LEAST);
    }
}
