package dev.kuar.practice.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.object.JsonReader;
import dev.kuar.practice.object.JsonWriter;
import dev.kuar.practice.object.KubeObject;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class DefaulterTest {
    private final Catalog catalog = Catalog.builtIn();
    private final Defaulter defaulter = new Defaulter();

    @Test
    void completes_a_deployment_as_the_recorded_server() {
        KubeObject made = complete(
                "apps",
                "deployments",
                "{'spec':{'selector':{'matchLabels':{'a':'b'}},'template':{'metadata':{'labels':{'a':'b'}},"
                        + "'spec':{'terminationGracePeriodSeconds':1,'containers':[{'name':'c','image':'nginx:1.27',"
                        + "'readinessProbe':{'httpGet':{'port':'http'},'periodSeconds':1}}]}}}}");
        assertThat(made.number(0, "spec", "progressDeadlineSeconds")).isEqualTo(600);
        assertThat(JsonWriter.text(made.at("spec", "strategy")))
                .isEqualTo(
                        "{\"type\":\"RollingUpdate\",\"rollingUpdate\":{\"maxUnavailable\":\"25%\",\"maxSurge\":\"25%\"}}");
        assertThat(made.map("spec", "template", "spec"))
                .containsEntry("dnsPolicy", "ClusterFirst")
                .containsEntry("restartPolicy", "Always")
                .containsEntry("schedulerName", "default-scheduler")
                .doesNotContainKey("enableServiceLinks");
        KubeObject container = KubeObject.of(
                made.maps("spec", "template", "spec", "containers").get(0));
        assertThat(container.text("imagePullPolicy")).isEqualTo("IfNotPresent");
        assertThat(container.number(0, "readinessProbe", "failureThreshold")).isEqualTo(3);
        assertThat(container.number(0, "readinessProbe", "periodSeconds")).isEqualTo(1);
        assertThat(container.text("readinessProbe", "httpGet", "scheme")).isEqualTo("HTTP");
    }

    @Test
    void completes_services_by_type() {
        KubeObject node = complete("", "services", "{'spec':{'type':'NodePort','ports':[{'port':80}]}}");
        assertThat(node.text("spec", "externalTrafficPolicy")).isEqualTo("Cluster");
        assertThat(node.maps("spec", "ports").get(0))
                .containsEntry("targetPort", 80L)
                .containsEntry("protocol", "TCP");
        assertThat(complete("", "services", "{'spec':{'ports':[{'port':80}]}}").map("spec"))
                .doesNotContainKey("externalTrafficPolicy")
                .containsEntry("sessionAffinity", "None");
    }

    @Test
    void a_condition_that_a_failure_policy_names_is_true_unless_it_says_otherwise() {
        KubeObject job = complete(
                "batch",
                "jobs",
                "{'spec':{'podFailurePolicy':{'rules':[{'action':'Ignore','onPodConditions':[{'type':'DisruptionTarget'},"
                        + "{'type':'Ready','status':'False'}]}]},'template':{'spec':{}}}}");
        assertThat(JsonWriter.text(job.at("spec", "podFailurePolicy", "rules")))
                .contains("{\"type\":\"DisruptionTarget\",\"status\":\"True\"}", "\"status\":\"False\"");
    }

    @Test
    void completes_jobs_but_not_the_jobs_of_a_cronjob() {
        assertThat(complete("batch", "jobs", "{'spec':{'template':{'spec':{}}}}")
                        .map("spec"))
                .containsEntry("completions", 1L)
                .containsEntry("backoffLimit", 6L)
                .containsEntry("podReplacementPolicy", "TerminatingOrFailed");
        assertThat(complete("batch", "cronjobs", "{'spec':{'jobTemplate':{'spec':{'template':{'spec':{}}}}}}")
                        .map("spec", "jobTemplate", "spec"))
                .doesNotContainKey("backoffLimit");
    }

    private KubeObject complete(String group, String resource, String json) {
        Kind kind = catalog.find(group, resource).orElseThrow();
        KubeObject object = KubeObject.of(
                Decoder.conform(kind, JsonReader.readMap(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)))
                        .tree());
        defaulter.apply(kind, object);
        return object;
    }
}
