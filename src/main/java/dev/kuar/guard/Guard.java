package dev.kuar.guard;

import dev.kuar.error.UserException;
import dev.kuar.kube.CommandRun;
import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.rest.ClientSettings;
import dev.kuar.kubectl.rest.Failure;
import dev.kuar.kubectl.rest.KubeConfig;
import dev.kuar.kubectl.rest.RequestGate;
import dev.kuar.output.Language;
import dev.kuar.output.Messages;
import dev.kuar.output.SafeText;
import dev.kuar.process.KuarHome;
import dev.kuar.process.ProgramRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps every cluster from being written to that is not practice, not made by kuar and not adopted.
 *
 * <p>{@link #ready} puts the learner's own contexts into kuar's kubeconfig, where they lead to a port of this process that lets only
 * reads through; the built-in kubectl asks {@link #gate} besides, for servers that a flag names. Nothing is read before the first
 * {@code ready}, and no credential plugin runs before a request needs it. Tokens and keys are this process's own and end with it.
 * Safe for many threads.
 */
public final class Guard implements AutoCloseable {
    private final KuarHome home;
    private final Clock clock;
    private final ForeignContexts contexts;
    private final Recognition recognition;
    private final GuardedKubeconfig kubeconfig;
    private final TrustBook trust;
    private final GuardedCopies copies;
    private final Peers peers;
    private final Doors doors = new Doors(this::messages);
    private final SecureRandom random = new SecureRandom();
    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private final Set<String> told = new HashSet<>();
    private volatile Language language = Language.EN;
    private @Nullable GuardServer server;
    private String settled = "";

    /** {@code environment} and {@code directory} are those that kuar was started with. */
    public Guard(KuarHome home, Map<String, String> environment, Path directory, Clock clock) {
        this.home = home;
        this.clock = clock;
        this.contexts = new ForeignContexts(environment, directory, home);
        this.recognition = new Recognition(home);
        this.kubeconfig = new GuardedKubeconfig(home, recognition);
        this.peers = new Peers(home.root().resolve("guarded"));
        this.trust = new TrustBook(home.configuration());
        this.copies = new GuardedCopies(home, environment, recognition, clock);
    }

    /**
     * Brings kuar's kubeconfig up to date; before each program that may read it. Cheap where no file changed.
     *
     * @param environment of the session, for the language
     * @return what the learner should hear about files that cannot be used; each thing once
     */
    public synchronized List<String> ready(Map<String, String> environment) {
        language = Language.of(environment);
        return ready();
    }

    /** The same in the language that was last asked for. */
    public synchronized List<String> ready() {
        if (!stamp().equals(settled)) {
            settle();
            settled = stamp();
        }
        List<String> news = new ArrayList<>();
        for (ForeignContexts.Problem each : contexts.problems()) {
            String text = messages().text(each.key(), each.file(), each.why());
            if (told.add(each.key() + each.file())) {
                news.add(text);
            }
        }
        return news;
    }

    /**
     * The same before a program of the system: where the line sets {@code KUBECONFIG} to another file, the program gets a copy whose
     * foreign contexts lead to the guard.
     *
     * @param environment of the program; {@code KUBECONFIG} is changed in it
     */
    public synchronized List<String> readyOutside(Map<String, String> environment, Path directory) {
        List<String> news = ready(environment);
        String list = environment.getOrDefault("KUBECONFIG", "");
        if (!list.isEmpty()) {
            environment.put("KUBECONFIG", guarded(list, directory));
        }
        return news;
    }

    /**
     * The words of a line for kubectl or Helm as programs of the system, with a guarded copy in place of {@code --kubeconfig}.
     *
     * @throws UserException when the line names a server that no context of kuar's kubeconfig leads to
     */
    public synchronized List<String> wordsOutside(List<String> words, Map<String, String> environment, Path directory) {
        Optional<String> named = ServerFlag.in(words, environment);
        if (named.isPresent() && !kubeconfig.leadsTo(named.get())) {
            throw UserException.saying(
                    GuardReason.SERVER_NAMED, "guard.past-the-guard", words.get(0), SafeText.of(named.get()));
        }
        return KubeconfigFlag.replace(words, file -> guarded(file, directory));
    }

    /** The same list of files, or the copy of it in which foreign contexts lead to the guard. */
    private String guarded(String list, Path directory) {
        if (list.equals(home.kubeconfig().toString())) {
            return list;
        }
        Optional<GuardedCopies.Copy> copy = copies.of(list, directory, this::token);
        if (copy.isEmpty()) {
            return list;
        }
        try {
            GuardServer listening = server();
            Path file = copy.get().write(listening.port(), listening.authorityPem());
            openAll(own());
            return file.toString();
        } catch (IOException e) {
            throw new UserException(GuardReason.CONFIG_UNUSABLE, String.valueOf(e.getMessage()), e);
        }
    }

    /** The doors of kuar's kubeconfig. */
    private List<Door> own() {
        List<Door> others = copies.doors();
        return doors.all().stream().filter(door -> !others.contains(door)).toList();
    }

    /** Those of kuar's kubeconfig and those of the copies. */
    private void openAll(List<Door> own) {
        List<Door> all = new ArrayList<>(own);
        copies.doors().stream().filter(door -> !all.contains(door)).forEach(all::add);
        doors.replace(all);
    }

    /** What the built-in kubectl asks before each request. */
    public RequestGate gate() {
        return this::check;
    }

    /** Hears of a tool that ran: one that made a real cluster wrote a context that kuar may write to from now on. */
    public void heard(CommandRun run) {
        if (run.exit() == 0 && Creations.isCreation(run.tool(), run.arguments(), trust)) {
            Creations.remember(run, kubeconfig, contexts, trust);
        }
    }

    /**
     * A foreign context as {@code cluster adopt} shows it.
     *
     * @param context its name in kuar's kubeconfig
     * @param server where the cluster is
     * @param user the name of the user entry
     * @param version of Kubernetes
     * @param uid of its namespace kube-system; empty where that may not be read
     */
    public record Foreign(String context, String server, String user, String version, String uid) {}

    /**
     * Asks a foreign cluster who it is; runs the credential plugin where there is one.
     *
     * @throws UserException when there is no such context or the cluster does not answer
     */
    public Foreign inspect(String context) {
        Door door = door(context);
        try {
            ClientSettings settings = door.upstream().settings();
            String version = door.upstream().version();
            String user = contexts.config().entry("contexts", door.context()).text("user");
            return new Foreign(
                    door.shown(),
                    settings.server(),
                    user,
                    version,
                    door.upstream().uid());
        } catch (Failure unreachable) {
            throw new UserException(GuardReason.CLUSTER_SILENT, unreachable.bare(), unreachable);
        }
    }

    /** Opens a context for writes, from now on and in later sessions, as long as it leads to the same cluster. */
    public synchronized void adopt(Foreign foreign) {
        Door door = door(foreign.context());
        Tree cluster = contexts.cluster(door.context());
        trust.adopt(new TrustBook.Entry(
                door.context(),
                foreign.server(),
                TrustBook.digest(Recognition.pem(ForeignContexts.authority(cluster))),
                foreign.uid(),
                "",
                "",
                ""));
        settle();
    }

    /** Closes a context again; whether it was open. */
    public synchronized boolean unadopt(String context) {
        String name = own().stream()
                .filter(door -> door.shown().equals(context))
                .map(Door::context)
                .findFirst()
                .orElse(context);
        boolean was = trust.unadopt(name);
        settle();
        return was;
    }

    /**
     * How a foreign context logs in, without doing it.
     *
     * @param server where the cluster is
     * @param plugin the credential plugin's command; empty for none
     * @param found where the plugin lies; empty where PATH has it not
     */
    public record Login(String server, String plugin, Optional<Path> found) {}

    /** How that context of kuar's kubeconfig logs in; empty where it is not foreign. */
    public Optional<Login> login(String context) {
        return own().stream()
                .filter(door -> door.shown().equals(context))
                .findFirst()
                .map(door -> {
                    KubeConfig all = contexts.config();
                    Tree entry = all.entry("contexts", door.context());
                    String plugin = all.entry("users", entry.text("user")).text("exec", "command");
                    return new Login(
                            contexts.cluster(door.context()).text("server"),
                            plugin,
                            plugin.isEmpty()
                                    ? Optional.empty()
                                    : ProgramRegistry.onPath(plugin, contexts.pluginEnvironment(), home.root()));
                });
    }

    /** The names of foreign contexts in kuar's kubeconfig, in order. */
    public List<String> names() {
        return own().stream().map(Door::shown).toList();
    }

    @Override
    public synchronized void close() {
        if (server != null) {
            server.close();
            peers.leave(server.port());
        }
        doors.all().forEach(door -> door.upstream().close());
    }

    private Door door(String context) {
        return own().stream()
                .filter(door -> door.shown().equals(context))
                .findFirst()
                .orElseThrow(() -> kubeconfig.read().hasEntry("contexts", context)
                        ? UserException.saying(GuardReason.NOT_FOREIGN, "guard.is-not-foreign", context)
                        : UserException.saying(GuardReason.NO_SUCH_CONTEXT, "guard.no-context", context));
    }

    private String stamp() {
        return ForeignContexts.stamp(home.kubeconfig()) + " " + contexts.stamp() + " "
                + ForeignContexts.stamp(home.configuration()) + " " + peers.stamp();
    }

    private void settle() {
        KubeConfig before;
        try {
            before = kubeconfig.read();
        } catch (Failure unreadable) {
            // The command that comes says what is wrong with the file; the guard leaves it as it is.
            return;
        }
        List<String> strays = kubeconfig.strays(before);
        kubeconfig.moveOut(before, strays);
        KubeConfig foreign = contexts.config();
        List<Door> now = open(foreign, kubeconfig.own(before, strays));
        openAll(now);
        peers.look(before, server == null ? 0 : server.port());
        if (!now.isEmpty()
                || before.merged().items("clusters").stream()
                        .anyMatch(cluster -> Recognition.isGuarded(cluster.text("cluster", "server")))) {
            GuardServer listening = now.isEmpty() ? null : server();
            kubeconfig.write(
                    before,
                    now,
                    listening == null ? 0 : listening.port(),
                    listening == null ? "" : listening.authorityPem(),
                    contexts,
                    peers);
        }
    }

    private List<Door> open(KubeConfig foreign, Set<String> own) {
        List<TrustBook.Entry> adopted = trust.adopted();
        List<Door> made = new ArrayList<>();
        for (Tree context : foreign.merged().items("contexts")) {
            String name = context.text("name");
            Tree cluster = foreign.entry("clusters", context.text("context", "cluster"));
            String server = cluster.text("server");
            String pem = Recognition.pem(ForeignContexts.authority(cluster));
            if (server.isEmpty()
                    || Recognition.isGuarded(server)
                    || recognition.ofPem(server, pem) != Standing.READ_ONLY) {
                continue;
            }
            Optional<TrustBook.Entry> entry = adopted.stream()
                    .filter(e -> e.context().equals(name)
                            && e.server().equals(server)
                            && e.authority().equals(TrustBook.digest(pem)))
                    .findFirst();
            Standing standing = entry.isPresent() ? Standing.ADOPTED : Standing.READ_ONLY;
            String shown = own.contains(name) ? GuardedKubeconfig.renamed(name) : name;
            Optional<Door> old =
                    own().stream().filter(door -> door.context().equals(name)).findFirst();
            made.add(new Door(
                    name,
                    shown,
                    old.map(Door::token).orElseGet(this::token),
                    Route.of(standing, name, server),
                    standing,
                    entry.map(TrustBook.Entry::uid).orElse(""),
                    foreign.entry("users", context.text("context", "user")).has("exec"),
                    old.map(Door::upstream).orElseGet(() -> new Upstream(name, contexts, clock))));
        }
        return made;
    }

    private GuardServer server() {
        GuardServer running = server;
        if (running == null) {
            try {
                running = new GuardServer(doors, clock.instant());
                peers.announce(running.port());
            } catch (IOException e) {
                throw new UserException(GuardReason.CLUSTER_SILENT, String.valueOf(e.getMessage()), e);
            }
            server = running;
        }
        return running;
    }

    private String token() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return "kuar-" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private void check(ClientSettings settings, String method, String path, Map<String, String> headers) {
        String server = settings.server();
        String key = server + " " + settings.authority().hashCode();
        if (known.contains(key)) {
            return;
        }
        if (Recognition.isGuarded(server)) {
            doors.at(server)
                    .filter(door -> door.standing() == Standing.READ_ONLY)
                    .ifPresent(door -> judge(door.shown(), method, path, headers));
            return;
        }
        if (recognition.ofPem(server, settings.authority()).isWritable()) {
            known.add(key);
            return;
        }
        judge(settings.context().isEmpty() ? server : settings.context(), method, path, headers);
    }

    /** Refuses what is no reading, before it is sent. */
    private void judge(String where, String method, String path, Map<String, String> headers) {
        ReadOnlyRule.Verdict verdict = ReadOnlyRule.judge(method, path, headers.containsKey("Upgrade"));
        if (verdict != ReadOnlyRule.Verdict.ALLOWED) {
            int mark = path.indexOf('?');
            String action = method + " " + (mark < 0 ? path : path.substring(0, mark));
            throw Failure.ofStatus(
                    StatusText.of(403, "Forbidden", doors.refusal(Standing.READ_ONLY, verdict, where, action)));
        }
    }

    private Messages messages() {
        return new Messages(language);
    }
}
