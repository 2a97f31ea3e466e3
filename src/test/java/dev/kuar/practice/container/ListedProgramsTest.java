package dev.kuar.practice.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.container.ContainerRuntime.ClusterServices;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.time.SystemClusterClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What images list as programs is there, and what is not there never passes for an empty script. */
final class ListedProgramsTest {
    private final SystemClusterClock clock = SystemClusterClock.realTime();
    private final ContainerRuntime runtime = new ContainerRuntime(clock, null, ClusterServices.NONE);

    @AfterEach
    void stop() {
        runtime.close();
        clock.close();
    }

    private Container box(String image) throws Exception {
        return Box.container(runtime, image, "", List.of(), "sleep", "3600");
    }

    private static void collect(String path, Inode node, Map<String, String> programs) {
        if (node instanceof Inode.FileNode file && !file.program().isEmpty()) {
            programs.put(path, file.program());
        } else if (node instanceof Inode.DirectoryNode directory) {
            for (String name : directory.names()) {
                Inode below = directory.get(name);
                if (below != null) {
                    collect(path + "/" + name, below, programs);
                }
            }
        }
    }

    @Test
    void every_name_in_the_lists_has_a_tool() {
        Programs programs = new Programs();
        for (String list : List.of("busybox", "alpine", "debian")) {
            Map<String, String> listed = new TreeMap<>();
            collect("", ImageLayout.ofTools(list), listed);

            assertThat(listed).as(list).hasSizeGreaterThan(100);
            List<String> missing = new ArrayList<>();
            new TreeSet<>(listed.values())
                    .stream().filter(name -> programs.find(name) == null).forEach(missing::add);
            assertThat(missing).as(list).isEmpty();
        }
    }

    @Test
    void every_program_of_an_image_or_a_package_has_a_tool() {
        Programs programs = new Programs();
        Map<String, String> named = new TreeMap<>();
        for (String line : ImageCatalogue.text("index.txt").split("\n")) {
            String[] words = line.strip().split("\\s+");
            if (words.length == 3 && !words[0].matches("[#=].*")) {
                named.putAll(ImageCatalogue.tree(ImageCatalogue.text(words[2])).textMap("programs"));
            }
        }
        KubeObject packages = ImageCatalogue.tree(ImageCatalogue.text("packages.yaml"));
        for (String system : List.of("debian", "alpine")) {
            packages.map(system).keySet().forEach(each -> named.putAll(packages.textMap(system, each, "programs")));
        }

        assertThat(named).hasSizeGreaterThan(40);
        assertThat(named.values())
                .allSatisfy(name -> assertThat(programs.find(name)).as(name).isNotNull());
    }

    @Test
    void a_program_that_nothing_stands_behind_is_an_error_and_no_empty_script() throws Exception {
        Container container = box("busybox:1.36");
        container.view("/").put("/bin/nothing", Inode.FileNode.program("nothing", 0));

        assertThat(Box.run(container, "sh", "-c", "nothing; echo $?; echo hi | nothing | cat; env nothing"))
                .isEqualTo("126\n!sh: nothing: the practice cluster does not have this program\n"
                        + "sh: nothing: the practice cluster does not have this program\n"
                        + "env: nothing: the practice cluster does not have this program\n=126");
        assertThat(Box.run(container, "sh", "-c", ": > /tmp/empty; chmod +x /tmp/empty; /tmp/empty; echo $?"))
                .isEqualTo("0\n");
    }

    @Test
    void editors_and_what_else_is_not_modelled_say_so() throws Exception {
        assertThat(Box.run(box("busybox:1.36"), "sh", "-c", "ed x; bunzip2 x; mkfifo p; echo $?"))
                .isEqualTo(
                        "1\n!ed: the practice cluster has no ed; use vi at a terminal, cat > FILE, or sed -i to change files\n"
                                + "bunzip2: the practice cluster reads no bzip2; use gzip and gunzip\n"
                                + "mkfifo: p: the practice cluster has no named pipes; use a pipeline or a file\n");
    }
}
