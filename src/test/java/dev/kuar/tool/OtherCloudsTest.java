package dev.kuar.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.kube.Kubeconfig;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stand-ins of az and eksctl. */
final class OtherCloudsTest {
    @TempDir
    private Path folder;

    private final FakeHost host = new FakeHost();

    private ToolRun az(String line) throws InterruptedException {
        return ToolRun.of(new AzTool(host, folder.resolve("tools")), folder, "az", line.split(" "));
    }

    private ToolRun eksctl(String line) throws InterruptedException {
        return ToolRun.of(new EksctlTool(host, new Random(7)), folder, "eksctl", line.split(" "));
    }

    private Kubeconfig kubeconfig() {
        return Kubeconfig.load(folder.resolve("kubeconfig"));
    }

    @Test
    void az_makes_a_group_a_cluster_and_a_context() throws InterruptedException {
        assertThat(az("group create --name=kuar --location=westus").error()).contains("az login");
        az("login");
        assertThat(az("group create --name=kuar --location=westus").output())
                .contains("\"provisioningState\": \"Succeeded\"");
        ToolRun create = az("aks create --resource-group=kuar --name=kuar-cluster");
        assertThat(create.exit()).isZero();
        assertThat(create.output()).contains("\"count\": 3");
        assertThat(az("aks get-credentials --resource-group=kuar --name=kuar-cluster")
                        .error())
                .startsWith("Merged \"kuar-cluster\" as current context in ");
        assertThat(kubeconfig().currentContext()).isEqualTo("kuar-cluster");
        assertThat(az("aks get-credentials -g kuar -n kuar-cluster").error()).contains("--overwrite-existing");
        assertThat(az("group delete --name kuar --yes").exit()).isZero();
        assertThat(host.list()).isEmpty();
        assertThat(kubeconfig().contexts()).isEmpty();
    }

    @Test
    void az_names_the_flag_with_the_typing_error() throws InterruptedException {
        az("login");
        ToolRun typo = az("aks create --resoure-group=kuar --name=kuar-cluster");
        assertThat(typo.exit()).isEqualTo(2);
        assertThat(typo.error())
                .contains("the following arguments are required: --resource-group/-g")
                .contains("unrecognized arguments: --resoure-group=kuar");
        assertThat(az("aks create -g none -n x").error()).contains("(ResourceGroupNotFound)");
    }

    @Test
    void eksctl_invents_a_name_and_makes_two_nodes() throws InterruptedException {
        ToolRun create = eksctl("create cluster");
        assertThat(create.exit()).isZero();
        assertThat(host.list()).singleElement().satisfies(c -> assertThat(c.nodes())
                .isEqualTo(2));
        String name = host.list().get(0).attributes().get("tool.name");
        assertThat(name).matches("[a-z]+-[a-z]+-17\\d{8}");
        assertThat(create.output()).contains("EKS cluster \"" + name + "\" in \"us-west-2\" region is ready");
        assertThat(kubeconfig().currentContext()).isEqualTo("learner@" + name + ".us-west-2.eksctl.io");
        assertThat(eksctl("get cluster").output()).contains(name);
        assertThat(eksctl("delete cluster").error()).isEqualTo("Error: --name must be set\n");
        assertThat(eksctl("delete cluster --name " + name).exit()).isZero();
        assertThat(host.list()).isEmpty();
    }
}
