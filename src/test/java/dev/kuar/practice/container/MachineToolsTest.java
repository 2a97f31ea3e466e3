package dev.kuar.practice.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.container.ContainerRuntime.ClusterServices;
import dev.kuar.practice.time.ManualClock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What programs in a container say of the machine and of their own share: a machine of two cores, 2 GiB of memory, of which 512 MiB
 * are used, and 20 GiB of disk, 5 of them used, that was switched on 2 hours and 5 minutes ago; the container may use 64 MiB.
 */
final class MachineToolsTest {
    private final ManualClock clock = new ManualClock();
    private final ContainerRuntime runtime = new ContainerRuntime(clock, null, ClusterServices.NONE);

    @AfterEach
    void stop() {
        runtime.close();
    }

    private String run(String image, String script) throws Exception {
        List<ContainerSpec.Volume> volumes = List.of(
                new ContainerSpec.Volume("/data", VolumeContent.directory(clock.now(), 0777, 0), "", false),
                new ContainerSpec.Volume(
                        "/mem", VolumeContent.inMemory(VolumeContent.directory(clock.now(), 0777, 0)), "", false));
        return Box.run(Box.container(runtime, image, "", volumes, "sleep", "3600"), "sh", "-c", script);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '`',
            value = {
                "nproc => 2",
                "grep -c ^processor /proc/cpuinfo => 2",
                "free -m | grep Mem => Mem:           2048         512         768           2         768        1534",
                "free -h | grep Mem | cut -c1-43 => Mem:           2.0G      512.0M      768.0M",
                "head -n 1 /proc/meminfo => MemTotal:        2097152 kB",
                "uptime | sed 's/^ [0-9:]* //' => up  2:05,  0 users,  load average: 0.25, 0.25, 0.25",
                "cut -d. -f1 /proc/uptime => 7500",
                "cut -d' ' -f1-3 /proc/loadavg => 0.25 0.25 0.25",
                "uname -r => 6.12.48",
                "df / | tail -n 1 => overlay               20971520   5242880  15728640  25% /",
                "df -h /data | tail -n 1 => /dev/vda1                20.0G      5.0G     15.0G  25% /data",
                "df -k /mem | tail -n 1 => tmpfs                    65536         4     65532   1% /mem",
                "mount | grep ' /mem ' => tmpfs on /mem type tmpfs (rw,relatime)",
                "cat /sys/fs/cgroup/memory.max => 67108864",
                "cat /sys/fs/cgroup/cpu.max => max 100000",
                "cat /sys/fs/cgroup/cpu.weight => 1",
                "cat /sys/fs/cgroup/memory.low => 0",
                "cat /sys/fs/cgroup/memory.oom.group => 1",
                "mount -t cgroup2 => cgroup on /sys/fs/cgroup type cgroup2 (ro,relatime)",
                "cat /proc/1/oom_score_adj => 1000",
                "grep Cpus_allowed_list /proc/self/status | cut -f2 => 0-1",
                "cat /proc/self/cgroup => 0::/",
                "top -b -n 1 | head -n 1 => Mem: 1310720K used, 786432K free, 2048K shrd, 0K buff, 786432K cached",
                "top -bn1 | grep ^CPU: => CPU:  13% usr   0% sys   0% nic  87% idle   0% io   0% irq   0% sirq",
            })
    void figures_are_the_machines_and_the_containers_own(String script, String answer) throws Exception {
        assertThat(run("busybox:1.36", script)).isEqualTo(answer + "\n");
    }

    @Test
    void memory_of_the_container_is_counted() throws Exception {
        String used = run("busybox:1.36", "cat /sys/fs/cgroup/memory.current").strip();
        assertThat(Long.parseLong(used)).isBetween(1L, 64L << 20);
    }

    /** Rates are the model's: a gibibyte a second. */
    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '`',
            value = {
                "dd if=/dev/zero of=/data/f bs=1M count=2; stat -c %s /data/f => 2+0 records in;2+0 records out;2097152 bytes (2.0MB) copied, 0.001953 seconds, 1.0GB/s => 2097152",
                "dd if=/dev/zero of=/data/f bs=1M count=5000 status=none; stat -c %s /data/f => none => 5242880000",
                "echo hello > /data/a; dd if=/data/a of=/data/b bs=4; cat /data/b => 1+1 records in;1+1 records out;6 bytes (6B) copied, 0.000001 seconds, 5.7MB/s => hello",
                "printf abcdef > /data/a; dd if=/data/a bs=1 skip=2 count=3 status=none => none => cde",
                "printf abcdef > /data/a; printf XY | dd of=/data/a bs=1 seek=2 conv=notrunc status=none; cat /data/a => none => abXYef",
                "printf x | dd of=/data/n bs=1 status=none; cat /data/n => none => x",
                "dd if=/data/absent of=/data/f 2>&1 => dd: can't open '/data/absent': No such file or directory => ",
            })
    void dd_copies_blocks(String script, String told, String out) throws Exception {
        String answer = run("busybox:1.36", script);
        String told2 = told.equals("none") ? "" : told.replace(";", "\n");
        assertThat(answer.replaceFirst("=1$", "").replace("!", "\n").lines().filter(line -> !line.isEmpty()))
                .containsExactlyInAnyOrderElementsOf((told2 + "\n" + (out == null ? "" : out))
                        .lines()
                        .filter(line -> !line.isEmpty())
                        .toList());
    }
}
