package dev.kuar.lesson;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Turns YAML into a {@link Route}: a line, an action, a list of actions, or actions with the cluster that they need. */
final class RouteReader {
    private RouteReader() {}

    static Route route(LocatedYaml yaml) {
        if (yaml.isMap() && yaml.entries().containsKey("lines")) {
            Map<String, LocatedYaml> f = yaml.fields(Set.of("on", "lines"));
            LocatedYaml on = f.get("on");
            return new Route(actions(StepReader.need(yaml, f, "lines")), on == null ? null : shape(on));
        }
        return new Route(actions(yaml), null);
    }

    private static List<Route.Action> actions(LocatedYaml yaml) {
        if (!yaml.isList()) {
            return List.of(action(yaml));
        }
        List<Route.Action> actions = yaml.items(RouteReader::action);
        if (actions.isEmpty()) {
            throw yaml.failure("a way through a step has at least one line");
        }
        return actions;
    }

    private static Route.Action action(LocatedYaml yaml) {
        if (yaml.isText()) {
            return new Route.Line(yaml.text().stripTrailing());
        }
        Map<String, LocatedYaml> f = yaml.fields(Set.of("answer", "elsewhere"));
        LocatedYaml answer = f.get("answer");
        return answer != null
                ? new Route.Answer(answer.expression())
                : new Route.Elsewhere(StepReader.need(yaml, f, "elsewhere").text());
    }

    private static Route.Shape shape(LocatedYaml yaml) {
        Map<String, LocatedYaml> f = yaml.fields(Set.of("provider", "kubernetes", "nodes"));
        String provider = StepReader.text(f.get("provider"));
        String kubernetes = StepReader.text(f.get("kubernetes"));
        LocatedYaml nodes = f.get("nodes");
        return new Route.Shape(
                provider == null ? "" : provider,
                kubernetes == null ? "" : kubernetes,
                nodes == null ? 0 : nodes.number());
    }
}
