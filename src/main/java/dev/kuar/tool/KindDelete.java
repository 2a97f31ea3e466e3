package dev.kuar.tool;

import dev.kuar.process.Invocation;
import java.util.List;

/** {@code kind delete cluster} and {@code kind delete clusters}. */
final class KindDelete {
    private final ClusterHost host;

    KindDelete(ClusterHost host) {
        this.host = host;
    }

    int run(Invocation run, List<String> line, KindLog log, String command) {
        if (command.endsWith("s")) {
            Arguments arguments = Arguments.parse(line, Arguments.Flags.of("all,A!", "kubeconfig"));
            List<String> names = arguments.has("all")
                    ? KindTool.clusters(host).stream()
                            .map(ClusterHost.Hosted::name)
                            .toList()
                    : arguments.words();
            names.forEach(name -> remove(run, arguments, name));
            log.say("Deleted clusters: " + KindGet.goList(names));
            return 0;
        }
        Arguments arguments = Arguments.parse(line, Arguments.Flags.of("name,n", "kubeconfig"));
        if (!arguments.words().isEmpty()) {
            throw KindTool.error("unknown command \"" + arguments.word(0) + "\" for \"kind delete cluster\"");
        }
        String name = KindTool.nameOf(run, arguments, KindTool.DEFAULT_NAME);
        log.say("Deleting cluster \"" + name + "\" ...");
        List<String> nodes = KindGet.nodes(host, name);
        remove(run, arguments, name);
        if (!nodes.isEmpty()) {
            log.say("Deleted nodes: " + KindGet.goList(nodes));
        }
        return 0;
    }

    private void remove(Invocation run, Arguments arguments, String name) {
        String context = KindTool.contextOf(name);
        KubeconfigFiles.remove(run, arguments.flag("kubeconfig", ""), context, context, context);
        if (host.find(name).filter(c -> c.profile().equals(KindTool.PROFILE)).isPresent()) {
            host.delete(name);
        }
    }
}
