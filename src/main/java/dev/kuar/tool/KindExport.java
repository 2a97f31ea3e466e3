package dev.kuar.tool;

import dev.kuar.kube.YamlText;
import dev.kuar.process.Invocation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code kind export kubeconfig}. */
final class KindExport {
    private final ClusterHost host;

    KindExport(ClusterHost host) {
        this.host = host;
    }

    int run(Invocation run, List<String> line, KindLog log) {
        Arguments arguments = Arguments.parse(line, Arguments.Flags.of("name,n", "kubeconfig", "internal!"));
        String name = KindTool.nameOf(run, arguments, KindTool.DEFAULT_NAME);
        if (host.find(name).isEmpty()) {
            throw KindTool.error("could not locate any control plane nodes for cluster named '" + name
                    + "'. Use the --name option to select a different cluster");
        }
        String context = KindTool.contextOf(name);
        KubeconfigFiles.add(
                KubeconfigFiles.written(run, arguments.flag("kubeconfig", "")),
                context,
                context,
                context,
                host.access(name));
        log.say("Set kubectl context to \"" + context + "\"");
        return 0;
    }

    /** A kubeconfig of its own for a cluster. */
    static String text(String name, ClusterHost.Access access) {
        String context = KindTool.contextOf(name);
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("apiVersion", "v1");
        tree.put("clusters", List.of(named("cluster", KubeconfigFiles.clusterBody(access), context)));
        Map<String, Object> pair = new LinkedHashMap<>();
        pair.put("cluster", context);
        pair.put("user", context);
        tree.put("contexts", List.of(named("context", pair, context)));
        tree.put("current-context", context);
        tree.put("kind", "Config");
        tree.put("users", List.of(named("user", KubeconfigFiles.certificateUser(access), context)));
        return YamlText.write(tree);
    }

    private static Map<String, Object> named(String key, Map<String, Object> body, String name) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put(key, body);
        entry.put("name", name);
        return entry;
    }
}
