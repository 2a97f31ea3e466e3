package dev.kuar.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

final class ChartRepositoryTest {
    private final HttpClient client = HttpClient.newHttpClient();

    private HttpResponse<byte[]> get(String url) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    @Test
    void serves_an_index_and_the_archives_that_it_names() throws Exception {
        try (ChartRepository repository = ChartRepository.start(0)) {
            assertThat(repository.url()).startsWith("http://127.0.0.1:");
            String index =
                    new String(get(repository.url() + "/index.yaml").body(), java.nio.charset.StandardCharsets.UTF_8);
            assertThat(index).contains("urls: [kubernetes-dashboard-7.14.0.tgz]", "version: 7.14.0");

            byte[] packed =
                    get(repository.url() + "/kubernetes-dashboard-7.14.0.tgz").body();
            byte[] tar = new GZIPInputStream(new java.io.ByteArrayInputStream(packed)).readAllBytes();
            assertThat(tar.length % 512).isZero();
            assertThat(new String(tar, java.nio.charset.StandardCharsets.UTF_8))
                    .startsWith("kubernetes-dashboard/Chart.yaml")
                    .contains("kubernetes-dashboard/templates/NOTES.txt", "kubernetes-dashboard/values.yaml");
            assertThat(get(repository.url() + "/secret.tgz").statusCode()).isEqualTo(404);
        }
    }
}
