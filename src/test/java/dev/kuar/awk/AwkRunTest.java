package dev.kuar.awk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How awk runs: what it prints when, and what ends it. */
@Timeout(30)
final class AwkRunTest {
    /** Gives a line at a time, and asks what was printed before each. */
    private static final class Slow extends InputStream {
        private final FakeHost host;
        private final StringBuilder seen = new StringBuilder();
        private int line;

        Slow(FakeHost host) {
            this.host = host;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            seen.append(host.out.toString(StandardCharsets.UTF_8).length()).append(' ');
            if (line++ == 3) {
                return -1;
            }
            byte[] bytes = "web Running\n".getBytes(StandardCharsets.UTF_8);
            System.arraycopy(bytes, 0, target, offset, bytes.length);
            return bytes.length;
        }
    }

    @Test
    void shows_each_line_at_once_where_somebody_watches() throws Exception {
        FakeHost host = new FakeHost("");
        Slow slow = new Slow(host);
        host.read(slow, true);

        Awk.run(List.of("{print $1}"), host, AwkDialect.KUAR);

        assertThat(slow.seen).hasToString("0 4 8 12 ");
    }

    @Test
    void ends_when_it_is_interrupted() {
        FakeHost host = new FakeHost("");
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> Awk.run(List.of("BEGIN { while (1) x++ }"), host, AwkDialect.KUAR))
                .isInstanceOf(InterruptedException.class);
    }

    @Test
    void reads_of_an_endless_command_what_it_wants() throws Exception {
        FakeHost host = new FakeHost("");

        Awk.run(
                List.of("BEGIN { while (n < 100000 && (\"yes\" | getline l) > 0) n++; print n, close(\"yes\") }"),
                host,
                AwkDialect.KUAR);

        assertThat(host.out.toString(StandardCharsets.UTF_8)).startsWith("100000 ");
    }

    @Test
    void refuses_to_call_itself_forever() throws Exception {
        FakeHost host = new FakeHost("");

        int code = Awk.run(List.of("function f(x) { return f(x + 1) } BEGIN { f(1) }"), host, AwkDialect.KUAR);

        assertThat(code).isEqualTo(2);
        assertThat(host.err.toString(StandardCharsets.UTF_8)).isEqualTo("awk: function call nesting too deep\n");
    }
}
