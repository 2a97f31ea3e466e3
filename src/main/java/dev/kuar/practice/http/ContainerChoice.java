package dev.kuar.practice.http;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Statuses;
import java.util.ArrayList;
import java.util.List;

/** Which container of a pod is meant. */
final class ContainerChoice {
    private ContainerChoice() {}

    /**
     * The name asked for, or that of the only container.
     *
     * @throws dev.kuar.practice.object.ApiException 400 for a name that is not there, or none among several
     */
    static String of(KubeObject pod, String asked) {
        List<String> all = new ArrayList<>();
        pod.maps("spec", "initContainers").forEach(each -> all.add(String.valueOf(each.get("name"))));
        pod.maps("spec", "containers").forEach(each -> all.add(String.valueOf(each.get("name"))));
        pod.maps("spec", "ephemeralContainers").forEach(each -> all.add(String.valueOf(each.get("name"))));
        if (asked.isEmpty()) {
            if (pod.maps("spec", "containers").size() == 1) {
                return String.valueOf(pod.maps("spec", "containers").get(0).get("name"));
            }
            throw Statuses.badRequest("a container name must be specified for pod " + pod.name() + ", choose one of: ["
                    + String.join(" ", all) + "]");
        }
        if (!all.contains(asked)) {
            throw Statuses.badRequest("container " + asked + " is not valid for pod " + pod.name());
        }
        return asked;
    }
}
