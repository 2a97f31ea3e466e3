package dev.kuar.practice.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One request to an extension API server and its answer, as bytes. */
final class ExtensionExchangeTest {
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

    private ExtensionExchange ask(String method, String body, String upgrade, String answer) throws IOException {
        return ExtensionExchange.send(
                new Wired(answer),
                "10.96.0.9:443",
                method,
                "/apis/x/v1/things?a=b",
                Map.of("Accept", List.of("application/json")),
                body.getBytes(StandardCharsets.UTF_8),
                upgrade);
    }

    private static String text(ExtensionExchange exchange) throws IOException {
        return new String(exchange.body().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void asks_once_and_reads_as_much_as_the_answer_says() throws Exception {
        ExtensionExchange exchange =
                ask("POST", "{}", "", "HTTP/1.1 201 Created\r\nContent-Length: 2\r\nX-A: 1\r\nx-a: 2\r\n\r\nokmore");

        assertThat(exchange.status()).isEqualTo(201);
        assertThat(exchange.headers()).containsEntry("x-a", List.of("1", "2"));
        assertThat(text(exchange)).isEqualTo("ok");
        assertThat(sent.toString(StandardCharsets.UTF_8))
                .isEqualTo("POST /apis/x/v1/things?a=b HTTP/1.1\r\nHost: 10.96.0.9:443\r\nAccept: application/json\r\n"
                        + "Connection: close\r\nContent-Length: 2\r\n\r\n{}");
    }

    @Test
    void puts_pieces_together_and_notices_where_they_break_off() throws Exception {
        String head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

        assertThat(text(ask("GET", "", "", head + "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")))
                .isEqualTo("abcde");
        ExtensionExchange broken = ask("GET", "", "", head + "5\r\nabc");
        assertThatThrownBy(() -> broken.body().readAllBytes()).hasMessage("unexpected EOF");
    }

    @Test
    void what_is_no_longer_http_is_passed_as_it_is() throws Exception {
        ExtensionExchange exchange = ask(
                "GET", "", "websocket", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n\u0001\u0002");

        assertThat(text(exchange)).isEqualTo("\u0001\u0002");
        assertThat(sent.toString(StandardCharsets.UTF_8)).contains("Connection: Upgrade\r\nUpgrade: websocket\r\n");
    }

    @Test
    void a_server_that_speaks_something_else_is_not_understood() {
        assertThatThrownBy(() -> ask("GET", "", "", "220 mail\r\n\r\n"))
                .hasMessage("malformed HTTP response \"220 mail\"");
        assertThatThrownBy(() -> ask("GET", "", "", "")).hasMessage("EOF");
    }

    /** A connection whose other side has said all that it says. */
    private final class Wired extends Socket {
        private final String answer;

        Wired(String answer) {
            this.answer = answer;
        }

        @Override
        public InputStream getInputStream() {
            return new ByteArrayInputStream(answer.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public OutputStream getOutputStream() {
            return sent;
        }
    }
}
