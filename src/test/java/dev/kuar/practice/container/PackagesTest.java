package dev.kuar.practice.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.time.SystemClusterClock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What package managers put into a container. */
final class PackagesTest {
    private final SystemClusterClock clock = SystemClusterClock.realTime();
    private final ContainerRuntime runtime = new ContainerRuntime(clock, null, ContainerRuntime.ClusterServices.NONE);

    @AfterEach
    void stop() {
        runtime.close();
        clock.close();
    }

    private Container box(String image, String user) throws Exception {
        return Box.container(runtime, image, user, List.of(), "sleep", "infinity");
    }

    @Test
    void apt_installs_what_its_lists_name() throws Exception {
        Container debian = box("debian:12", "");
        assertThat(Box.run(debian, "bash", "-c", "ps"))
                .contains("ps: command not found")
                .endsWith("=127");
        assertThat(Box.run(debian, "apt-get", "install", "-y", "procps"))
                .contains("!E: Unable to locate package procps\n=100");
        assertThat(Box.run(debian, "apt-get", "update"))
                .contains("Get:1 http://deb.debian.org/debian bookworm InRelease");
        assertThat(Box.run(debian, "apt-get", "install", "-y", "procps", "curl"))
                .contains("  procps curl\n0 upgraded, 2 newly installed", "Setting up procps (2:4.0.2-3) ...\n")
                .endsWith("Setting up curl (7.88.1-10+deb12u12) ...\n");
        assertThat(Box.run(debian, "ps", "aux"))
                .startsWith(
                        "USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND\nroot           1  0.0")
                .contains("0:00 sleep infinity\n", "0:00 ps aux\n");
        assertThat(Box.run(debian, "ps", "-ef"))
                .startsWith("UID          PID    PPID  C STIME TTY          TIME CMD\nroot           1       0  0 ");
        assertThat(Box.run(debian, "curl", "-s", "http://nowhere.invalid")).endsWith("=6");
        assertThat(Box.run(debian, "apt", "install", "dnsutils")).contains("Setting up bind9-dnsutils");
        assertThat(Box.run(debian, "apt", "install", "procps"))
                .contains("procps is already the newest version (2:4.0.2-3).\n0 upgraded, 0 newly installed");
        assertThat(Box.run(debian, "apt", "install", "nosuch")).endsWith("!E: Unable to locate package nosuch\n=100");
    }

    @Test
    void only_root_may_install() throws Exception {
        assertThat(Box.run(box("debian:12", "1000"), "apt-get", "install", "-y", "curl"))
                .isEqualTo(
                        "!E: Could not open lock file /var/lib/dpkg/lock-frontend - open (13: Permission denied)\n"
                                + "E: Unable to acquire the dpkg frontend lock (/var/lib/dpkg/lock-frontend), are you root?\n=100");
        assertThat(Box.run(box("alpine:3", "1000"), "apk", "add", "curl"))
                .isEqualTo("!ERROR: Unable to lock database: Permission denied\n"
                        + "ERROR: Failed to open apk database: Permission denied\n=99");
    }

    @Test
    void apk_adds() throws Exception {
        Container alpine = box("alpine:3", "");
        assertThat(Box.run(alpine, "apk", "add", "--no-cache", "curl", "bash"))
                .contains("(1/2) Installing curl (", "(2/2) Installing bash (", "packages\n");
        assertThat(Box.run(alpine, "bash", "-c", "a=(x y); echo ${a[1]}; curl -s http://nowhere.invalid; echo $?"))
                .isEqualTo("y\n6\n");
        assertThat(Box.run(alpine, "apk", "add", "nosuch"))
                .endsWith("!ERROR: unable to select packages:\n  nosuch (no such package):\n"
                        + "    required by: world[nosuch]\n=1");
    }
}
