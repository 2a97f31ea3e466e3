package dev.kuar.practice.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class HttpExchangeTest {
    private final HttpExchange exchange = new HttpExchange("127.0.0.1:6443");

    private HttpResponse read(String method, String text) throws IOException {
        return exchange.read(method, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void asks_with_the_headers_it_was_given_but_those_of_the_connection() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        exchange.write(
                new HttpRequest(
                        "POST",
                        "/api/v1/pods?limit=1",
                        Map.of("Host", "kubernetes.default", "Content-Length", "99"),
                        "{}".getBytes(StandardCharsets.UTF_8),
                        "10.244.0.5"),
                out);

        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo("POST /api/v1/pods?limit=1 HTTP/1.1\r\nHost: 127.0.0.1:6443\r\nContent-Length: 2\r\n\r\n{}");
    }

    @Test
    void reads_a_body_of_known_length_and_leaves_the_rest() throws IOException {
        HttpResponse answer =
                read("GET", "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 ...");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers()).isEqualTo(Map.of("content-type", "text/plain"));
        assertThat(answer.bodyText()).isEqualTo("ok");
        assertThat(exchange.isKept()).isTrue();
    }

    @Test
    void joins_chunks() throws IOException {
        HttpResponse answer = read(
                "GET",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\nA\r\n0123456789\r\n0\r\nTrailer: 1\r\n\r\n");

        assertThat(answer.bodyText()).isEqualTo("abc0123456789");
        assertThat(exchange.isKept()).isTrue();
    }

    @Test
    void a_body_without_a_length_ends_with_the_connection() throws IOException {
        HttpResponse answer = read("GET", "HTTP/1.1 500 Internal Server Error\r\nConnection: close\r\n\r\nbroken");

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.bodyText()).isEqualTo("broken");
        assertThat(exchange.isKept()).isFalse();
    }

    @Test
    void some_answers_have_no_body() throws IOException {
        assertThat(read("HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n").body())
                .isEmpty();
        assertThat(read("GET", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 304 Not Modified\r\n\r\n")
                        .status())
                .isEqualTo(304);
    }

    @Test
    void says_when_an_answer_ends_early_or_is_none() {
        assertThatThrownBy(() -> read("GET", "")).isInstanceOf(EOFException.class);
        assertThat(exchange.isAnswered()).isFalse();
        assertThatThrownBy(() -> read("GET", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort"))
                .isInstanceOf(EOFException.class);
        assertThat(exchange.isAnswered()).isTrue();
        assertThatThrownBy(() -> read("GET", "SSH-2.0-OpenSSH\r\n")).hasMessage("no HTTP: SSH-2.0-OpenSSH");
    }
}
