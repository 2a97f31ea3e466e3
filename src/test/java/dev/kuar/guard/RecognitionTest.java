package dev.kuar.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.process.KuarHome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RecognitionTest {
    private static final String PEM = "-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----\n";
    private static final String SERVER = "https://127.0.0.1:4711";

    private final KuarHome home;
    private final Recognition recognition;

    RecognitionTest(@TempDir Path work) throws IOException {
        home = new KuarHome(work);
        recognition = new Recognition(home);
        Path cluster = Files.createDirectories(home.clusters().resolve("c").resolve("pki"));
        Files.writeString(cluster.resolve("ca.crt"), PEM);
        Files.writeString(home.clusters().resolve("c/cluster.json"), "{\"name\":\"c\",\"port\":4711}");
    }

    @Test
    void practice_has_port_and_authority_of_a_cluster_of_this_home() {
        assertThat(recognition.of(SERVER, base64(PEM))).isEqualTo(Standing.PRACTICE);
    }

    @Test
    void another_server_on_a_practice_port_is_foreign() {
        assertThat(recognition.of(SERVER, base64(PEM.replace("abc", "xyz")))).isEqualTo(Standing.READ_ONLY);
        assertThat(recognition.of(SERVER, "")).isEqualTo(Standing.READ_ONLY);
        assertThat(recognition.of(SERVER, "/etc/ca.crt")).isEqualTo(Standing.READ_ONLY);
    }

    @Test
    void practice_authority_elsewhere_is_foreign() {
        assertThat(recognition.of("https://127.0.0.1:4712", base64(PEM))).isEqualTo(Standing.READ_ONLY);
        assertThat(recognition.of("https://example.org:4711", base64(PEM))).isEqualTo(Standing.READ_ONLY);
        assertThat(recognition.of("http://127.0.0.1:4711", base64(PEM))).isEqualTo(Standing.READ_ONLY);
    }

    @Test
    void a_served_cluster_in_memory_is_practice_too() throws IOException {
        Files.createDirectories(home.serving());
        Files.writeString(home.serving().resolve("4800"), PEM);

        assertThat(recognition.of("https://127.0.0.1:4800", base64(PEM))).isEqualTo(Standing.PRACTICE);
    }

    @Test
    void what_kuar_made_is_known_by_server_and_authority() {
        new TrustBook(home.configuration())
                .created(new TrustBook.Entry(
                        "kind-x", "https://127.0.0.1:9", TrustBook.digest("ABC"), "", "kind", "x", ""));

        assertThat(recognition.of("https://127.0.0.1:9", "QUJD")).isEqualTo(Standing.CREATED);
        assertThat(recognition.of("https://127.0.0.1:9", "other")).isEqualTo(Standing.READ_ONLY);
        assertThat(recognition.of("https://127.0.0.1:99", "QUJD")).isEqualTo(Standing.READ_ONLY);
    }

    @Test
    void guarded_contexts_tell_their_standing_by_their_path() {
        assertThat(recognition.of("https://127.0.0.1:5/adopted/x-1", "")).isEqualTo(Standing.ADOPTED);
        assertThat(recognition.of("https://127.0.0.1:5/read-only/x-1", "")).isEqualTo(Standing.READ_ONLY);
        assertThat(recognition.of("https://evil.example/adopted/x-1", "")).isEqualTo(Standing.READ_ONLY);
    }

    @Test
    void a_damaged_config_opens_nothing() throws IOException {
        Files.writeString(home.configuration(), "created: [\nhttps://a");

        assertThat(recognition.of("https://a", "")).isEqualTo(Standing.READ_ONLY);
    }

    private static String base64(String pem) {
        return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.UTF_8));
    }
}
