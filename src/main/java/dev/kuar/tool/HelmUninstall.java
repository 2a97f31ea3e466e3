package dev.kuar.tool;

import dev.kuar.process.Program;
import java.time.Clock;
import java.util.List;

/** {@code helm uninstall}: takes the objects of a release away, then its record. */
final class HelmUninstall {
    private final HelmLine line;
    private final HelmKubectl kubectl;
    private final Clock clock;

    HelmUninstall(HelmLine line, Program kubectl, Clock clock) {
        this.line = line;
        this.kubectl = line.kubectl(kubectl);
        this.clock = clock;
    }

    int run() throws InterruptedException {
        line.takes(1, Integer.MAX_VALUE, HelmHelp.usage("uninstall"));
        String namespace = line.namespace(kubectl);
        for (String name : line.rest().words()) {
            uninstall(namespace, name);
        }
        return 0;
    }

    private void uninstall(String namespace, String name) throws InterruptedException {
        HelmReleases releases = new HelmReleases(kubectl);
        List<HelmRelease> history = releases.history(namespace, name);
        if (history.isEmpty()) {
            if (line.has("ignore-not-found")) {
                return;
            }
            throw HelmTool.error("uninstall: Release not loaded: " + name + ": release: not found");
        }
        HelmRelease last = history.get(history.size() - 1);
        if (last.status().equals("uninstalled")) {
            throw HelmTool.error("the release named \"" + name + "\" is already deleted");
        }
        HelmKubectl.Result result = kubectl.run(
                last.manifest(),
                "delete",
                "-f",
                "-",
                "-n",
                namespace,
                "--ignore-not-found",
                "--wait=" + line.has("wait"));
        if (result.exit() != 0) {
            throw HelmTool.error("failed to delete release: " + name + ": " + result.problem());
        }
        if (line.has("keep-history")) {
            releases.update(last.with("uninstalled", "Uninstallation complete"), clock.instant());
        } else {
            for (HelmRelease release : history) {
                releases.forget(release);
            }
        }
        line.run().output().println("release \"" + name + "\" uninstalled");
    }
}
