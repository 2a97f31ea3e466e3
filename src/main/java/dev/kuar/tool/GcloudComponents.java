package dev.kuar.tool;

import dev.kuar.process.Invocation;
import java.util.List;

/** {@code gcloud components}: the one that matters here is the credential plugin of GKE. */
final class GcloudComponents {
    private static final String PLUGIN = "gke-gcloud-auth-plugin";
    private static final List<String> KNOWN = List.of("bq", "core", "gcloud-crc32c", PLUGIN, "gsutil", "kubectl");

    private final GkePlugin plugin;

    GcloudComponents(GkePlugin plugin) {
        this.plugin = plugin;
    }

    int run(Invocation run, String command, List<String> rest) {
        Arguments arguments = Arguments.parse(rest, Arguments.Flags.of("quiet,q!"));
        switch (command) {
            case "install" -> install(run, arguments.words());
            case "list" -> list(run);
            default -> run.error().println("\nAll components are up to date.");
        }
        return 0;
    }

    private void install(Invocation run, List<String> components) {
        if (components.isEmpty()) {
            throw new ToolFailure(
                    2,
                    "ERROR: (gcloud.components.install) argument COMPONENT_IDS [COMPONENT_IDS ...]: Must be specified.");
        }
        List<String> unknown =
                components.stream().filter(c -> !KNOWN.contains(c)).toList();
        if (!unknown.isEmpty()) {
            throw GcloudTool.error(
                    "components install", "The following components are unknown [" + String.join(", ", unknown) + "].");
        }
        if (!components.contains(PLUGIN) || plugin.isInstalled()) {
            run.error().println("\nAll components are up to date.");
            return;
        }
        plugin.install();
        run.error().println("\n╔════════════════════════════════════════════════════════════╗");
        run.error().println("╠═ Installing: gke-gcloud-auth-plugin                       ═╣");
        run.error().println("╚════════════════════════════════════════════════════════════╝");
        run.error().println("\nPerforming post processing steps...done.\n\nUpdate done!");
    }

    private void list(Invocation run) {
        List<List<String>> rows = new java.util.ArrayList<>();
        rows.add(List.of("Status", "Name"));
        for (String name : KNOWN) {
            boolean installed = !name.equals(PLUGIN) || plugin.isInstalled();
            rows.add(List.of(installed ? "Installed" : "Not Installed", name));
        }
        run.output().print(Columns.text(rows, 2));
    }
}
