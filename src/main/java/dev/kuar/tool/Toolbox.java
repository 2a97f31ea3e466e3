package dev.kuar.tool;

import dev.kuar.process.Program;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * The tools of the book by name, as stand-ins that act on practice clusters.
 *
 * <p>Programs come ready to run and keep what they must remember (gcloud's project, az's groups) in the state directory.
 */
public final class Toolbox {
    private final Map<String, Program> standIns = new TreeMap<>();
    private final List<Path> path;

    /**
     * Makes the stand-ins; nothing is read or started yet.
     *
     * @param host where their clusters are
     * @param state a directory of their own, made at need
     * @param kubectl what helm and minikube reach clusters with
     * @param clock when helm deploys
     */
    public Toolbox(ClusterHost host, Path state, Program kubectl, Clock clock) {
        standIns.put("kind", new KindTool(host));
        standIns.put("minikube", new MinikubeTool(host, kubectl));
        standIns.put("gcloud", new GcloudTool(host, state));
        standIns.put("az", new AzTool(host, state));
        standIns.put("eksctl", new EksctlTool(host, RandomGenerator.getDefault()));
        standIns.put("docker", new DockerTool(host));
        standIns.put("helm", new HelmTool(kubectl, state, clock));
        path = List.of(new GkePlugin(state).bin());
    }

    /** Directories that belong at the end of the session's PATH, for the programs that stand-ins install. */
    public List<Path> path() {
        return path;
    }

    /** The names that have a stand-in. */
    public Set<String> names() {
        return standIns.keySet();
    }

    /** The stand-in of that name. */
    public Optional<Program> find(String name) {
        return Optional.ofNullable(standIns.get(name));
    }
}
