package dev.kuar.tool;

import dev.kuar.kubectl.data.Json;
import dev.kuar.kubectl.data.ParseException;
import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.data.Yaml;
import dev.kuar.process.Program;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code helm install} and {@code helm upgrade}: renders a chart, applies the objects, keeps the release. */
final class HelmInstall {
    private final HelmLine line;
    private final HelmKubectl kubectl;
    private final HelmReleases releases;
    private final HelmRepos repos;
    private final Clock clock;

    HelmInstall(HelmLine line, Program kubectl, HelmRepos repos, Clock clock) {
        this.line = line;
        this.kubectl = line.kubectl(kubectl);
        this.releases = new HelmReleases(this.kubectl);
        this.repos = repos;
        this.clock = clock;
    }

    int install() throws InterruptedException {
        try {
            line.takes(2, 2, HelmHelp.usage("install"));
        } catch (ToolFailure e) {
            if (line.rest().words().size() == 1) {
                throw HelmTool.error("INSTALLATION FAILED: must either provide a name or specify --generate-name");
            }
            throw e;
        }
        return fresh("INSTALLATION FAILED: ");
    }

    int upgrade() throws InterruptedException {
        line.takes(2, 2, HelmHelp.usage("upgrade"));
        String namespace = line.namespace(kubectl);
        Optional<HelmRelease> last = releases.newest(namespace, line.word(0));
        if (last.isEmpty() || last.get().status().equals("uninstalled")) {
            if (!line.has("install")) {
                throw HelmTool.error("UPGRADE FAILED: \"" + line.word(0) + "\" has no deployed releases");
            }
            line.run().output().println("Release \"" + line.word(0) + "\" does not exist. Installing it now.");
            return fresh("");
        }
        HelmRelease before = last.get();
        HelmRelease release = saying("UPGRADE FAILED: ", () -> {
            Map<String, Object> values = HelmValues.of(line);
            boolean reuse = line.has("reuse-values") || (values.isEmpty() && !line.has("reset-values"));
            Map<String, Object> config = reuse ? HelmValues.merge(before.tree().map("config"), values) : values;
            HelmRelease next = rendered(namespace, before.revision() + 1, config, before);
            if (!line.has("dry-run")) {
                carryOut(next, before);
            }
            return next;
        });
        line.run().output().println("Release \"" + release.name() + "\" has been upgraded. Happy Helming!");
        line.run().output().print(HelmShow.status(release, clock));
        return 0;
    }

    private int fresh(String prefix) throws InterruptedException {
        String name = line.word(0);
        HelmRelease release = saying(prefix, () -> {
            if (!name.matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*")
                    || name.length() > 53) {
                throw HelmTool.error("release name \"" + name + "\": invalid release name, must match regex"
                        + " ^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$ and the length must not be longer"
                        + " than 53");
            }
            String namespace = line.namespace(kubectl);
            Optional<HelmRelease> last = releases.newest(namespace, name);
            if (last.isPresent() && !last.get().status().equals("uninstalled")) {
                throw HelmTool.error("cannot re-use a name that is still in use");
            }
            long revision = last.map(r -> r.revision() + 1).orElse(1L);
            HelmRelease made = rendered(namespace, revision, HelmValues.of(line), null);
            if (!line.has("dry-run")) {
                makeNamespace(namespace);
                carryOut(made, null);
            }
            return made;
        });
        line.run().output().print(HelmShow.status(release, clock));
        return 0;
    }

    /** Writes the release as pending, applies it, waits if told, and writes how it ended. */
    private void carryOut(HelmRelease release, @Nullable HelmRelease before) throws InterruptedException {
        HelmRelease pending = release.with(before == null ? "pending-install" : "pending-upgrade", "Preparing");
        releases.create(pending, clock.instant());
        try {
            apply(release);
            if (before != null) {
                takeAway(before, release);
            }
            if (line.has("wait") || line.has("atomic")) {
                await(release);
            }
        } catch (ToolFailure e) {
            releases.update(release.with("failed", e.text().replaceFirst("^Error: ", "")), clock.instant());
            throw e;
        }
        if (before != null && before.status().equals("deployed")) {
            releases.update(before.with("superseded", before.tree().text("info", "description")), clock.instant());
        }
        releases.update(release, clock.instant());
    }

    private HelmRelease rendered(
            String namespace, long revision, Map<String, Object> config, @Nullable HelmRelease before) {
        HelmChart chart = repos.chart(line.word(1), line.flag("version"));
        Map<String, Object> values = HelmValues.merge(chart.values().map(), config);
        Map<String, Object> context = Tree.mapOf(
                "Values", values,
                "Chart", Tree.mapOf("Name", chart.name(), "Version", chart.version()),
                "Release",
                        Tree.mapOf(
                                "Name",
                                line.word(0),
                                "Namespace",
                                namespace,
                                "Service",
                                "Helm",
                                "Revision",
                                revision,
                                "IsInstall",
                                before == null,
                                "IsUpgrade",
                                before != null));
        Instant now = clock.instant();
        List<Object> templates = new ArrayList<>();
        chart.templates()
                .forEach((path, text) -> templates.add(Tree.mapOf(
                        "name",
                        path,
                        "data",
                        Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)))));
        try {
            return new HelmRelease(new Tree(Tree.mapOf(
                    "name", line.word(0),
                    "info",
                            Tree.mapOf(
                                    "first_deployed",
                                    before == null
                                            ? now.toString()
                                            : before.tree().text("info", "first_deployed"),
                                    "last_deployed",
                                    now.toString(),
                                    "deleted",
                                    "",
                                    "description",
                                    before == null ? "Install complete" : "Upgrade complete",
                                    "status",
                                    "deployed",
                                    "notes",
                                    chart.notes(context)),
                    "chart",
                            Tree.mapOf(
                                    "metadata", chart.metadata().value(),
                                    "templates", templates,
                                    "values", chart.values().value()),
                    "config", config,
                    "manifest", chart.manifest(context),
                    "version", revision,
                    "namespace", namespace)));
        } catch (ParseException e) {
            throw HelmTool.error("execution error: " + e.getMessage());
        }
    }

    private void makeNamespace(String namespace) throws InterruptedException {
        if (!line.has("create-namespace")) {
            return;
        }
        String object = Json.compact(Tree.mapOf(
                "apiVersion", "v1",
                "kind", "Namespace",
                "metadata", Tree.mapOf("name", namespace, "labels", Tree.mapOf("name", namespace))));
        HelmKubectl.Result made = kubectl.run(object, "create", "-f", "-");
        if (made.exit() != 0 && !made.error().contains("(AlreadyExists)")) {
            throw HelmTool.error("create: failed to create: " + made.problem());
        }
    }

    private void apply(HelmRelease release) throws InterruptedException {
        StringBuilder marked = new StringBuilder();
        for (Tree object : objects(release)) {
            object.set("Helm", "metadata", "labels", "app.kubernetes.io/managed-by");
            object.set(release.name(), "metadata", "annotations", "meta.helm.sh/release-name");
            object.set(release.namespace(), "metadata", "annotations", "meta.helm.sh/release-namespace");
            marked.append("---\n").append(Json.compact(object.value())).append('\n');
        }
        HelmKubectl.Result result = kubectl.run(marked.toString(), "apply", "-f", "-", "-n", release.namespace());
        if (result.exit() != 0) {
            throw HelmTool.error(result.problem());
        }
    }

    /** Deletes what the earlier revision had and this one has not. */
    private void takeAway(HelmRelease before, HelmRelease now) throws InterruptedException {
        Set<String> kept =
                objects(now).stream().map(o -> o.kind() + "/" + o.name()).collect(java.util.stream.Collectors.toSet());
        for (Tree object : objects(before)) {
            if (!kept.contains(object.kind() + "/" + object.name())) {
                kubectl.run(
                        Json.compact(object.value()),
                        "delete",
                        "-f",
                        "-",
                        "-n",
                        before.namespace(),
                        "--ignore-not-found");
            }
        }
    }

    private void await(HelmRelease release) throws InterruptedException {
        String timeout = "--timeout=" + line.rest().flag("timeout", "5m0s");
        for (Tree object : objects(release)) {
            if (object.kind().equals("Deployment")) {
                String name = "deployment/" + object.name();
                if (kubectl.run("", "rollout", "status", name, "-n", release.namespace(), timeout)
                                .exit()
                        != 0) {
                    throw HelmTool.error("context deadline exceeded");
                }
            }
        }
    }

    private static List<Tree> objects(HelmRelease release) {
        return Yaml.documents(release.manifest()).stream()
                .map(d -> new Tree(Yaml.parse(d)))
                .filter(Tree::isMap)
                .toList();
    }

    /** Something that may be refused. */
    private interface Work {
        HelmRelease run() throws InterruptedException;
    }

    private static HelmRelease saying(String prefix, Work work) throws InterruptedException {
        try {
            return work.run();
        } catch (ToolFailure e) {
            throw new ToolFailure(e.exitCode(), e.text().replaceFirst("^Error: ", "Error: " + prefix));
        }
    }
}
