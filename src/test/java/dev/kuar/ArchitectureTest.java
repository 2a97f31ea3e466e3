package dev.kuar;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Holds the package map: an arrow that has no row here is forbidden. */
final class ArchitectureTest {
    private static final String ROOT = "dev.kuar";

    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            Map.entry("error", Set.of()),
            Map.entry("awk", Set.of()),
            Map.entry("process", Set.of("error")),
            Map.entry("output", Set.of("error")),
            Map.entry("kube", Set.of("error")),
            Map.entry(
                    "kubectl",
                    Set.of(
                            "kubectl.command",
                            "kubectl.print",
                            "kubectl.rest",
                            "kubectl.data",
                            "kube",
                            "process",
                            "output",
                            "error")),
            Map.entry("kubectl.data", Set.of()),
            Map.entry("kubectl.rest", Set.of("kubectl.data", "error")),
            Map.entry("kubectl.print", Set.of("kubectl.data", "kubectl.rest")),
            Map.entry("kubectl.describe", Set.of("kubectl.data", "kubectl.rest")),
            Map.entry("kubectl.patch", Set.of("kubectl.data", "kubectl.rest")),
            Map.entry("kubectl.kustomize", Set.of("kubectl.data", "kubectl.rest", "kubectl.patch")),
            Map.entry(
                    "kubectl.command",
                    Set.of(
                            "kubectl.data",
                            "kubectl.rest",
                            "kubectl.print",
                            "kubectl.describe",
                            "kubectl.patch",
                            "kubectl.kustomize",
                            "kube",
                            "process",
                            "output",
                            "error")),
            Map.entry("tool", Set.of("process", "practice", "kube", "kubectl", "kubectl.data", "output", "error")),
            Map.entry(
                    "guard",
                    Set.of("kubectl.rest", "kubectl.data", "kube", "practice.pki", "process", "output", "error")),
            Map.entry("cluster", Set.of("guard", "tool", "kube", "process", "practice", "practice.profile", "error")),
            Map.entry("check", Set.of("kube", "error")),
            Map.entry("lesson", Set.of("check", "error")),
            Map.entry("progress", Set.of("lesson", "error")),
            Map.entry("tutor", Set.of("lesson", "check", "progress", "cluster", "kube", "error")),
            Map.entry(
                    "cli",
                    Set.of(
                            "error",
                            "process",
                            "output",
                            "kube",
                            "practice",
                            "kubectl",
                            "tool",
                            "guard",
                            "cluster",
                            "check",
                            "lesson",
                            "progress",
                            "tutor")),
            Map.entry(
                    "shell",
                    Set.of(
                            "cluster",
                            "guard",
                            "shell.language",
                            "shell.program",
                            "shell.shim",
                            "cli",
                            "tutor",
                            "kube",
                            "process",
                            "output",
                            "error")),
            Map.entry("shell.shim", Set.of("process", "error")),
            Map.entry("shell.language", Set.of("kube", "process", "output", "error")),
            Map.entry("shell.program", Set.of("awk", "shell.language", "process", "output", "error")),
            Map.entry(
                    "practice",
                    Set.of(
                            "practice.object",
                            "practice.time",
                            "practice.store",
                            "practice.schema",
                            "practice.patch",
                            "practice.cel",
                            "practice.auth",
                            "practice.admission",
                            "practice.api",
                            "practice.http",
                            "practice.controller",
                            "practice.scheduler",
                            "practice.profile",
                            "practice.kubelet",
                            "practice.container",
                            "practice.network",
                            "practice.etcd",
                            "practice.etcd.grpc",
                            "practice.etcdctl",
                            "practice.pki",
                            "error")),
            Map.entry("practice.pki", Set.of("error")),
            Map.entry("practice.object", Set.of("error")),
            Map.entry("practice.time", Set.of("error")),
            Map.entry("practice.store", Set.of("error")),
            Map.entry("practice.schema", Set.of("practice.object", "error")),
            Map.entry("practice.patch", Set.of("practice.object", "practice.schema", "error")),
            Map.entry("practice.cel", Set.of("practice.object", "practice.schema", "error")),
            Map.entry("practice.auth", Set.of("practice.object", "practice.time", "error")),
            Map.entry(
                    "practice.admission",
                    Set.of(
                            "practice.object",
                            "practice.schema",
                            "practice.patch",
                            "practice.cel",
                            "practice.auth",
                            "practice.time",
                            "error")),
            Map.entry(
                    "practice.api",
                    Set.of(
                            "practice.object",
                            "practice.time",
                            "practice.store",
                            "practice.schema",
                            "practice.patch",
                            "practice.cel",
                            "practice.auth",
                            "practice.admission",
                            "error")),
            Map.entry(
                    "practice.http",
                    Set.of(
                            "practice.object",
                            "practice.time",
                            "practice.schema",
                            "practice.auth",
                            "practice.api",
                            "error")),
            Map.entry(
                    "practice.controller",
                    Set.of(
                            "practice.object",
                            "practice.time",
                            "practice.auth",
                            "practice.api",
                            "practice.device",
                            "error")),
            Map.entry(
                    "practice.scheduler",
                    Set.of(
                            "practice.object",
                            "practice.time",
                            "practice.auth",
                            "practice.api",
                            "practice.device",
                            "error")),
            Map.entry("practice.device", Set.of("practice.object", "practice.cel", "error")),
            Map.entry(
                    "practice.kubelet",
                    Set.of(
                            "practice.object",
                            "practice.schema",
                            "practice.time",
                            "practice.auth",
                            "practice.api",
                            "practice.container",
                            "practice.network",
                            "practice.profile",
                            "error")),
            Map.entry(
                    "practice.profile",
                    Set.of("practice.object", "practice.time", "practice.auth", "practice.api", "error")),
            Map.entry(
                    "practice.extension",
                    Set.of(
                            "practice.object",
                            "practice.time",
                            "practice.store",
                            "practice.schema",
                            "practice.auth",
                            "practice.admission",
                            "practice.api",
                            "practice.http",
                            "practice.network",
                            "practice.etcd",
                            "practice.pki",
                            "error")),
            Map.entry("practice.etcd", Set.of("practice.store", "practice.time", "error")),
            Map.entry("practice.etcd.grpc", Set.of("practice.etcd", "practice.time", "error")),
            Map.entry("practice.etcdctl", Set.of("practice.etcd", "practice.object", "error")),
            Map.entry("practice.redis", Set.of("practice.network", "practice.time", "error")),
            Map.entry("practice.sql", Set.of("practice.network", "practice.time", "error")),
            Map.entry("practice.dashboard", Set.of("practice.object", "practice.network", "error")),
            Map.entry("practice.zookeeper", Set.of("practice.network", "practice.time", "error")),
            Map.entry("practice.python", Set.of("practice.network", "error")),
            Map.entry("practice.nginx", Set.of("practice.network", "error")),
            Map.entry(
                    "practice.container",
                    Set.of(
                            "awk",
                            "practice.object",
                            "practice.time",
                            "practice.network",
                            "practice.dashboard",
                            "practice.nginx",
                            "practice.python",
                            "practice.zookeeper",
                            "practice.redis",
                            "practice.sql",
                            "practice.etcd",
                            "practice.etcdctl",
                            "practice.extension",
                            "practice.pki",
                            "error")),
            Map.entry(
                    "practice.network",
                    Set.of("practice.object", "practice.time", "practice.auth", "practice.api", "error")));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    @Test
    void every_package_has_a_row() {
        Set<String> packages = new TreeSet<>();
        CLASSES.forEach(c -> packages.add(shortName(c)));
        packages.remove("");
        assertThat(MAY_USE.keySet()).containsAll(packages);
    }

    @Test
    void every_arrow_is_on_the_map() {
        Set<String> strays = new TreeSet<>();
        for (JavaClass from : CLASSES) {
            String source = shortName(from);
            if (source.isEmpty()) {
                continue;
            }
            from.getDirectDependenciesFromSelf().forEach(dependency -> {
                JavaClass target = dependency.getTargetClass().getBaseComponentType();
                String to = shortName(target);
                if (target.getPackageName().startsWith(ROOT)
                        && !to.equals(source)
                        && !MAY_USE.getOrDefault(source, Set.of()).contains(to)) {
                    strays.add(source + " -> " + to + ": " + dependency.getDescription());
                }
            });
        }
        assertThat(strays).isEmpty();
    }

    @Test
    void no_cycles_between_features() {
        SlicesRuleDefinition.slices()
                .matching(ROOT + ".(*)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    private static String shortName(JavaClass c) {
        String name = c.getPackageName();
        return name.length() <= ROOT.length() ? "" : name.substring(ROOT.length() + 1);
    }
}
