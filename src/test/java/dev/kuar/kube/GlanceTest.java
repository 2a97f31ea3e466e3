package dev.kuar.kube;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class GlanceTest {
    private static final String MINIKUBE = """
            apiVersion: v1
            clusters:
            - cluster:
                certificate-authority: /home/me/.minikube/ca.crt
                extensions:
                - extension:
                    last-update: Fri
                    server: https://not-this
                  name: cluster_info
                server: https://192.168.49.2:8443
              name: minikube
            - cluster: {server: https://flow}
              name: flow
            contexts:
            - context:
                cluster: minikube
                extensions:
                - extension:
                    provider: minikube.sigs.k8s.io
                  name: context_info
                namespace: "shop"
                user: minikube
              name: minikube
            current-context: minikube
            kind: Config
            users:
            - name: minikube
              user:
                exec:
                  args:
                  - name
                  command: plugin
            """;

    @Test
    void finds_server_and_namespace_past_nested_lists() {
        assertThat(Glance.at(MINIKUBE))
                .isEqualTo(new Glance("minikube", "shop", "https://192.168.49.2:8443", "/home/me/.minikube/ca.crt"));
    }

    @Test
    void reads_indented_lists_and_quoted_names() {
        String text = """
                current-context: "a b"
                clusters:
                  - name: c
                    cluster:
                      server: 'https://c:1'
                      certificate-authority-data: QUJD
                contexts:
                  - name: 'a b'
                    context:
                      user: u
                      cluster: c
                """;

        assertThat(Glance.at(text)).isEqualTo(new Glance("a b", "", "https://c:1", "QUJD"));
    }

    @Test
    void sees_nothing_in_what_is_no_kubeconfig() {
        for (String text : List.of("", "{", "current-context: \"\"\n", ": :\n- - -\n", "\u0000\t- x")) {
            assertThat(Glance.at(text)).isEqualTo(Glance.NONE);
        }
    }

    @Test
    void a_context_that_leads_nowhere_has_only_its_name() {
        assertThat(Glance.at("current-context: gone\n")).isEqualTo(new Glance("gone", "", "", ""));
    }
}
