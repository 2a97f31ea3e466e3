package dev.kuar.practice.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * {@code /healthz}, {@code /livez}, {@code /readyz}, with {@code verbose}, {@code exclude} and each check under its own path.
 *
 * <p>The checks have upstream's names and order. There is one process here: they stand or fall together, except for those
 * that its {@link FrontSite} decides on.
 */
final class HealthHandler {
    private final FrontSite site;
    private final HealthMetrics metrics;

    HealthHandler(FrontSite site, HealthMetrics metrics) {
        this.site = site;
        this.metrics = metrics;
    }

    void handle(Call call) throws IOException {
        String path = call.path().substring(1);
        int slash = path.indexOf('/');
        String group = slash < 0 ? path : path.substring(0, slash);
        List<String> checks = checks(group);
        String one = slash < 0 ? "" : path.substring(slash + 1);
        if (slash >= 0) {
            if (!checks.contains(one)) {
                Reply.pageNotFound(call);
                return;
            }
            checks = List.of(one);
        }
        Set<String> excluded = new LinkedHashSet<>(call.query().getOrDefault("exclude", List.of()));
        Set<String> unknown = new TreeSet<>(excluded);
        StringBuilder text = new StringBuilder();
        boolean well = true;
        for (String check : checks) {
            if (excluded.contains(check)) {
                unknown.remove(check);
                text.append("[+]").append(check).append(" excluded: ok\n");
                continue;
            }
            boolean passed = isWell(group, check);
            if (one.isEmpty()) {
                metrics.observe(check, group, passed);
            }
            if (passed) {
                text.append("[+]").append(check).append(" ok\n");
            } else {
                well = false;
                text.append("[-]").append(check).append(" failed: reason withheld\n");
            }
        }
        if (!unknown.isEmpty()) {
            text.append("warn: some health checks cannot be excluded: no matches for ");
            List<String> quoted = new ArrayList<>();
            unknown.forEach(name -> quoted.add('"' + name + '"'));
            text.append(String.join(",", quoted)).append('\n');
        }
        if (!well) {
            Reply.text(call, 500, text.append(group).append(" check failed\n").toString());
        } else if (one.isEmpty() && call.query().containsKey("verbose")) {
            Reply.text(call, 200, text.append(group).append(" check passed\n").toString());
        } else if (one.isEmpty()) {
            Reply.text(call, 200, "ok");
        } else {
            Reply.bytes(call, 200, Reply.TEXT, "ok".getBytes(StandardCharsets.UTF_8));
        }
    }

    private boolean isWell(String group, String check) {
        return site.passes().test(group, check);
    }

    private List<String> checks(String group) {
        boolean ready = group.equals("readyz");
        List<String> checks = new ArrayList<>();
        for (String line : site.healthChecks()) {
            char mark = line.charAt(0);
            if (mark == '-' ? ready : mark != '+' || !ready) {
                checks.add(mark == '-' || mark == '+' ? line.substring(1) : line);
            }
        }
        return checks;
    }
}
