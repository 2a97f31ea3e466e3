package dev.kuar.practice.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** memcached, spoken to by hand. */
final class MemcachedTest {
    @Test
    void keeps_values_counts_and_forgets() throws Exception {
        try (StoreBench bench = new StoreBench()) {
            bench.serve("memcached:1.6.8", Map.of());
            Container one = bench.start("busybox:1.36", Map.of(), List.of(), List.of("sleep", "1000"));
            String said = StoreBench.feed(
                    one,
                    "set a 5 0 3\r\nabc\r\nget a\r\nadd a 0 0 1\r\nx\r\nset n 0 0 1\r\n7\r\nincr n 5\r\ndelete a\r\nget a\r\n"
                            + "set old 0 -1 1\r\nx\r\nget old\r\nversion\r\nnonsense\r\nflush_all\r\nget n\r\nquit\r\n",
                    "nc",
                    "10.244.1.1",
                    "11211");
            assertThat(said.replace("\r", ""))
                    .isEqualTo(
                            "STORED\nVALUE a 5 3\nabc\nEND\nNOT_STORED\nSTORED\n12\nDELETED\nEND\nSTORED\nEND\nVERSION"
                                    + " 1.6.8\nERROR\nOK\nEND\n");
        }
    }
}
