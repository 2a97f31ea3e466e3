package dev.kuar.practice.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.container.ContainerRuntime.ClusterServices;
import dev.kuar.practice.time.SystemClusterClock;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** vi at a terminal: what is typed is what the file has in the end. */
final class ViTest {
    private final SystemClusterClock clock = SystemClusterClock.realTime();
    private final ContainerRuntime runtime = new ContainerRuntime(clock, null, ClusterServices.NONE);

    @AfterEach
    void stop() {
        runtime.close();
        clock.close();
    }

    /** The file after some keys. */
    private String after(String content, String keys) throws Exception {
        Container container = Box.container(runtime, "busybox:1.36", "", List.of(), "sleep", "3600");
        String made = Box.run(container, "sh", "-c", "printf '" + content + "' > /tmp/f");
        assertThat(made).isEmpty();
        ExecSession session = container.exec(List.of("vi", "/tmp/f"), true, true);
        String shown = "";
        byte[] buffer = new byte[4096];
        while (!shown.contains("'/tmp/f' ")) {
            shown += new String(buffer, 0, session.stdout().read(buffer), StandardCharsets.UTF_8);
        }
        session.stdin().write(keys.getBytes(StandardCharsets.UTF_8));
        assertThat(session.exit().get(1, TimeUnit.MINUTES)).isZero();
        return Box.run(container, "cat", "/tmp/f");
    }

    @Test
    void text_is_typed_and_kept() throws Exception {
        assertThat(after("", "ihello\rworld\u001b:wq\r")).isEqualTo("hello\nworld\n");
        assertThat(after("one\\ntwo\\n", "jAs!\u001bObetween\u001b:x\r")).isEqualTo("one\nbetween\ntwos!\n");
        assertThat(after("one\\n", "aé\u001boend\u001bZZ")).isEqualTo("oéne\nend\n");
        assertThat(after("ab\\n", "A\u007fc\u001b[Dx\u001b:wq\r")).isEqualTo("axc\n");
    }

    @Test
    void what_is_not_wanted_goes() throws Exception {
        assertThat(after("one\\ntwo\\nthree\\n", "jdd:w\r:q\r")).isEqualTo("one\nthree\n");
        assertThat(after("one\\ntwo\\nthree\\n", "2ddu:wq\r")).isEqualTo("one\ntwo\nthree\n");
        assertThat(after("one\\ntwo\\n", "x\u001b[Brt:wq\r")).isEqualTo("ne\ntwo\n");
        assertThat(after("one two three\\n", "wD:wq\r")).isEqualTo("one \n");
        assertThat(after("one\\n", "dd:q\r:q!\r")).isEqualTo("one\n");
    }

    @Test
    void lines_are_copied_joined_found_and_replaced() throws Exception {
        assertThat(after("one\\ntwo\\n", "yyGp:wq\r")).isEqualTo("one\ntwo\none\n");
        assertThat(after("one\\ntwo\\n", "Jx:wq\r")).isEqualTo("onetwo\n");
        assertThat(after("one\\ntwo\\nthree\\n", "/thr\rx:1\rx:wq\r")).isEqualTo("ne\ntwo\nhree\n");
        assertThat(after("a: 1\\nb: 1\\n", ":%s/1/2/\r:wq\r")).isEqualTo("a: 2\nb: 2\n");
    }

    @Test
    void without_a_terminal_it_says_what_to_do() throws Exception {
        Container container = Box.container(runtime, "busybox:1.36", "", List.of(), "sleep", "3600");

        assertThat(Box.run(container, "vi", "/tmp/f"))
                .isEqualTo(
                        "!vi: an editor needs a terminal: use kubectl exec -it, or write files with cat > FILE or sed -i\n=1");
    }
}
