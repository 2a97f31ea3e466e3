package dev.kuar.tool;

import dev.kuar.process.Invocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code az group}. */
final class AzGroups {
    private static final String PREFIX = "group/";

    private final ClusterHost host;
    private final ToolState state;

    AzGroups(ClusterHost host, ToolState state) {
        this.host = host;
        this.state = state;
    }

    void run(Invocation run, String command, Arguments arguments) {
        String name = arguments.flag("name").orElse(arguments.flag("resource-group", ""));
        switch (command) {
            case "group create" -> {
                state.put(PREFIX + name, arguments.flag("location", ""));
                run.output().print(json(name, arguments.flag("location", "")));
            }
            case "group show" -> run.output().print(json(name, location(state, name)));
            case "group list" -> list(run, arguments);
            default -> delete(run, name);
        }
    }

    private void list(Invocation run, Arguments arguments) {
        List<Map.Entry<String, String>> groups = state.all().entrySet().stream()
                .filter(e -> e.getKey().startsWith(PREFIX))
                .toList();
        if (arguments.flag("output", "").equals("table")) {
            List<List<String>> rows = new ArrayList<>(List.of(List.of("Name", "Location", "Status")));
            rows.add(List.of("----", "--------", "------"));
            groups.forEach(g -> rows.add(List.of(g.getKey().substring(PREFIX.length()), g.getValue(), "Succeeded")));
            run.output().print(Columns.text(rows, 2));
            return;
        }
        run.output()
                .print("[\n"
                        + groups.stream()
                                .map(g -> json(g.getKey().substring(PREFIX.length()), g.getValue())
                                        .stripTrailing()
                                        .indent(2)
                                        .stripTrailing())
                                .reduce((a, b) -> a + ",\n" + b)
                                .orElse("")
                        + "\n]\n");
    }

    private void delete(Invocation run, String name) {
        location(state, name);
        AksClusters clusters = new AksClusters(host, state);
        clusters.inGroup(name).forEach(c -> clusters.remove(run, name, c));
        state.remove(PREFIX + name);
    }

    /** Where the group is; refuses as az does where there is none. */
    static String location(ToolState state, String name) {
        return state.get(PREFIX + name)
                .orElseThrow(() -> new ToolFailure(
                        3,
                        "(ResourceGroupNotFound) Resource group '" + name
                                + "' could not be found.\nCode: ResourceGroupNotFound\n" + "Message: Resource group '"
                                + name + "' could not be found."));
    }

    private static String json(String name, String location) {
        return """
            {
              "id": "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/%s",
              "location": "%s",
              "managedBy": null,
              "name": "%s",
              "properties": {
                "provisioningState": "Succeeded"
              },
              "tags": null,
              "type": "Microsoft.Resources/resourceGroups"
            }
            """.formatted(name, location, name);
    }
}
