package dev.kuar.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.kubectl.data.Json;
import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.data.Yaml;
import dev.kuar.process.Invocation;
import dev.kuar.process.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HelmToolTest {
    private static final String URL = "https://kubernetes.github.io/dashboard/";
    private static final String CHART = "kubernetes-dashboard/kubernetes-dashboard";

    @TempDir
    private Path folder;

    private final FakeKubectl kubectl = new FakeKubectl();
    private final Clock clock = Clock.fixed(Instant.parse("2026-11-03T09:08:07.5Z"), ZoneOffset.UTC);

    private ToolRun helm(String... arguments) throws InterruptedException {
        return ToolRun.of(new HelmTool(kubectl, folder, clock), folder, "helm", arguments);
    }

    private ToolRun installed(String... more) throws InterruptedException {
        helm("repo", "add", "kubernetes-dashboard", URL);
        List<String> line = new ArrayList<>(List.of("upgrade", "--install", "dash", CHART, "-n", "board"));
        line.addAll(List.of(more));
        return helm(line.toArray(String[]::new));
    }

    @Test
    void adds_lists_updates_and_removes_repositories() throws InterruptedException {
        assertThat(helm("repo", "list").error()).isEqualTo("Error: no repositories to show\n");
        assertThat(helm("repo", "add", "d", URL).output()).isEqualTo("\"d\" has been added to your repositories\n");
        assertThat(helm("repo", "add", "d", URL).output())
                .isEqualTo("\"d\" already exists with the same configuration, skipping\n");
        assertThat(helm("repo", "list").output()).contains("NAME\tURL").contains("d   \t" + URL);
        assertThat(helm("repo", "update").output()).contains("the \"d\" chart repository");
        assertThat(helm("search", "repo", "dashboard").output())
                .contains("d/kubernetes-dashboard")
                .contains("7.14.0");
        assertThat(helm("repo", "remove", "d").exit()).isZero();
        assertThat(helm("repo", "remove", "d").error()).isEqualTo("Error: no repositories configured\n");
    }

    @Test
    void refuses_a_repository_that_is_none() throws InterruptedException {
        ToolRun run = helm("repo", "add", "x", "https://charts.example.com");
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.error())
                .startsWith(
                        "Error: looks like \"https://charts.example.com\" is not a valid chart repository or cannot be"
                                + " reached: ");
    }

    @Test
    void installs_what_is_not_there_yet_and_keeps_the_release_in_a_secret() throws InterruptedException {
        ToolRun run = installed("--create-namespace");
        assertThat(run.error()).isEmpty();
        assertThat(run.exit()).isZero();
        assertThat(run.output())
                .startsWith("Release \"dash\" does not exist. Installing it now.\nNAME: dash\n"
                        + "LAST DEPLOYED: Tue Nov  3 09:08:07 2026\nNAMESPACE: board\nSTATUS: deployed\nREVISION: 1\n")
                .contains("svc/dash-kong-proxy 8443:443");
        assertThat(kubectl.objects).containsKeys("Namespace/board", "Service/dash-kong-proxy", "Deployment/dash-web");
        Tree secret = kubectl.objects.get("Secret/sh.helm.release.v1.dash.v1");
        assertThat(secret.text("type")).isEqualTo("helm.sh/release.v1");
        assertThat(secret.textMap("metadata", "labels"))
                .containsEntry("owner", "helm")
                .containsEntry("name", "dash")
                .containsEntry("status", "deployed")
                .containsEntry("version", "1");
        assertThat(HelmRelease.ofSecret(secret).manifest())
                .startsWith("---\n# Source: kubernetes-dashboard/templates/");
    }

    @Test
    void upgrades_with_values_and_supersedes_the_revision_before() throws InterruptedException {
        installed();
        ToolRun run = installed("--set", "web.scaling.replicas=3", "--set", "metricsScraper.enabled=false");
        assertThat(run.output())
                .startsWith("Release \"dash\" has been upgraded. Happy Helming!\n")
                .contains("REVISION: 2");
        assertThat(kubectl.objects.get("Deployment/dash-web").number(0, "spec", "replicas"))
                .isEqualTo(3);
        assertThat(kubectl.objects).doesNotContainKey("Deployment/dash-metrics-scraper");
        assertThat(kubectl.objects.get("Secret/sh.helm.release.v1.dash.v1").text("metadata", "labels", "status"))
                .isEqualTo("superseded");
        assertThat(helm("get", "values", "dash", "-n", "board").output())
                .contains("USER-SUPPLIED VALUES:")
                .contains("replicas: 3");
        assertThat(helm("list", "-A").output()).contains("dash\tboard    \t2").contains("kubernetes-dashboard-7.14.0");
    }

    @Test
    void says_what_is_missing() throws InterruptedException {
        assertThat(helm("install", "dash", CHART).error())
                .isEqualTo("Error: INSTALLATION FAILED: repo kubernetes-dashboard not found\n");
        helm("repo", "add", "kubernetes-dashboard", URL);
        assertThat(helm("upgrade", "dash", CHART).error())
                .isEqualTo("Error: UPGRADE FAILED: \"dash\" has no deployed releases\n");
        assertThat(helm("install", "dash", CHART, "--version", "9.9.9").error()).contains("no chart version found");
        assertThat(helm("status", "dash").error()).isEqualTo("Error: release: not found\n");
        assertThat(helm("uninstall", "dash").error())
                .isEqualTo("Error: uninstall: Release not loaded: dash: release: not found\n");
        assertThat(helm("upgrade", "--instal", "dash", CHART).error()).isEqualTo("Error: unknown flag: --instal\n");
        assertThat(helm("instal").error()).startsWith("Error: unknown command \"instal\" for \"helm\"\n");
        assertThat(helm("upgrade", "dash").error()).startsWith("Error: \"helm upgrade\" requires 2 arguments\n");
    }

    @Test
    void a_release_that_the_cluster_refuses_is_failed() throws InterruptedException {
        kubectl.refuses = "apply";
        ToolRun run = installed();
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.error()).isEqualTo("Error: namespaces \"board\" not found\n");
        assertThat(kubectl.objects.get("Secret/sh.helm.release.v1.dash.v1").text("metadata", "labels", "status"))
                .isEqualTo("failed");
    }

    @Test
    void uninstalls_everything_but_the_namespace() throws InterruptedException {
        installed("--create-namespace");
        assertThat(helm("uninstall", "dash", "-n", "board").output()).isEqualTo("release \"dash\" uninstalled\n");
        assertThat(kubectl.objects).containsOnlyKeys("Namespace/board");
    }

    /** Keeps objects by kind and name. */
    private static final class FakeKubectl implements Program {
        final Map<String, Tree> objects = new TreeMap<>();
        String refuses = "";

        @Override
        public int run(Invocation run) {
            List<String> line = run.arguments();
            String verb = line.get(0);
            if (verb.equals(refuses)) {
                run.error().println("Error from server (NotFound): namespaces \"board\" not found");
                return 1;
            }
            if (verb.equals("get")) {
                String selector = line.get(line.indexOf("-l") + 1);
                List<Object> items = new ArrayList<>();
                objects.values().stream()
                        .filter(o -> o.kind().equals("Secret"))
                        .filter(o -> List.of(selector.split(",")).stream()
                                .allMatch(s -> o.text("metadata", "labels", s.split("=")[0])
                                        .equals(s.split("=")[1])))
                        .forEach(o -> Tree.add(items, o.value()));
                run.output().println(Json.compact(Tree.mapOf("items", items)));
            } else if (line.contains("-f")) {
                for (String document : Yaml.documents(input(run))) {
                    Tree object = new Tree(Yaml.parse(document));
                    if (verb.equals("delete")) {
                        objects.remove(object.kind() + "/" + object.name());
                    } else {
                        objects.put(object.kind() + "/" + object.name(), object);
                    }
                }
            } else if (verb.equals("delete")) {
                objects.remove("Secret/" + line.get(2));
            }
            return 0;
        }

        private static String input(Invocation run) {
            try {
                return new String(run.input().readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
