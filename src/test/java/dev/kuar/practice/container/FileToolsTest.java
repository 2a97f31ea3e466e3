package dev.kuar.practice.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.container.ContainerRuntime.ClusterServices;
import dev.kuar.practice.time.SystemClusterClock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** stat, chmod, chown, find, ls and du, as in busybox. */
final class FileToolsTest {
    private final SystemClusterClock clock = SystemClusterClock.realTime();
    private final ContainerRuntime runtime = new ContainerRuntime(clock, null, ClusterServices.NONE);

    @AfterEach
    void stop() {
        runtime.close();
        clock.close();
    }

    private String run(String script) throws Exception {
        return Box.run(Box.container(runtime, "busybox:1.36", "", List.of(), "sleep", "3600"), "sh", "-c", script);
    }

    @Test
    void tells_of_a_file_what_it_is_asked() throws Exception {
        String file = "cd /tmp; echo 1234 > f; chmod 640 f; ln -s f l; ";
        assertThat(run(file + "stat -c '%a %A %s %F %n %U:%G' f l; stat -L -c %a l"))
                .isEqualTo("""
                640 -rw-r----- 5 regular file f root:root
                777 lrwxrwxrwx 1 symbolic link l root:root
                640
                """);
        assertThat(run(file + "stat f | head -n 2"))
                .isEqualTo("  File: f\n  Size: 5         \tBlocks: 8          IO Block: 4096   regular file\n");
        assertThat(run("stat /nope; stat -Z / 2>&1 | head -n 1"))
                .isEqualTo("stat: invalid option -- 'Z'\n!stat: can't stat '/nope': No such file or directory\n");
    }

    @Test
    void changes_modes_by_letters_and_owners_by_name() throws Exception {
        for (String[] row : new String[][] {
            {"644", "u+x", "744"},
            {"644", "+x", "755"},
            {"755", "go-rx", "700"},
            {"600", "g=u", "660"},
            {"644", "a=rw,u+x", "766"},
            {"644", "u=rwx,g=rx,o=", "750"},
            {"777", "o-w", "775"},
            {"644", "u+s,g+s", "6644"},
            {"644", "-w", "444"},
            {"644", "+X", "644"},
            {"744", "+X", "755"},
            {"0", "0755", "755"}
        }) {
            assertThat(run("cd /tmp; echo > f; chmod " + row[0] + " f; chmod " + row[1] + " f; stat -c %a f"))
                    .as(row[0] + " " + row[1])
                    .isEqualTo(row[2] + "\n");
        }
        assertThat(
                        run(
                                "mkdir -p /tmp/d/e; echo > /tmp/d/e/f; chown -R www-data:10 /tmp/d; stat -c '%u:%g' /tmp/d /tmp/d/e/f"))
                .isEqualTo("33:10\n33:10\n");
        assertThat(run("chmod nonsense /tmp; chown nobodyknows /tmp; chmod 600 /nope"))
                .isEqualTo("!chmod: invalid mode 'nonsense'\nchown: unknown user nobodyknows\n"
                        + "chmod: /nope: No such file or directory\n=1");
    }

    @Test
    void finds_by_what_is_asked_and_does_what_it_is_told() throws Exception {
        String tree =
                "mkdir -p /t/a/b /t/c; cd /t; echo one > a/one.txt; echo two > a/b/two.log; : > c/empty; chmod 600 c/empty; ";
        for (String[] row : new String[][] {
            {". -type f", "./a/b/two.log ./a/one.txt ./c/empty"},
            {". -name '*.txt' -o -name '*.log'", "./a/b/two.log ./a/one.txt"},
            {". -type f ! -name '*.txt'", "./a/b/two.log ./c/empty"},
            {". -maxdepth 1", ". ./a ./c"},
            {". -mindepth 2 -type d", "./a/b"},
            {". -type f -size 0", "./c/empty"},
            {". -empty", "./c/empty"},
            {". -type f -perm 600", "./c/empty"},
            {". -path '*/b/*'", "./a/b/two.log"},
            {". -name b -prune -o -type f -print", "./a/one.txt ./c/empty"},
            {". -iname 'ONE*'", "./a/one.txt"},
            {". \\( -name a -o -name c \\) -type d", "./a ./c"},
            {"a -type f -exec cat {} \\;", "two one"},
            {"a -type f -exec echo {} +", "a/b/two.log a/one.txt"},
            {". -type f -mmin -5 -name e*", "./c/empty"},
            {"c -delete; ls", "a"},
        }) {
            assertThat(run(tree + "find " + row[0]).strip().replace("\n", " "))
                    .as(row[0])
                    .isEqualTo(row[1]);
        }
        assertThat(run("find /nope; find /tmp -bogus 2>&1 | head -n 1"))
                .isEqualTo("find: unrecognized: -bogus\n!find: /nope: No such file or directory\n");
    }

    @Test
    void lists_directories_below_directories_and_in_other_orders() throws Exception {
        String tree = "mkdir -p /t/a/b; cd /t; echo 123456789 > a/long; echo 1 > a/b/short; ";
        assertThat(run(tree + "ls -R")).isEqualTo(".:\na\n\n./a:\nb\nlong\n\n./a/b:\nshort\n");
        assertThat(run(tree + "ls -S a; ls -r a; ls -F a; ls -d a")).isEqualTo("b\nlong\nlong\nb\nb/\nlong\na\n");
        assertThat(run(tree + "ls -ln a | cut -c 1-26")).contains("total 8\n", "drwxr-xr-x    2 0        0");
        assertThat(run(tree + "du -a a; du -sh a")).isEqualTo("4\ta/b/short\n8\ta/b\n4\ta/long\n16\ta\n16.0K\ta\n");
    }

    @Test
    void a_node_is_looked_at_from_its_own_root() throws Exception {
        VolumeContent disk = VolumeContent.machine().with("etc/hostname", "node-1\n", clock.now());
        ContainerSpec.Volume host = new ContainerSpec.Volume("/host", disk, "", false);
        Container debugger = Box.container(runtime, "busybox:1.36", "", List.of(host), "sleep", "3600");

        assertThat(Box.run(debugger, "chroot", "/host", "cat", "/etc/hostname")).isEqualTo("node-1\n");
        assertThat(Box.run(
                        debugger,
                        "chroot",
                        "/host",
                        "bash",
                        "-c",
                        "pwd; cd /bin/../..; pwd; cd etc; pwd; echo ../host*"))
                .isEqualTo("/\n/\n/etc\n../host*\n");
        assertThat(Box.run(
                        debugger,
                        "chroot",
                        "/host",
                        "sh",
                        "-c",
                        "echo kept > /var/x; ln -s /var/x /y; cat /y; realpath /y"))
                .isEqualTo("kept\n/var/x\n");
        assertThat(Box.run(debugger, "cat", "/host/var/x")).isEqualTo("kept\n");
        assertThat(Box.run(debugger, "sh", "-c", "echo hostname | chroot /host; chroot /nope; chroot /host nosuch"))
                .contains("box\n", "!", "chroot: can't change root directory to '/nope': No such file or directory\n")
                .endsWith("chroot: can't execute 'nosuch': No such file or directory\n=127");
        Container other = Box.container(runtime, "busybox:1.36", "1000", List.of(host), "sleep", "3600");
        assertThat(Box.run(other, "chroot", "/host"))
                .isEqualTo("!chroot: can't change root directory to '/host': Operation not permitted\n=1");
    }
}
