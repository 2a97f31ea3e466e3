package dev.kuar.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.guard.Recognition;
import dev.kuar.output.Palette;
import dev.kuar.process.KuarHome;
import dev.kuar.shell.language.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The prompt says what the current context is, whatever its name pretends. */
final class PromptTest {
    private static final String PEM = "-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----\n";

    private final KuarHome home;
    private final Session session;

    PromptTest(@TempDir Path work) {
        home = new KuarHome(work);
        session = new Session(Map.of("KUBECONFIG", home.kubeconfig().toString()), work);
    }

    @Test
    void without_a_context_there_is_only_practice() {
        assertThat(prompt()).isEqualTo("practice $ ");
        session.assign("KUAR_LIVE", "kind");
        assertThat(prompt()).isEqualTo("live live:kind $ ");
    }

    @Test
    void a_practice_cluster_is_practice_also_while_a_tool_is_live() throws IOException {
        Path folder = Files.createDirectories(home.clusters().resolve("kind/pki"));
        Files.writeString(folder.resolve("ca.crt"), PEM);
        Files.writeString(home.clusters().resolve("kind/cluster.json"), "{\"port\": 4711}");
        kubeconfig("kind-kind", "https://127.0.0.1:4711", Base64.getEncoder().encodeToString(PEM.getBytes()));

        assertThat(prompt()).isEqualTo("practice kind-kind/shop $ ");
        session.assign("KUAR_LIVE", "gcloud,kind");
        assertThat(prompt()).isEqualTo("practice kind-kind/shop live:gcloud,kind $ ");
    }

    @Test
    void a_foreign_context_is_read_only_whatever_its_name() throws IOException {
        kubeconfig("practice", "https://prod.example:6443", "QUJD");

        assertThat(prompt()).isEqualTo("read-only practice/shop $ ");
    }

    @Test
    void an_adopted_context_says_so() throws IOException {
        kubeconfig("prod", "https://127.0.0.1:5/adopted/prod-1", "QUJD");

        assertThat(prompt()).isEqualTo("adopted prod/shop $ ");
    }

    @Test
    void control_sequences_in_a_name_stay_text() throws IOException {
        kubeconfig("a\u001b[2J", "https://x", "");

        assertThat(prompt()).startsWith("read-only a^[[2J/shop");
    }

    private String prompt() {
        return new Prompt(session, Palette.PLAIN, new Recognition(home), () -> "").text();
    }

    private void kubeconfig(String context, String server, String authority) throws IOException {
        Files.writeString(home.kubeconfig(), """
                clusters:
                - cluster:
                    certificate-authority-data: %s
                    server: %s
                  name: c
                contexts:
                - context:
                    cluster: c
                    namespace: shop
                  name: %s
                current-context: %s
                """.formatted(authority, server, context, context));
    }
}
