package dev.kuar.kubectl.command;

import dev.kuar.kubectl.data.TabWriter;
import dev.kuar.kubectl.rest.ApiResource;
import dev.kuar.kubectl.rest.Failure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** {@code kubectl api-resources} and {@code kubectl api-versions}. */
final class ApiResourcesCommand {
    static final String FLAGS = """
            api-group string Limit to resources in the specified API group.
            cached bool Use the cached list of resources if available.
            categories strings Limit to resources that belong to the specified categories.
            namespaced bool=true If false, non-namespaced resources will be returned.
            no-headers bool Don't print headers.
            output,o string Output format. One of: (json, yaml, name, wide).
            show-managed-fields bool Keep the managedFields when printing objects.
            sort-by string Sort list of resources using specified field: name or kind.
            verbs strings Limit to resources that support the specified verbs.
            """;

    private ApiResourcesCommand() {}

    static int versions(Run run) {
        TreeSet<String> versions = new TreeSet<>();
        run.mapper().all().forEach(resource -> versions.add(resource.apiVersion()));
        versions.forEach(run::line);
        return 0;
    }

    static int run(Run run) {
        String output = run.text("output");
        if (!List.of("", "wide", "name").contains(output)) {
            throw Failure.error("--output " + output + " is not available");
        }
        if (!run.arguments().isEmpty()) {
            throw run.usage("unexpected arguments: [" + String.join(" ", run.arguments()) + "]");
        }
        if (!List.of("", "name", "kind").contains(run.text("sort-by"))) {
            throw Failure.error("--sort-by accepts only name or kind");
        }
        if (!run.on("cached")) {
            run.client().shared().discovery().forget();
        }
        List<ApiResource> chosen = chosen(run);
        StringBuilder text = new StringBuilder();
        if (!run.on("no-headers") && !"name".equals(output)) {
            text.append("NAME\tSHORTNAMES\tAPIVERSION\tNAMESPACED\tKIND");
            text.append("wide".equals(output) ? "\tVERBS\tCATEGORIES\n" : "\n");
        }
        for (ApiResource resource : chosen) {
            if ("name".equals(output)) {
                text.append(resource.groupResource()).append('\n');
                continue;
            }
            text.append(String.join(
                    "\t",
                    resource.name(),
                    String.join(",", resource.shortNames()),
                    resource.apiVersion(),
                    String.valueOf(resource.namespaced()),
                    resource.kind()));
            text.append(
                    "wide".equals(output)
                            ? "\t" + String.join(",", sorted(resource.verbs())) + "\t"
                                    + String.join(",", resource.categories()) + "\n"
                            : "\n");
        }
        run.out().print("name".equals(output) ? text.toString() : TabWriter.TABLE.align(text.toString()));
        return 0;
    }

    private static List<String> sorted(List<String> verbs) {
        return verbs.stream().sorted().toList();
    }

    private static List<ApiResource> chosen(Run run) {
        List<ApiResource> chosen = new ArrayList<>();
        for (ApiResource resource : run.mapper().all()) {
            boolean fits = resource.preferred()
                    && !resource.verbs().isEmpty()
                    && (!run.flags().changed("api-group") || resource.group().equals(run.text("api-group")))
                    && (!run.flags().changed("namespaced") || resource.namespaced() == run.on("namespaced"))
                    && resource.verbs().containsAll(run.flags().list("verbs"))
                    && resource.categories().containsAll(run.flags().list("categories"));
            if (fits) {
                chosen.add(resource);
            }
        }
        Comparator<ApiResource> order =
                switch (run.text("sort-by")) {
                    case "name" -> Comparator.comparing(ApiResource::name);
                    case "kind" -> Comparator.comparing(ApiResource::kind);
                    default -> Comparator.comparing(ApiResource::group).thenComparing(ApiResource::name);
                };
        chosen.sort(order);
        return chosen;
    }
}
