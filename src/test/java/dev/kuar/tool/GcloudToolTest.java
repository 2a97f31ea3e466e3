package dev.kuar.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.kube.Kubeconfig;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GcloudToolTest {
    @TempDir
    private Path folder;

    private final FakeHost host = new FakeHost();

    private ToolRun gcloud(String line) throws InterruptedException {
        return ToolRun.of(new GcloudTool(host, folder.resolve("tools")), folder, "gcloud", line.split(" "));
    }

    private void prepare() throws InterruptedException {
        gcloud("auth login");
        gcloud("config set project kuar-1234");
        gcloud("config set compute/zone us-west1-a");
    }

    @Test
    void asks_for_a_login_a_project_and_a_place_in_this_order() throws InterruptedException {
        assertThat(gcloud("container clusters list").error())
                .startsWith(
                        "ERROR: (gcloud.container.clusters.list) You do not currently have an active account selected.");
        gcloud("auth login");
        assertThat(gcloud("container clusters list").error())
                .contains("The required property [project] is not currently set.");
        assertThat(gcloud("config set project kuar-1234").error()).isEqualTo("Updated property [core/project].\n");
        ToolRun create = gcloud("container clusters create kuar-cluster");
        assertThat(create.exit()).isEqualTo(1);
        assertThat(create.error()).contains("[--zone, --region, --location] must be supplied");
    }

    @Test
    void a_project_number_is_warned_about_and_a_name_is_refused() throws InterruptedException {
        assertThat(gcloud("config set project 123456789012").error())
                .startsWith("WARNING: You do not appear to have access to project [123456789012]");
        assertThat(gcloud("config set project My_Project").exit()).isEqualTo(1);
    }

    @Test
    void creates_lists_and_deletes_a_cluster() throws InterruptedException {
        prepare();
        ToolRun create = gcloud("container clusters create kuar-cluster --num-nodes=3");
        assertThat(create.exit()).isZero();
        assertThat(create.error())
                .contains("Creating cluster kuar-cluster in us-west1-a...")
                .contains("CRITICAL: ACTION REQUIRED: gke-gcloud-auth-plugin")
                .contains("kubeconfig entry generated for kuar-cluster.");
        assertThat(create.output()).contains("kuar-cluster").contains("RUNNING").contains("e2-medium");
        assertThat(gcloud("container clusters get-credentials kuar-cluster --region=us-west1-a")
                        .exit())
                .isZero();
        Kubeconfig config = Kubeconfig.load(folder.resolve("kubeconfig"));
        assertThat(config.currentContext()).isEqualTo("gke_kuar-1234_us-west1-a_kuar-cluster");
        assertThat(config.find("users", config.currentContext()).orElseThrow()).containsKey("exec");

        assertThat(gcloud("container clusters create kuar-cluster").error()).contains("code=409");
        assertThat(gcloud("container clusters get-credentials other").error()).contains("code=404");
        assertThat(gcloud("container clusters delete kuar-cluster --quiet").exit())
                .isZero();
        assertThat(gcloud("container clusters list").output()).isEmpty();
        assertThat(Kubeconfig.load(folder.resolve("kubeconfig")).contexts()).isEmpty();
    }

    @Test
    void the_plugin_is_there_once_it_is_installed() throws InterruptedException {
        Path plugin = folder.resolve("tools/google-cloud-sdk/bin/gke-gcloud-auth-plugin");
        assertThat(plugin).doesNotExist();
        assertThat(gcloud("components install gke-gcloud-auth-plugin").exit()).isZero();
        assertThat(Files.isExecutable(plugin)).isTrue();
        assertThat(gcloud("components install nothing-known").exit()).isEqualTo(1);
    }

    @Test
    void words_mistakes_as_gcloud_does() throws InterruptedException {
        assertThat(gcloud("frob").error()).startsWith("ERROR: (gcloud) Invalid choice: 'frob'.");
        ToolRun bogus = gcloud("container clusters create x --bogus");
        assertThat(bogus.exit()).isEqualTo(2);
        assertThat(bogus.error())
                .startsWith("ERROR: (gcloud.container.clusters.create) unrecognized arguments: --bogus \n");
        assertThat(gcloud("container clusters create x --num-node=3").error())
                .startsWith("ERROR: (gcloud.container.clusters.create) unrecognized arguments: --num-node=3"
                        + " (did you mean '--num-nodes'?) \n\nTo search the help text of gcloud commands, run:\n");
        prepare();
        assertThat(gcloud("container clusters create x --num-nodes=0").exit()).isEqualTo(2);
    }
}
