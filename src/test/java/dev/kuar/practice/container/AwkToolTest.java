package dev.kuar.practice.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.time.SystemClusterClock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** awk inside containers: its files, its commands, its words. */
final class AwkToolTest {
    private final SystemClusterClock clock = SystemClusterClock.realTime();
    private final ContainerRuntime runtime = new ContainerRuntime(clock, null, ContainerRuntime.ClusterServices.NONE);

    @AfterEach
    void close() {
        runtime.close();
        clock.close();
    }

    private String run(String image, String script) throws Exception {
        Container box = Box.container(runtime, image, "", List.of(), "sleep", "infinity");
        return Box.run(box, "sh", "-c", script);
    }

    @Test
    void counts_and_writes_files_and_runs_commands() throws Exception {
        String script = "printf 'b 2\\na 1\\nb 3\\n' > /tmp/f; cd /tmp;"
                + " awk '{n[$1] += $2; print $1, length($1) | \"sort\"} END {close(\"sort\"); print n[\"b\"] > \"o\"; close(\"o\");"
                + " while ((getline l < \"o\") > 0) print \"o\", l; \"echo $GREETING\" | getline x; print x, system(\"exit 3\")}' f";

        assertThat(run("busybox:1.36", script)).isEqualTo("a 1\nb 1\nb 1\no 5\nhello 3\n");
        assertThat(run("debian:12", script)).isEqualTo("a 1\nb 1\nb 1\no 5\nhello 3\n");
    }

    @Test
    void words_faults_as_busybox_and_mawk_do() throws Exception {
        String script = "awk 'BEGIN {print }}'; awk 1 nosuch; awk 'BEGIN {print 1/0}'";

        assertThat(run("busybox:1.36", script))
                .isEqualTo("!awk: cmd. line:1: Unexpected token\nawk: nosuch: No such file or directory\n"
                        + "awk: cmd. line:1: Division by zero\n=1");
        assertThat(run("debian:12", script))
                .isEqualTo("inf\n!awk: line 1: extra '}'\nawk: line 1: syntax error at or near end of line\n"
                        + "awk: cannot open nosuch (No such file or directory)\n");
    }

    @Test
    void ends_when_nobody_reads() throws Exception {
        assertThat(run("busybox:1.36", "awk 'BEGIN {while (1) print ++n}' | head -n 2; echo over"))
                .isEqualTo("1\n2\nover\n");
        assertThat(run("busybox:1.36", "awk 'BEGIN {\"yes\" | getline x; close(\"yes\"); print x}'"))
                .isEqualTo("y\n");
    }
}
