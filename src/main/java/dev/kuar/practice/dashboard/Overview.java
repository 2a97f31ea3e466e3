package dev.kuar.practice.dashboard;

import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The overview's body: one table a kind, in the columns of the API server; what the account may not see is said so. */
final class Overview {
    private static final List<Kind> KINDS = List.of(
            new Kind("cluster", "namespaces", "/api/v1", "namespaces", false),
            new Kind("cluster", "nodes", "/api/v1", "nodes", false),
            new Kind("workloads", "deployments", "/apis/apps/v1", "deployments", true),
            new Kind("workloads", "daemonsets", "/apis/apps/v1", "daemonsets", true),
            new Kind("workloads", "statefulsets", "/apis/apps/v1", "statefulsets", true),
            new Kind("workloads", "jobs", "/apis/batch/v1", "jobs", true),
            new Kind("workloads", "cronjobs", "/apis/batch/v1", "cronjobs", true),
            new Kind("workloads", "pods", "/api/v1", "pods", true),
            new Kind("network", "services", "/api/v1", "services", true));
    private static final Set<String> GOOD = Set.of("Running", "Completed", "Ready", "Active", "Succeeded");

    private final Texts texts;
    private final String namespace;
    private final KubeAsk ask;

    Overview(Texts texts, String namespace, KubeAsk ask) {
        this.texts = texts;
        this.namespace = namespace.matches("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?") ? namespace : "";
        this.ask = ask;
    }

    /** A kind that is shown, and below which heading. */
    private record Kind(String part, String title, String group, String resource, boolean namespaced) {
        String path(String namespace) {
            return group + (namespaced && !namespace.isEmpty() ? "/namespaces/" + namespace : "") + "/" + resource;
        }
    }

    Html body(String user) {
        Html html = new Html();
        html.element(
                "h1",
                texts.of("title.overview") + ": " + (namespace.isEmpty() ? texts.of("namespace.all") : namespace));
        Html sections = new Html();
        boolean narrower = false;
        String part = "";
        for (Kind kind : KINDS) {
            if (!part.equals(kind.part())) {
                part = kind.part();
                sections.element("h2", texts.of(part));
            }
            KubeAsk.Reply reply = ask.table(kind.path(namespace));
            narrower |= reply.status() == 403 && kind.namespaced() && namespace.isEmpty();
            section(sections, kind, reply);
        }
        picker(html, user);
        if (narrower) {
            html.raw("<p>").text(texts.of("narrow")).raw(" ");
            link(html, own(user));
            html.raw("</p>");
        }
        return html.raw(sections.toString());
    }

    private void picker(Html html, String user) {
        html.raw("<form class=\"pick\" method=\"get\" action=\"./\"><label>")
                .text(texts.of("namespace"))
                .raw("<br><input name=\"namespace\" value=\"")
                .text(namespace)
                .raw("\" placeholder=\"")
                .text(own(user))
                .raw("\"></label><button type=\"submit\">")
                .text(texts.of("show"))
                .raw("</button></form>");
        if (!namespace.isEmpty()) {
            html.raw("<p><a href=\"./\">").text(texts.of("namespace.all")).raw("</a></p>");
        }
    }

    /** Where an account is at home. */
    private static String own(String user) {
        String[] parts = user.split(":");
        return user.startsWith("system:serviceaccount:") && parts.length == 4 ? parts[2] : "default";
    }

    private void section(Html html, Kind kind, KubeAsk.Reply reply) {
        String title = texts.of(kind.title());
        if (!kind.title().equals(kind.part())) {
            html.element(
                    "h3", reply.refused() ? title : title + " (" + rows(reply).size() + ")");
        }
        if (reply.refused()) {
            html.raw("<p class=\"forbidden\"><b>")
                    .text(texts.of(reply.status() == 403 ? "forbidden" : "failed"))
                    .raw("</b> ")
                    .text(reply.message())
                    .raw("</p>\n");
        } else if (rows(reply).isEmpty()) {
            html.element("p", "soft", texts.of("none")).raw("\n");
        } else {
            table(html, kind, reply);
        }
    }

    private static List<Map<String, Object>> rows(KubeAsk.Reply reply) {
        return reply.body().maps("rows");
    }

    private void table(Html html, Kind kind, KubeAsk.Reply reply) {
        List<Map<String, Object>> columns = reply.body().maps("columnDefinitions");
        List<Integer> shown = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            if (KubeObject.of(columns.get(i)).number(0, "priority") == 0) {
                shown.add(i);
            }
        }
        boolean where = kind.namespaced() && namespace.isEmpty();
        html.raw("<div class=\"wide\"><table>\n<tr>");
        if (where) {
            html.element("th", texts.of("namespace"));
        }
        shown.forEach(i -> html.element("th", KubeObject.of(columns.get(i)).text("name")));
        html.raw("</tr>\n");
        for (Map<String, Object> each : rows(reply)) {
            KubeObject row = KubeObject.of(each);
            html.raw("<tr>");
            String home = row.text("object", "metadata", "namespace");
            if (where) {
                html.raw("<td>");
                link(html, home);
                html.raw("</td>");
            }
            List<?> cells = row.at("cells") instanceof List<?> list ? list : List.of();
            for (int i : shown) {
                String value = i < cells.size() ? String.valueOf(cells.get(i)) : "";
                cell(html, kind, KubeObject.of(columns.get(i)).text("name"), value);
            }
            html.raw("</tr>\n");
        }
        html.raw("</table></div>\n");
    }

    private static void cell(Html html, Kind kind, String column, String value) {
        if (kind.resource().equals("namespaces") && column.equals("Name")) {
            html.raw("<td>");
            link(html, value);
            html.raw("</td>");
        } else if (column.equals("Status")) {
            html.element("td", GOOD.contains(value) ? "ok" : "bad", value);
        } else {
            html.element("td", value);
        }
    }

    private static void link(Html html, String namespace) {
        html.raw("<a href=\"?namespace=")
                .text(namespace)
                .raw("\">")
                .text(namespace)
                .raw("</a>");
    }
}
