package dev.kuar.lesson;

import static dev.kuar.lesson.StepReader.need;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Turns YAML into a broken cluster and its {@link Change}s. */
final class ChangeReader {
    private ChangeReader() {}

    static Step.Broken broken(LocatedYaml yaml) {
        Map<String, LocatedYaml> f = yaml.fields(Set.of("id", "do", "until", "reason"));
        return new Step.Broken(
                need(yaml, f, "id").text(),
                need(yaml, f, "do").items(ChangeReader::change),
                StepReader.expression(f.get("until")),
                need(yaml, f, "reason").text());
    }

    private static Change change(LocatedYaml yaml) {
        Map<String, LocatedYaml> f = yaml.fields(Set.of("patch", "delete", "apply", "stopNode", "startNode", "run"));
        if (f.size() != 1) {
            throw yaml.failure("one change an item");
        }
        Map.Entry<String, LocatedYaml> only = f.entrySet().iterator().next();
        LocatedYaml value = only.getValue();
        return switch (only.getKey()) {
            case "patch" -> patch(value);
            case "delete" -> new Change.Delete(target(value));
            case "apply" -> new Change.Apply(value.text());
            case "stopNode" -> new Change.StopNode(value.expression());
            case "startNode" -> new Change.StartNode(value.expression());
            default -> new Change.Run(value.text());
        };
    }

    private static Change patch(LocatedYaml value) {
        Map<String, LocatedYaml> f = value.fields(Set.of("apiVersion", "kind", "namespace", "name", "with"));
        Map<String, Object> with = new LinkedHashMap<>();
        if (need(value, f, "with").tree() instanceof Map<?, ?> tree) {
            tree.forEach((k, v) -> with.put(String.valueOf(k), v));
        }
        return new Change.Patch(target(value, f), with);
    }

    static Change.Target target(LocatedYaml value) {
        return target(value, value.fields(Set.of("apiVersion", "kind", "namespace", "name")));
    }

    private static Change.Target target(LocatedYaml value, Map<String, LocatedYaml> f) {
        String namespace = StepReader.text(f.get("namespace"));
        return new Change.Target(
                need(value, f, "apiVersion").text(),
                need(value, f, "kind").text(),
                namespace == null ? "" : namespace,
                need(value, f, "name").text());
    }
}
