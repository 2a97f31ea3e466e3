package dev.kuar.tutor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class LineLimitTest {
    @Test
    void a_line_that_never_ends_is_interrupted_and_fails() throws InterruptedException {
        LineRunner.Result result = new LineLimit(new Hanging(), Duration.ofMillis(10)).run("hang");

        assertThat(result.exit()).isEqualTo(124);
        assertThat(result.runs()).isEmpty();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void a_line_that_ends_in_time_is_as_it_was() throws InterruptedException {
        LineRunner.Result result = new LineLimit(new Hanging(), Duration.ofMinutes(1)).run("true");

        assertThat(result.exit()).isZero();
    }

    private static final class Hanging implements LineRunner {
        @Override
        public Result run(String line) throws InterruptedException {
            if (line.equals("hang")) {
                new CountDownLatch(1).await();
            }
            return new Result(0, "", List.of());
        }

        @Override
        public Result runElsewhere(String line) throws InterruptedException {
            return run(line);
        }

        @Override
        public Path folder() {
            return Path.of("");
        }

        @Override
        public void close() {}
    }
}
