package dev.kuar.tool;

import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.data.Yaml;
import dev.kuar.process.Invocation;
import dev.kuar.process.Program;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * {@code minikube addons}: objects that are applied and deleted again. What there is stands in {@code practice/addons}; which
 * are enabled is kept with the cluster.
 */
final class MinikubeAddons {
    private static final String KEPT = "minikube.addons";
    private static final String OWNERS = "https://github.com/kubernetes/minikube/blob/master/OWNERS";
    private static final int USAGE = 14;
    private static final int PRACTICE_LACKS_IT = 64;
    private static final int FAILED = 10;

    private final ClusterHost host;
    private final Program kubectl;

    MinikubeAddons(ClusterHost host, Program kubectl) {
        this.host = host;
        this.kubectl = kubectl;
    }

    /**
     * Carries out {@code list}, {@code enable NAME} or {@code disable NAME}.
     *
     * @param name minikube's name of the cluster, and of its context
     */
    void run(Invocation run, Arguments arguments, ClusterHost.Hosted cluster, String name) throws InterruptedException {
        String command = arguments.word(0);
        switch (command) {
            case "list" -> list(run, cluster, name);
            case "enable", "disable" -> {
                if (arguments.words().size() < 2) {
                    throw new ToolFailure(
                            USAGE, "❌  Exiting due to MK_USAGE: usage: minikube addons " + command + " ADDON_NAME");
                }
                turn(run, addon(arguments.word(1)), cluster, name, command.equals("enable"));
            }
            default -> run.output().print(MinikubeHelp.text("addons"));
        }
    }

    /** Enables what {@code minikube start --addons} asks for, names between commas. */
    void enable(Invocation run, String names, ClusterHost.Hosted cluster, String name) throws InterruptedException {
        ClusterHost.Hosted now = cluster;
        for (String each : names.split(",")) {
            if (!each.isBlank()) {
                turn(run, addon(each.strip()), now, name, true);
                now = host.find(cluster.name()).orElse(now);
            }
        }
    }

    private void list(Invocation run, ClusterHost.Hosted cluster, String name) {
        TreeSet<String> on = enabled(cluster);
        List<List<String>> rows = new ArrayList<>();
        for (Tree addon : addons()) {
            boolean isOn = on.contains(addon.text("name"));
            rows.add(List.of(addon.text("name"), name, isOn ? "enabled ✅" : "disabled", addon.text("maintainer")));
        }
        run.output().print(BoxedTable.text(List.of("ADDON NAME", "PROFILE", "STATUS", "MAINTAINER"), rows));
    }

    private void turn(Invocation run, Tree addon, ClusterHost.Hosted cluster, String name, boolean on)
            throws InterruptedException {
        String called = addon.text("name");
        if (on) {
            announce(run, addon);
        }
        HelmKubectl reach = new HelmKubectl(kubectl, run, List.of("--context=" + name));
        String objects = resource(called + ".yaml");
        HelmKubectl.Result result = on
                ? reach.run(objects, "apply", "-f", "-")
                : reach.run(objects, "delete", "--ignore-not-found", "--wait=false", "-f", "-");
        if (result.exit() != 0) {
            throw new ToolFailure(
                    FAILED,
                    "❌  Exiting due to MK_ADDON_" + (on ? "ENABLE: enable" : "DISABLE: disable") + " failed: "
                            + result.problem());
        }
        if (on) {
            verify(run, reach, addon);
        }
        TreeSet<String> enabled = enabled(cluster);
        if (on) {
            enabled.add(called);
        } else {
            enabled.remove(called);
        }
        Map<String, String> attributes = new HashMap<>(cluster.attributes());
        attributes.put(KEPT, String.join(",", enabled));
        host.setAttributes(cluster.name(), attributes);
        if (on && addon.has("advice") && !enabled.contains(addon.text("advice"))) {
            run.output()
                    .println("💡  Some " + called + " features require the " + addon.text("advice")
                            + " addon. To enable all features please run:\n\n\tminikube"
                            + (name.equals("minikube") ? "" : " -p " + name) + " addons enable "
                            + addon.text("advice") + "\n");
        }
        run.output()
                .println(
                        on
                                ? "🌟  The '" + called + "' addon is enabled"
                                : "🌑  \"The '" + called + "' addon is disabled");
    }

    private static void announce(Invocation run, Tree addon) {
        run.output()
                .println("💡  " + addon.text("name") + " is an addon maintained by " + addon.text("maintainer")
                        + ". For any concerns contact minikube on GitHub.\n"
                        + "You can view the list of minikube maintainers at: " + OWNERS);
        addon.items("images").forEach(image -> run.output().println("    ▪ Using image " + image.text()));
    }

    private static void verify(Invocation run, HelmKubectl reach, Tree addon) throws InterruptedException {
        if (!addon.has("waits")) {
            return;
        }
        run.output().println("🔎  Verifying " + addon.text("name") + " addon...");
        HelmKubectl.Result result = reach.run(
                "",
                "rollout",
                "status",
                "deployment/" + addon.text("waits", "deployment"),
                "--namespace=" + addon.text("waits", "namespace"),
                "--timeout=6m");
        if (result.exit() != 0) {
            throw new ToolFailure(
                    FAILED,
                    "❌  Exiting due to MK_ADDON_ENABLE: enable failed: run callbacks: running callbacks: [waiting for "
                            + addon.text("name") + " pods: " + result.problem() + "]");
        }
    }

    private static TreeSet<String> enabled(ClusterHost.Hosted cluster) {
        String kept = cluster.attributes().get(KEPT);
        TreeSet<String> on = new TreeSet<>();
        if (kept != null) {
            on.addAll(List.of(kept.split(",")));
            on.remove("");
            return on;
        }
        addons().stream().filter(addon -> addon.flag("enabled")).forEach(addon -> on.add(addon.text("name")));
        return on;
    }

    private static Tree addon(String name) {
        Optional<Tree> found = addons().stream()
                .filter(addon -> addon.text("name").equals(name))
                .findFirst();
        return found.orElseThrow(() -> new ToolFailure(
                PRACTICE_LACKS_IT,
                "❌  Exiting due to MK_ADDON_ENABLE: enable failed: addon '" + name
                        + "' is not a valid addon packaged with minikube.\nTo see the list of available addons run:\n"
                        + "minikube addons list"));
    }

    private static List<Tree> addons() {
        return new Tree(Yaml.parse(resource("index.yaml"))).items();
    }

    private static String resource(String file) {
        try (InputStream in = MinikubeAddons.class.getResourceAsStream("/practice/addons/" + file)) {
            if (in == null) {
                throw new IllegalStateException("there is no " + file + " among the addons");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
