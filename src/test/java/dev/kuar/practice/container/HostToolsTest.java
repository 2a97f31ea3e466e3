package dev.kuar.practice.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.api.FakeApiClient;
import dev.kuar.practice.container.ContainerRuntime.ClusterServices;
import dev.kuar.practice.network.ClusterNetwork;
import dev.kuar.practice.time.ManualClock;
import dev.kuar.practice.time.SystemClusterClock;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** httpd, netstat, pgrep, killall, watch, route and other programs that look at a container from inside. */
final class HostToolsTest {
    private final SystemClusterClock clock = SystemClusterClock.realTime();
    private final ClusterNetwork network = new ClusterNetwork(new FakeApiClient(new ManualClock()), false);
    private final ContainerRuntime runtime = new ContainerRuntime(clock, network, ClusterServices.NONE);

    @AfterEach
    void stop() {
        runtime.close();
        clock.close();
    }

    private Container box(String image, String... command) throws Exception {
        return Box.container(
                runtime, image, "", List.of(), command.length == 0 ? new String[] {"sleep", "3600"} : command);
    }

    private String in(String image, String script) throws Exception {
        return Box.run(box(image), "sh", "-c", script);
    }

    @Test
    void httpd_serves_a_directory() throws Exception {
        assertThat(in(
                        "busybox:1.36",
                        "mkdir -p /www/sub; echo hello > /www/index.html; echo text > '/www/a b.txt'; httpd -p 8080 -h /www;"
                                + " wget -qO- localhost:8080/; wget -qO- localhost:8080/a%20b.txt; wget -qO- localhost:8080/nope;"
                                + " wget -qO- localhost:8080/sub/; netstat -tlnp; pidof httpd; httpd -p 127.0.0.1:8080;"
                                + " killall httpd; wget -qO- localhost:8080/"))
                .isEqualTo("hello\ntext\nActive Internet connections (only servers)\n"
                        + "Proto Recv-Q Send-Q Local Address           Foreign Address         State       PID/Program name    \n"
                        + "tcp        0      0 0.0.0.0:8080            0.0.0.0:*               LISTEN      5/httpd\n5\n"
                        + "!wget: server returned error: HTTP/1.1 404 Not Found\n"
                        + "wget: server returned error: HTTP/1.1 404 Not Found\nhttpd: bind: Address already in use\n"
                        + "wget: can't connect to remote host (127.0.0.1): Connection refused\n=1");
        assertThat(in("busybox:1.36", "httpd -f -h /nope; httpd -f -p 99999; httpd -d 'a%20b+c'; httpd -e '<a>'"))
                .isEqualTo("a b c&#60;a&#62;!httpd: can't change directory to '/nope': No such file or directory\n"
                        + "httpd: bad port '99999'\n");
    }

    @Test
    void httpd_is_a_container_of_its_own_and_says_what_it_answers() throws Exception {
        Container server = box("busybox:1.36", "httpd", "-f", "-vv", "-p", "80", "-h", "/etc");

        assertThat(Box.run(server, "wget", "-qO-", "127.0.0.1/passwd")).startsWith("root:x:0:0");
        assertThat(Box.run(server, "sh", "-c", "netstat -ltnp | tail -n 1; kill 1; wget -qO- 127.0.0.1/hostname"))
                .startsWith(
                        "tcp        0      0 0.0.0.0:80              0.0.0.0:*               LISTEN      1/httpd\n");
        assertThat(server.isRunning()).isTrue();
    }

    @Test
    void processes_are_found_and_ended_by_name() throws Exception {
        for (String image : List.of("busybox:1.36", "alpine:3.22")) {
            assertThat(in(
                            image,
                            "n=300; sleep $n & first=$!; sleep 400 & until [ $(pgrep sleep | wc -l) = 3 ]; do :; done;"
                                    + " pgrep -f 'sleep [3]00' | wc -l; pkill -f 'sleep [3]00'; wait $first;"
                                    + " pgrep -l sleep | cut -d ' ' -f 2; pgrep nope; echo $?;"
                                    + " pgrep -o sleep; pidof nope; echo $?; pkill nope; echo $?"))
                    .as(image)
                    .isEqualTo("1\nsleep\nsleep\n1\n1\n1\n1\n!Terminated\n");
        }
        assertThat(
                        in(
                                "busybox:1.36",
                                "sleep 300 & until [ $(pidof sleep | wc -w) = 2 ]; do :; done; killall -INT sleep; wait $!; echo $?; killall nope; killall; killall -l | sed -n 9p"))
                .endsWith("!killall: nope: no process killed\nkillall: you need to specify whom to kill\n")
                .startsWith("130\n 9) KILL\n");
    }

    @Test
    void routes_and_ways_are_those_of_a_pod() throws Exception {
        assertThat(
                        in(
                                "busybox:1.36",
                                "route -n; traceroute -n 127.0.0.1; route add default gw 10.0.0.1; traceroute nope; ping6 -c 1 nope"))
                .startsWith("Kernel IP routing table\n"
                        + "Destination     Gateway         Genmask         Flags Metric Ref    Use Iface\n"
                        + "0.0.0.0         10.244.1.1      0.0.0.0         UG    0      0        0 eth0\n"
                        + "10.244.1.0      0.0.0.0         255.255.255.0   U     0      0        0 eth0\n"
                        + "traceroute to 127.0.0.1 (127.0.0.1), 30 hops max, 46 byte packets\n 1  127.0.0.1 ")
                .endsWith(
                        "!route: SIOCADDRT: Operation not permitted\ntraceroute: bad address 'nope'\nping6: bad address 'nope'\n=1");
    }

    @Test
    void small_questions_to_the_system() throws Exception {
        assertThat(
                        in(
                                "busybox:1.36",
                                "who -H; hostid; dnsdomainname; cd /tmp; echo x > f; link f g; cat g; link f g; mknod n c 1 3; echo x > n; dmesg"))
                .isEqualTo(
                        "USER\t\tTTY\t\tIDLE\tTIME\t\t HOST\nf40a0201\nx\n"
                                + "!link: can't create hardlink 'g' to 'f': File exists\ndmesg: klogctl: Operation not permitted\n=1");
        assertThat(in("alpine:3.22", "nice; nice -n 5 nice; nice -n 3 sh -c nice; nice nice; hostid; nice -n -3 nice"))
                .isEqualTo("0\n5\n3\n10\n00000000\n!nice: setpriority(-3): Permission denied\n=1");
        Container privileged = Box.container(
                runtime,
                "busybox:1.36",
                "",
                List.of(),
                Confinement.of(true, false, false, List.of(), List.of()),
                KernelSettings.ofMachine(),
                "sleep",
                "3600");
        assertThat(Box.run(privileged, "dmesg")).startsWith("[    0.000000] Linux version 6.12.48 ");
    }

    @Test
    void watch_shows_a_command_again_and_again() throws Exception {
        assertThat(in("busybox:1.36", "watch -e -t 'echo hi; false'; echo $?; watch -n x true"))
                .isEqualTo("\u001b[H\u001b[Jhi\n1\n!watch: invalid number 'x'\n=1");
        ExecSession session = box("busybox:1.36").exec(List.of("watch", "-n", "0.1", "echo", "hi"), true, true);
        StringBuilder seen = new StringBuilder();
        byte[] buffer = new byte[256];
        while (seen.toString().split("Every 0\\.1s: echo hi", -1).length < 4) {
            int got = session.stdout().read(buffer);
            assertThat(got).isPositive();
            seen.append(new String(buffer, 0, got, StandardCharsets.UTF_8));
        }
        session.stdin().write(3);
        assertThat(session.exit().get(1, java.util.concurrent.TimeUnit.MINUTES)).isEqualTo(130);
    }
}
