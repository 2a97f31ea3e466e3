package dev.kuar.practice.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.container.ContainerRuntime.ClusterServices;
import dev.kuar.practice.time.ManualClock;
import dev.kuar.practice.time.SystemClusterClock;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ShellTest {
    /** The time of day: a loop that never waits is held back for moments, and where no clock turns for ever. */
    private final SystemClusterClock real = SystemClusterClock.realTime();

    private final ContainerRuntime runtime = new ContainerRuntime(real, null, ClusterServices.NONE);

    @AfterEach
    void stop() {
        runtime.close();
        real.close();
    }

    private Container container(String image, String user, List<ContainerSpec.Volume> volumes, String... command)
            throws Exception {
        return Box.container(runtime, image, user, volumes, command);
    }

    private String run(String script) throws Exception {
        return Box.run(container("busybox:1.36", "", List.of(), "sleep", "3600"), "sh", "-c", script);
    }

    @Test
    void prints_to_both_streams_and_leaves_with_a_code() throws Exception {
        assertThat(run("echo out; echo err >&2; exit 7")).isEqualTo("out\n!err\n=7");
    }

    @Test
    void what_is_no_name_of_a_variable_passes_through_some_shells() throws Exception {
        for (String image : List.of("busybox:1.37.0", "registry.k8s.io/e2e-test-images/busybox:1.37.0-1")) {
            Container box = container(image, "", List.of(), "sleep", "3600");
            assertThat(Box.run(box, "env", "data-1=value", "sh", "-c", "env | grep data"))
                    .isEqualTo("data-1=value\n");
        }
        Container older = container("busybox:1.36", "", List.of(), "sleep", "3600");
        assertThat(Box.run(older, "env", "data-1=value", "sh", "-c", "env | grep data"))
                .isEqualTo("=1");
    }

    @Test
    void nothing_within_a_container_kills_its_first_process() throws Exception {
        Container box = container("busybox:1.36", "", List.of(), "sleep", "3600");
        assertThat(Box.run(box, "sh", "-c", "kill -9 1; kill -KILL 1; pkill -9 sleep; echo here"))
                .isEqualTo("here\n");
        assertThat(box.isRunning()).isTrue();
    }

    @Test
    void a_program_has_its_time_and_no_more() throws Exception {
        assertThat(run("timeout -s SIGKILL 36000 sh -c 'echo in time'")).isEqualTo("in time\n");
        assertThat(run("timeout 0.01 sleep 5; echo $?")).isEqualTo("143\n");
        assertThat(run("timeout -s KILL 0.01 sleep 5; echo $?")).isEqualTo("137\n");
        assertThat(run("timeout x ls")).isEqualTo("!timeout: invalid number 'x'\n=1");
        assertThat(run("timeout -s FOO 1 ls")).isEqualTo("!timeout: unknown signal 'FOO'\n=1");
        assertThat(run("timeout 5 nothere"))
                .isEqualTo("!timeout: can't execute 'nothere': No such file or directory\n=127");
        Container debian = container("debian:12", "", List.of(), "sleep", "3600");
        assertThat(Box.run(debian, "timeout", "0.01", "sleep", "5")).isEqualTo("=124");
        assertThat(Box.run(debian, "timeout", "--signal=KILL", "0.01", "sleep", "5"))
                .isEqualTo("=137");
        assertThat(Box.run(debian, "timeout", "--preserve-status", "0.01", "sleep", "5"))
                .isEqualTo("=143");
    }

    @Test
    void a_program_that_minds_no_signal_is_killed_after_a_while() throws Exception {
        ManualClock clock = new ManualClock();
        try (ContainerRuntime own = new ContainerRuntime(clock, null, ClusterServices.NONE)) {
            Container box = Box.container(own, "busybox:1.36", "", List.of(), "sleep", "3600");
            String deaf = "trap '' TERM; echo set; while :; do sleep 1; done";
            ExecSession session =
                    box.exec(List.of("sh", "-c", "timeout -k 5 5 sh -c \"" + deaf + "\"; echo $?"), false, false);
            assertThat(new String(session.stdout().readNBytes(4), StandardCharsets.UTF_8))
                    .isEqualTo("set\n");
            StoreBench.until(() -> {
                clock.advance(java.time.Duration.ofSeconds(1));
                return session.exit().isDone();
            });
            assertThat(new String(session.stdout().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("137\n");
        }
    }

    /** What never ends would hold a filter up that reads to the end first. */
    @Test
    void filters_say_what_they_have_and_leave_when_they_have_enough() throws Exception {
        String endless = "(i=0; while true; do i=$((i+1)); echo line $i; done)";
        // A loop that gets ahead of its reader is held back for a while: by a clock that goes on.
        try (SystemClusterClock clock = SystemClusterClock.realTime();
                ContainerRuntime own = new ContainerRuntime(clock, null, ClusterServices.NONE)) {
            Container box = Box.container(own, "busybox:1.36", "", List.of(), "sleep", "3600");
            assertThat(Box.run(box, "sh", "-c", endless + " | head -n 2")).isEqualTo("line 1\nline 2\n");
            assertThat(Box.run(box, "sh", "-c", endless + " | head -c 6")).isEqualTo("line 1");
            assertThat(Box.run(box, "sh", "-c", endless + " | grep -m 2 -n 2")).isEqualTo("2:line 2\n12:line 12\n");
            assertThat(Box.run(box, "sh", "-c", endless + " | grep -q 3 && echo there"))
                    .isEqualTo("there\n");
            assertThat(Box.run(box, "sh", "-c", endless + " | tee /tmp/t | head -n 1"))
                    .isEqualTo("line 1\n");
        }
    }

    @Test
    void tail_waits_for_a_file_that_is_not_there_yet() throws Exception {
        ManualClock clock = new ManualClock();
        try (ContainerRuntime own = new ContainerRuntime(clock, null, ClusterServices.NONE)) {
            Container box = Box.container(own, "busybox:1.36", "", List.of(), "sleep", "3600");
            ExecSession tail = box.exec(List.of("tail", "-F", "/tmp/log"), false, false);
            ExecSession writes = box.exec(List.of("sh", "-c", "echo one > /tmp/log"), false, false);
            assertThat(writes.exit().get(2, TimeUnit.MINUTES)).isZero();
            clock.advance(java.time.Duration.ofSeconds(2));
            assertThat(new String(tail.stdout().readNBytes(4), StandardCharsets.UTF_8))
                    .isEqualTo("one\n");
        }
    }

    @Test
    void greps_with_several_patterns_and_counts() throws Exception {
        String lines = "printf 'one\\ntwo\\nthree two\\n' | ";
        assertThat(run(lines + "grep -e one -e three")).isEqualTo("one\nthree two\n");
        assertThat(run(lines + "grep -c two")).isEqualTo("2\n");
        assertThat(run(lines + "grep -x two")).isEqualTo("two\n");
        assertThat(run(lines + "grep -o '[tw]o*'")).isEqualTo("t\nwo\nt\nt\nwo\n");
        assertThat(run(lines + "grep -v o")).isEqualTo("=1");
        assertThat(run("echo a > /tmp/a; echo b > /tmp/b; grep -l b /tmp/a /tmp/b; head -n 1 /tmp/a /tmp/b"))
                .isEqualTo("/tmp/b\n==> /tmp/a <==\na\n\n==> /tmp/b <==\nb\n");
    }

    @Test
    void reads_a_command_over_several_lines() throws Exception {
        Container container = container("busybox:1.36", "", List.of(), "sleep", "3600");
        ExecSession session = container.exec(List.of("sh"), true, false);
        session.stdin()
                .write("A=1 \\\n  B=2 \\\n  printenv \\\n  B\necho 'a\\\nb' # c \\\necho \\\\\n"
                        .getBytes(StandardCharsets.UTF_8));
        session.stdin().close();
        int code = session.exit().get(2, TimeUnit.MINUTES);
        assertThat(new String(session.stdout().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("2\na\\\nb\n\\\n");
        assertThat(code).isZero();
    }

    @Test
    void ctrl_c_at_a_terminal_begins_a_new_line() throws Exception {
        Container container = container("busybox:1.36", "", List.of(), "sleep", "3600");
        try (ExecSession session = container.exec(List.of("sh"), true, true)) {
            type(session, "");
            assertThat(shown(session, "/ # ")).isEqualTo("/ # ");
            type(session, "half\u0003");
            assertThat(shown(session, "# ")).isEqualTo("half^C\r\n/ # ");
            type(session, "echo go$((1+1)); sleep 1000\r");
            assertThat(shown(session, "go2\r\n")).startsWith("echo go");
            type(session, "\u0003");
            assertThat(shown(session, "# ")).isEqualTo("^C\r\n/ # ");
            type(session, "exit 3\r");
            assertThat(session.exit().get(2, TimeUnit.MINUTES)).isEqualTo(3);
        }
    }

    @Test
    void ctrl_c_ends_a_loop_of_builtins_and_the_rest_of_its_line() throws Exception {
        Container container = container("busybox:1.36", "", List.of(), "sleep", "3600");
        try (ExecSession session = container.exec(List.of("sh"), true, true)) {
            assertThat(shown(session, "/ # ")).isEqualTo("/ # ");
            for (String line : List.of(
                    "while true; do echo on$((1+1)); done; echo never",
                    "echo on$((1+1)); sleep 1000; echo never",
                    "(echo on$((1+1)); while :; do :; done); echo never",
                    "echo on$((1+1)) | cat; sleep 1000 | cat; echo never")) {
                type(session, line + "\r");
                String before = shown(session, "on2\r\n");
                type(session, "\u0003");
                assertThat(before + shown(session, "/ # ")).doesNotContain("\nnever");
                type(session, "echo $?\r");
                assertThat(shown(session, "/ # ")).isEqualTo("echo $?\r\n130\r\n/ # ");
            }
        }
    }

    @Test
    void ctrl_c_ends_a_loop_that_is_held_back() throws Exception {
        ManualClock still = new ManualClock();
        try (ContainerRuntime own = new ContainerRuntime(still, null, ClusterServices.NONE)) {
            Container container = Box.container(own, "busybox:1.36", "", List.of(), "sleep", "3600");
            int waiting = still.waiting();
            ExecSession session = container.exec(List.of("sh"), true, true);
            assertThat(shown(session, "/ # ")).isEqualTo("/ # ");
            type(session, "(while :; do :; done)\r");
            while (still.waiting() == waiting) {
                Thread.onSpinWait();
            }
            type(session, "\u0003");
            assertThat(shown(session, "^C\r\n/ # ")).startsWith("(while");
        }
    }

    private static void type(ExecSession session, String keys) throws Exception {
        session.stdin().write(keys.getBytes(StandardCharsets.UTF_8));
    }

    /** What comes on the screen, up to {@code end}. */
    private static String shown(ExecSession session, String end) throws Exception {
        StringBuilder shown = new StringBuilder();
        while (!shown.toString().endsWith(end)) {
            int next = session.stdout().read();
            assertThat(next).as(shown.toString()).isNotNegative();
            shown.append((char) next);
        }
        return shown.toString();
    }

    @Test
    void expands_variables_commands_and_arithmetic() throws Exception {
        assertThat(
                        run(
                                "A=x; echo $A \"$A  y\" '$A' ${B:-none} $(echo in | tr a-z A-Z) $((2 + 3 * 4)) ${#GREETING} ${GREETING%lo}"))
                .isEqualTo("x x  y $A none IN 14 5 hel\n");
    }

    @Test
    void runs_loops_conditions_functions_and_cases() throws Exception {
        assertThat(
                        run(
                                "f() { echo f$1; return 3; }; for i in 1 2 3; do if [ $i -eq 2 ]; then continue; fi; echo $i; done; f a; echo $?;"
                                        + " case foo.txt in *.txt) echo text;; *) echo other;; esac; n=0; while [ $n -lt 2 ]; do n=$((n+1)); done; echo $n"))
                .isEqualTo("1\n3\nfa\n3\ntext\n2\n");
    }

    @Test
    void pipes_and_redirects() throws Exception {
        assertThat(
                        run(
                                "printf 'b\\na\\nb\\n' | sort | uniq -c | awk '{print $2}' > /tmp/o; cat /tmp/o; echo more >> /tmp/o; wc -l < /tmp/o; cat <<EOF\nhi $GREETING\nEOF\nls /nope 2>/dev/null || echo failed"))
                .isEqualTo("a\nb\n3\nhi hello\nfailed\n");
    }

    @Test
    void words_what_is_not_there_as_busybox_does() throws Exception {
        assertThat(run("nosuch; cat /nope; ls /nope; touch /proc/x"))
                .isEqualTo(
                        "!sh: nosuch: not found\ncat: can't open '/nope': No such file or directory\nls: /nope: No such file or directory\ntouch: /proc/x: Read-only file system\n=1");
    }

    @Test
    void lists_the_image_and_says_who_one_is() throws Exception {
        Container root = container("busybox:1.36", "", List.of(), "sleep", "1");
        assertThat(Box.run(root, "ls", "/"))
                .isEqualTo("bin\ndev\netc\nhome\nlib\nlib64\nproc\nroot\nsys\ntmp\nusr\nvar\n");
        assertThat(Box.run(root, "id")).isEqualTo("uid=0(root) gid=0(root) groups=0(root)\n");
        assertThat(Box.run(root, "env")).contains("HOSTNAME=box\n", "GREETING=hello\n", "HOME=/root\n");
        assertThat(Box.run(container("busybox:1.36", "1000", List.of(), "sleep", "1"), "id"))
                .isEqualTo("uid=1000 gid=0(root) groups=0(root)\n");
    }

    @Test
    void echo_of_debian_minds_escapes_and_that_of_busybox_does_not() throws Exception {
        Container debian = Box.container(runtime, "debian:12", "", List.of(), "sleep", "infinity");
        String script = "echo 'a\\nb'; echo -n x; echo '1\\c2'";
        assertThat(Box.run(debian, "sh", "-c", script)).isEqualTo("a\nb\nx1");
        assertThat(Box.run(debian, "bash", "-c", script)).isEqualTo("a\\nb\nx1\\c2\n");
        assertThat(run(script)).isEqualTo("a\\nb\nx1\\c2\n");
    }

    @Test
    void says_who_one_is_where_no_account_is_known() throws Exception {
        Container box = Box.container(runtime, "busybox:1.36", "1000:3000", List.of(), "sleep", "infinity");
        assertThat(Box.run(box, "ps")).contains("    1 1000      0:00 sleep infinity\n");
        assertThat(Box.run(box, "whoami")).isEqualTo("!whoami: unknown uid 1000\n=1");
        Container gnu = Box.container(runtime, "debian:12", "1000", List.of(), "sleep", "infinity");
        assertThat(Box.run(gnu, "whoami")).isEqualTo("!whoami: cannot find name for user ID 1000\n=1");
    }

    @Test
    void reads_lines_and_waits_for_jobs() throws Exception {
        assertThat(
                        run(
                                "printf '1 a\\n2 b\\n' | while read n l; do echo $l$n; done; (exit 4) & wait $!; echo $?; set -e; false; echo never"))
                .isEqualTo("a1\nb2\n4\n=1");
    }

    @Test
    void a_script_that_ends_in_a_sleep_becomes_it() throws Exception {
        Container container = container("busybox:1.36", "", List.of(), "sh", "-c", "echo hello; sleep 3600");
        StoreBench.until(() -> container.snapshot().get(0).args().get(0).equals("sleep"));
        assertThat(Box.run(container, "ps")).contains("    1 root      0:00 sleep 3600\n");
        container.signal(Signal.TERM);
        assertThat(container.isRunning()).isTrue();
    }

    @Test
    void a_trap_for_term_ends_process_one() throws Exception {
        Container container =
                container("busybox:1.36", "", List.of(), "sh", "-c", "trap 'exit 9' TERM; while true; do :; done");
        for (int i = 0; i < 12_000 && container.isRunning(); i++) {
            container.signal(Signal.TERM); // before the trap is set, process 1 is spared
            container
                    .exit()
                    .copy()
                    .completeOnTimeout(new Container.Exit(0, "not yet", Instant.EPOCH), 10, TimeUnit.MILLISECONDS)
                    .join();
        }
        assertThat(container.exit().get(1, TimeUnit.MINUTES).code()).isEqualTo(9);
    }

    @Test
    void talks_at_a_terminal() throws Exception {
        Container container = container("busybox:1.36", "", List.of(), "sleep", "3600");
        ExecSession session = container.exec(List.of("sh"), true, true);
        session.stdin().write("echo a$GREETINGx\bb\nexit 3\n".getBytes(StandardCharsets.UTF_8));
        assertThat(session.exit().get(2, TimeUnit.MINUTES)).isEqualTo(3);
        assertThat(new String(session.stdout().readAllBytes(), StandardCharsets.UTF_8))
                .contains("/ # ");
    }

    @Test
    void distroless_images_have_no_shell() throws Exception {
        Container etcd = container("registry.k8s.io/etcd:3.6.8-0", "", List.of(), "etcd");
        try {
            etcd.exec(List.of("sh", "-c", "ls"), false, false);
        } catch (RuntimeError e) {
            assertThat(e).hasMessageEndingWith("exec: \"sh\": executable file not found in $PATH");
        }
        assertThat(Box.run(etcd, "etcd", "--version")).isEqualTo("etcd Version: 3.6.8\n");
        Container old = container("registry.k8s.io/etcd:3.5.15-0", "", List.of(), "etcd");
        assertThat(Box.run(old, "sh", "-c", "echo yes")).isEqualTo("yes\n");
    }

    @Test
    void packs_and_unpacks_for_kubectl_cp() throws Exception {
        assertThat(run("mkdir -p /a/b; echo hi > /a/b/f; cd /; tar cf - a | (mkdir /t; tar xf - -C /t); cat /t/a/b/f"))
                .isEqualTo("hi\n");
    }
}
