package dev.kuar;

import dev.kuar.cli.CommandContext;
import dev.kuar.cli.KubeconfigSurroundings;
import dev.kuar.cli.PracticeStages;
import dev.kuar.cluster.Clusters;
import dev.kuar.cluster.PracticeHost;
import dev.kuar.error.UserException;
import dev.kuar.guard.Guard;
import dev.kuar.kubectl.ForeignKubectl;
import dev.kuar.kubectl.Kubectl;
import dev.kuar.kubectl.KubectlSession;
import dev.kuar.practice.ReusedKeys;
import dev.kuar.practice.RunSettings;
import dev.kuar.process.KuarHome;
import dev.kuar.process.Program;
import dev.kuar.process.ProgramRegistry;
import dev.kuar.shell.KuarHost;
import dev.kuar.tool.Toolbox;
import dev.kuar.tutor.LineRunner;
import dev.kuar.tutor.Stage;
import dev.kuar.tutor.Surroundings;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What surrounds the shells of one KUAR_HOME: its practice clusters, the tools of the book, kubectl. Everything is made
 * when it is first asked for, so that the first prompt waits for none of it.
 */
final class PracticeWorld implements AutoCloseable {
    private static final List<String> STAND_INS =
            List.of("kind", "minikube", "gcloud", "az", "eksctl", "docker", "helm");

    private final KuarHome home;
    private final RunSettings settings;
    private final Clock clock;
    private final Map<String, String> environment;
    private final Path directory;
    private @Nullable Guard guard;
    private @Nullable PracticeHost clusters;
    private @Nullable Toolbox toolbox;
    private @Nullable KubectlSession kubectl;

    /** {@code environment} and {@code directory} are where the learner's own kubeconfigs are looked for. */
    PracticeWorld(KuarHome home, Map<String, String> environment, Path directory) {
        this(home, environment, directory, RunSettings.USUAL, Clock.systemUTC());
    }

    private PracticeWorld(
            KuarHome home, Map<String, String> environment, Path directory, RunSettings settings, Clock clock) {
        this.home = home;
        this.clock = clock;
        this.environment = Map.copyOf(environment);
        this.directory = directory;
        this.settings = settings;
    }

    /** Where stand-ins install programs: it comes first on PATH, so that practice never meets an installed plugin. */
    static Path bin(KuarHome home) {
        return home.root().resolve("tools").resolve("google-cloud-sdk").resolve("bin");
    }

    KuarHome home() {
        return home;
    }

    void addTools(ProgramRegistry programs) {
        programs.tool("kubectl", () -> new WakingKubectl(new Kubectl(kubectl()), this::wake), this::foreignKubectl);
        for (String name : STAND_INS) {
            programs.tool(name, () -> standIn(name));
        }
    }

    /** A host whose lines reach this world; it opens no further ones. */
    KuarHost host() {
        return new KuarHost(
                        home, this::addTools, clock, PracticeWorld::stages, this::surroundings, this::clusterCommands)
                .guardedBy(this::guard);
    }

    synchronized Guard guard() {
        Guard made = guard;
        if (made == null) {
            made = new Guard(home, environment, directory, Clock.systemUTC());
            guard = made;
        }
        return made;
    }

    Clusters clusterCommands() {
        return new Clusters(clusters(), home, guard());
    }

    /** Starts the practice cluster of the current context where it sleeps; one that another process runs is left to it. */
    private void wake() {
        clusterCommands().current().filter(c -> c.running()).ifPresent(c -> clusters()
                .wake(c.name()));
    }

    /** Ahead of the first line, which says what is wrong if it is. */
    private void tryToWake() {
        try {
            wake();
        } catch (UserException saidByTheNextLine) {
            return;
        }
    }

    Surroundings surroundings() {
        var unused = guard().ready();
        Thread waking = new Thread(this::tryToWake, "wake");
        waking.setDaemon(true);
        waking.start();
        return new KubeconfigSurroundings(home.kubeconfig(), clusters());
    }

    /** Stages whose lines see the variables of {@code context}, each in a world of its own. */
    static Stage.Factory stages(CommandContext context) {
        Map<String, String> environment = Map.copyOf(context.invocation().environment());
        ReusedKeys keys = new ReusedKeys();
        return new PracticeStages(
                (home, folder) -> new OwnWorld(home, folder, environment, new RunSettings(keys.ofOneWorld())));
    }

    synchronized PracticeHost clusters() {
        PracticeHost made = clusters;
        if (made == null) {
            made = new PracticeHost(home.clusters(), settings);
            clusters = made;
        }
        return made;
    }

    @Override
    public synchronized void close() {
        if (clusters != null) {
            clusters.close();
        }
        if (kubectl != null) {
            kubectl.close();
        }
        if (guard != null) {
            guard.close();
        }
    }

    private synchronized Toolbox toolbox() {
        Toolbox made = toolbox;
        if (made == null) {
            made = new Toolbox(
                    clusters(),
                    home.root().resolve("tools"),
                    run -> new WakingKubectl(new Kubectl(kubectl()), this::wake).run(run),
                    clock);
            toolbox = made;
        }
        return made;
    }

    private Program standIn(String name) {
        return toolbox().find(name).orElseThrow();
    }

    private Program foreignKubectl(Program program) {
        return new WakingKubectl(
                new ForeignKubectl(program, kubectl(), clusters()::listen, clock), new Kubectl(kubectl()), this::wake);
    }

    private synchronized KubectlSession kubectl() {
        KubectlSession made = kubectl;
        if (made == null) {
            made = new KubectlSession(clock, guard().gate());
            kubectl = made;
        }
        return made;
    }

    /** A world with one session in it, for a stage. */
    private static final class OwnWorld implements PracticeStages.Parts {
        private final PracticeWorld world;
        private final LineRunner runner;
        private final StageClock clock = new StageClock(Clock.systemUTC());

        OwnWorld(KuarHome home, Path folder, Map<String, String> around, RunSettings settings) {
            this.world = new PracticeWorld(home, Map.of("HOME", home.root().toString()), folder, settings, clock);
            Map<String, String> environment = new HashMap<>(around);
            environment.put("HOME", home.root().toString());
            environment.put("KUAR_HOME", home.root().toString());
            String path = environment.getOrDefault("PATH", "");
            for (Path bin : world.toolbox().path()) {
                path = bin + java.io.File.pathSeparator + path;
            }
            environment.put("PATH", path);
            PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
            this.runner = world.host().lines(environment, folder, nowhere);
        }

        @Override
        public LineRunner runner() {
            return runner;
        }

        @Override
        public PracticeHost clusters() {
            return world.clusters();
        }

        @Override
        public String contextName(String cluster) {
            return world.clusters().contextName(cluster);
        }

        @Override
        public void silence(String cluster) {
            world.clusters().silence(cluster);
        }

        @Override
        public void answer(String cluster) {
            world.clusters().answer(cluster);
        }

        @Override
        public void runAt(double speed) {
            clock.runAt(speed);
            world.clusters().runAt(speed);
        }

        @Override
        public void stopNode(String cluster, String node) {
            world.clusters().stopNode(cluster, node);
        }

        @Override
        public void startNode(String cluster, String node) {
            world.clusters().startNode(cluster, node);
        }

        @Override
        public void close() {
            runner.close();
            world.close();
        }
    }
}
