package dev.kuar.practice;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** An Ingress has no effect until a controller is installed, and then the one that its rules say. */
final class IngressIT {
    private static final long LIMIT = 300;
    private static final String CONTROLLER = "http://ingress-nginx-controller.ingress-nginx";
    private static final String MANIFEST = """
            apiVersion: v1
            kind: Pod
            metadata: {name: web, labels: {app: web}}
            spec: {containers: [{name: web, image: nginx}]}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: echo, labels: {app: echo}}
            spec: {containers: [{name: echo, image: hashicorp/http-echo, args: [-text=echoed]}]}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: ask}
            spec: {containers: [{name: ask, image: curlimages/curl, command: [sleep, 1d]}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: web}
            spec: {selector: {app: web}, ports: [{name: http, port: 80}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: echo}
            spec: {selector: {app: echo}, ports: [{port: 8080, targetPort: 5678}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: empty}
            spec: {selector: {app: none}, ports: [{port: 80}]}
            ---
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: site}
            spec:
              ingressClassName: nginx
              tls: [{hosts: [safe.example], secretName: none}]
              rules:
                - host: site.example
                  http:
                    paths:
                      - {path: /, pathType: Prefix, backend: {service: {name: web, port: {name: http}}}}
                      - {path: /echo, pathType: Prefix, backend: {service: {name: echo, port: {number: 8080}}}}
                      - {path: /none, pathType: Exact, backend: {service: {name: empty, port: {number: 80}}}}
                - host: safe.example
                  http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {name: http}}}}]}
            ---
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: others}
            spec:
              ingressClassName: another
              rules:
                - host: other.example
                  http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {name: http}}}}]}
            """;

    private KubernetesClient client;

    @Test
    void a_controller_gives_an_ingress_its_effect() throws Exception {
        try (PracticeCluster cluster = PracticeCluster.start(new ClusterSpec(
                        "i", "kind", 2, ClusterSpec.DEFAULT_VERSION, Optional.empty(), 0, Optional.empty()));
                KubernetesClient own = new KubernetesClientBuilder()
                        .withConfig(Config.fromKubeconfig(cluster.kubeconfig()))
                        .build()) {
            client = own;
            assertThat(cluster.waitReady(Duration.ofSeconds(LIMIT)).missing()).isEmpty();
            own.load(new ByteArrayInputStream(MANIFEST.getBytes(StandardCharsets.UTF_8)))
                    .inNamespace("default")
                    .create();
            for (String name : new String[] {"web", "echo", "ask"}) {
                own.pods().inNamespace("default").withName(name).waitUntilReady(LIMIT, TimeUnit.SECONDS);
            }
            assertThat(site().getStatus().getLoadBalancer().getIngress()).isEmpty();

            try (InputStream manifest = Files.newInputStream(Path.of("src/it/manifests/ingress-nginx.yaml"))) {
                own.load(manifest).create();
            }
            own.apps()
                    .deployments()
                    .inNamespace("ingress-nginx")
                    .withName("ingress-nginx-controller")
                    .waitUntilReady(LIMIT, TimeUnit.SECONDS);
            own.network()
                    .v1()
                    .ingresses()
                    .inNamespace("default")
                    .withName("site")
                    .waitUntilCondition(
                            each -> !each.getStatus()
                                    .getLoadBalancer()
                                    .getIngress()
                                    .isEmpty(),
                            LIMIT,
                            TimeUnit.SECONDS);

            assertThat(site().getStatus().getLoadBalancer().getIngress().get(0).getHostname())
                    .isEqualTo("localhost");
            assertThat(asked("site.example", "/")).contains("Welcome to nginx!", "=200");
            assertThat(asked("site.example", "/echo")).contains("echoed", "=200");
            assertThat(asked("site.example", "/echoes")).doesNotContain("echoed");
            assertThat(asked("site.example", "/none")).contains("503 Service Temporarily Unavailable", "=503");
            assertThat(asked("nowhere.example", "/")).contains("404 Not Found", "=404");
            assertThat(asked("other.example", "/")).contains("=404");
            assertThat(asked("safe.example", "/")).contains("308 Permanent Redirect", "=308");
        }
    }

    private Ingress site() {
        return client.network()
                .v1()
                .ingresses()
                .inNamespace("default")
                .withName("site")
                .get();
    }

    /** What comes back from inside, and the status behind a sign of equality. */
    private String asked(String host, String path) throws Exception {
        Pod pod = client.pods().inNamespace("default").withName("ask").get();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ExecWatch exec = client.pods()
                .resource(pod)
                .writingOutput(out)
                .exec("curl", "-s", "-H", "Host: " + host, "-w", "=%{http_code}", CONTROLLER + path)) {
            exec.exitCode().get(LIMIT, TimeUnit.SECONDS);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
