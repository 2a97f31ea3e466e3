package dev.kuar.tool;

import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.data.YamlWriter;
import dev.kuar.process.Program;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code helm list}, {@code helm status} and {@code helm get}. */
final class HelmShow {
    private static final DateTimeFormatter ANSI_C =
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH);
    private static final DateTimeFormatter GO =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.nnnnnnnnn xx 'UTC'", Locale.ENGLISH);

    private final HelmLine line;
    private final HelmKubectl kubectl;
    private final Clock clock;

    HelmShow(HelmLine line, Program kubectl, Clock clock) {
        this.line = line;
        this.kubectl = line.kubectl(kubectl);
        this.clock = clock;
    }

    int run() throws InterruptedException {
        if (line.command().equals("list")) {
            return list();
        }
        line.takes(1, 1, HelmHelp.usage(line.command()));
        HelmRelease release = release();
        String text =
                switch (line.command()) {
                    case "get manifest" -> release.manifest() + "\n";
                    case "get notes" -> "NOTES:\n" + release.tree().text("info", "notes") + "\n";
                    case "get values" -> values(release);
                    default -> status(release, clock);
                };
        line.run().output().print(text);
        return 0;
    }

    /** What helm says of a release after a change, and with {@code status}. */
    static String status(HelmRelease release, Clock clock) {
        String notes = release.tree().text("info", "notes");
        return "NAME: " + release.name() + "\nLAST DEPLOYED: "
                + ANSI_C.format(release.deployed().atZone(clock.getZone()))
                + "\nNAMESPACE: " + release.namespace() + "\nSTATUS: " + release.status() + "\nREVISION: "
                + release.revision() + "\nTEST SUITE: None\n" + (notes.isEmpty() ? "" : "NOTES:\n" + notes + "\n");
    }

    private HelmRelease release() throws InterruptedException {
        String revision = line.flag("revision");
        return new HelmReleases(kubectl)
                .history(line.namespace(kubectl), line.word(0)).stream()
                        .filter(r -> revision.isEmpty() || revision.equals(String.valueOf(r.revision())))
                        .reduce((first, second) -> second)
                        .orElseThrow(() -> HelmTool.error("release: not found"));
    }

    private String values(HelmRelease release) {
        Map<String, Object> own = release.tree().map("config");
        if (line.has("all")) {
            return "COMPUTED VALUES:\n"
                    + YamlWriter.write(HelmValues.merge(release.tree().map("chart", "values"), own));
        }
        return "USER-SUPPLIED VALUES:\n" + (own.isEmpty() ? "null\n" : YamlWriter.write(own));
    }

    private int list() throws InterruptedException {
        line.takes(0, 0, "");
        String namespace = line.has("all-namespaces") ? "" : line.namespace(kubectl);
        List<HelmRelease> releases = new HelmReleases(kubectl)
                .list(namespace).stream()
                        .filter(r -> line.has("all")
                                || r.status().equals("deployed")
                                || r.status().equals("failed"))
                        .toList();
        if (line.has("short")) {
            releases.forEach(r -> line.run().output().println(r.name()));
            return 0;
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("NAME", "NAMESPACE", "REVISION", "UPDATED", "STATUS", "CHART", "APP VERSION"));
        for (HelmRelease release : releases) {
            Tree chart = release.tree().at("chart", "metadata");
            rows.add(List.of(
                    release.name(),
                    release.namespace(),
                    String.valueOf(release.revision()),
                    GO.format(release.deployed().atZone(ZoneOffset.UTC)),
                    release.status(),
                    chart.text("name") + "-" + chart.text("version"),
                    chart.text("appVersion")));
        }
        line.run().output().print(HelmLine.table(rows));
        return 0;
    }
}
