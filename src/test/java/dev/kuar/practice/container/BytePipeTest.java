package dev.kuar.practice.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A pipe gives back what was put in, in order, however it is filled and drained. */
final class BytePipeTest {
    private static final int CAPACITY = 64 * 1024;

    @Test
    void what_is_put_in_comes_out_in_order() throws Exception {
        Random random = new Random(20261129L);
        BytePipe pipe = new BytePipe();
        ByteArrayOutputStream put = new ByteArrayOutputStream();
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        for (int i = 0; i < 2000; i++) {
            byte[] some = new byte[random.nextInt(3000)];
            random.nextBytes(some);
            put.write(some, 0, pipe.offer(some, 0, some.length));
            byte[] out = new byte[random.nextInt(3000)];
            if (pipe.in().available() > 0) {
                got.write(out, 0, pipe.in().read(out, 0, out.length));
            }
        }
        pipe.out().close();
        got.writeBytes(pipe.in().readAllBytes());
        assertThat(got.toByteArray()).isEqualTo(put.toByteArray());
    }

    @Test
    void takes_what_fits_and_no_more() throws Exception {
        BytePipe pipe = new BytePipe();
        assertThat(pipe.offer(new byte[CAPACITY - 1], 0, CAPACITY - 1)).isEqualTo(CAPACITY - 1);
        assertThat(pipe.offer(new byte[10], 0, 10)).isEqualTo(1);
        assertThat(pipe.offer(new byte[10], 0, 10)).isZero();
        assertThat(pipe.in().read(new byte[5])).isEqualTo(5);
        assertThat(pipe.offer(new byte[10], 0, 10)).isEqualTo(5);
    }
}
