package dev.kuar.tool;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code helm repo} and {@code helm search repo}: names of chart repositories, kept between runs. */
final class HelmRepos {
    private final ToolState state;

    HelmRepos(ToolState state) {
        this.state = state;
    }

    int run(HelmLine line) {
        return switch (line.command()) {
            case "repo add" -> add(line);
            case "repo list" -> list(line);
            case "repo update" -> update(line);
            case "repo remove" -> remove(line);
            default -> search(line);
        };
    }

    /**
     * The chart that {@code REPOSITORY/NAME} means.
     *
     * @param version empty for the newest
     * @throws ToolFailure with Helm's words
     */
    HelmChart chart(String reference, String version) {
        int slash = reference.indexOf('/');
        if (slash <= 0 || reference.startsWith(".")) {
            throw HelmTool.error(
                    slash < 0
                            ? "non-absolute URLs should be in form of repo_name/path_to_chart, got: " + reference
                            : "path \"" + reference + "\" not found");
        }
        String repository = reference.substring(0, slash);
        String name = reference.substring(slash + 1);
        String url = state.all().get(repository);
        if (url == null) {
            throw HelmTool.error("repo " + repository + " not found");
        }
        String missing = "chart \"" + name + "\" matching " + version + " not found in " + repository
                + " index. (try 'helm repo update'): no chart ";
        if (!HelmChart.offeredBy(url).orElseGet(List::of).contains(name)) {
            throw HelmTool.error(missing + "name found");
        }
        HelmChart chart = HelmChart.load(name);
        if (!version.isEmpty() && !chart.version().equals(version.replaceFirst("^v", ""))) {
            throw HelmTool.error(missing + "version found for " + name + "-" + version);
        }
        return chart;
    }

    private int add(HelmLine line) {
        line.takes(2, 2, HelmHelp.usage("repo add"));
        String name = line.word(0);
        String url = line.word(1);
        if (name.contains("/")) {
            throw HelmTool.error(
                    "repository name (" + name + ") contains '/', please specify a different name without '/'");
        }
        String known = state.all().get(name);
        if (known != null && !line.has("force-update")) {
            if (!known.equals(url)) {
                throw HelmTool.error("repository name (" + name + ") already exists, please specify a different name");
            }
            line.run().output().println(quoted(name) + " already exists with the same configuration, skipping");
            return 0;
        }
        if (!url.contains("://")) {
            throw HelmTool.error("could not find protocol handler for: ");
        }
        if (HelmChart.offeredBy(url).isEmpty()) {
            throw HelmTool.error("looks like " + quoted(url) + " is not a valid chart repository or cannot be reached: "
                    + "failed to fetch " + url.replaceFirst("/+$", "") + "/index.yaml : 404 Not Found");
        }
        state.put(name, url);
        line.run().output().println(quoted(name) + " has been added to your repositories");
        return 0;
    }

    private int list(HelmLine line) {
        Map<String, String> all = state.all();
        if (all.isEmpty()) {
            throw HelmTool.error("no repositories to show");
        }
        List<List<String>> rows = new ArrayList<>(List.of(List.of("NAME", "URL")));
        all.forEach((name, url) -> rows.add(List.of(name, url)));
        line.run().output().print(HelmLine.table(rows));
        return 0;
    }

    private int update(HelmLine line) {
        Map<String, String> all = state.all();
        if (all.isEmpty()) {
            throw HelmTool.error("no repositories found. You must add one before updating");
        }
        List<String> wanted = line.rest().words();
        List<String> unknown =
                wanted.stream().filter(name -> !all.containsKey(name)).toList();
        if (!unknown.isEmpty()) {
            throw HelmTool.error("no repositories found matching '" + unknown.get(0) + "'.  Nothing will be updated");
        }
        line.run().output().println("Hang tight while we grab the latest from your chart repositories...");
        all.keySet().stream()
                .filter(name -> wanted.isEmpty() || wanted.contains(name))
                .forEach(name -> line.run()
                        .output()
                        .println("...Successfully got an update from the " + quoted(name) + " chart repository"));
        line.run().output().println("Update Complete. ⎈Happy Helming!⎈");
        return 0;
    }

    private int remove(HelmLine line) {
        line.takes(1, Integer.MAX_VALUE, HelmHelp.usage("repo remove"));
        for (String name : line.rest().words()) {
            if (state.all().isEmpty()) {
                throw HelmTool.error("no repositories configured");
            }
            if (!state.remove(name)) {
                throw HelmTool.error("no repo named " + quoted(name) + " found");
            }
            line.run().output().println(quoted(name) + " has been removed from your repositories");
        }
        return 0;
    }

    private int search(HelmLine line) {
        Map<String, String> all = state.all();
        if (all.isEmpty()) {
            throw HelmTool.error("no repositories configured");
        }
        List<List<String>> rows =
                new ArrayList<>(List.of(List.of("NAME", "CHART VERSION", "APP VERSION", "DESCRIPTION")));
        all.forEach((repository, url) -> {
            for (String name : HelmChart.offeredBy(url).orElseGet(List::of)) {
                HelmChart chart = HelmChart.load(name);
                String description = chart.metadata().text("description");
                String whole = (repository + "/" + name + " " + description).toLowerCase(java.util.Locale.ROOT);
                if (whole.contains(line.word(0).toLowerCase(java.util.Locale.ROOT))) {
                    rows.add(List.of(
                            repository + "/" + name,
                            chart.version(),
                            chart.metadata().text("appVersion"),
                            description));
                }
            }
        });
        line.run().output().print(rows.size() == 1 ? "No results found\n" : HelmLine.table(rows));
        return 0;
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }
}
