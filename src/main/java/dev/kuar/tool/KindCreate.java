package dev.kuar.tool;

import dev.kuar.kube.YamlText;
import dev.kuar.process.Invocation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code kind create cluster}. */
final class KindCreate {
    private static final Arguments.Flags FLAGS =
            Arguments.Flags.of("name,n", "config", "image", "wait", "kubeconfig", "retain!");
    private static final Pattern NAME = Pattern.compile("^[a-z0-9.-]+$");
    private static final Pattern IMAGE =
            Pattern.compile("^(?:docker\\.io/)?kindest/node:(v\\d+\\.\\d+\\.\\d+)(?:@sha256:[0-9a-f]+)?$");
    private static final String DEFAULT_VERSION = "v1.36.2";

    private final ClusterHost host;

    KindCreate(ClusterHost host) {
        this.host = host;
    }

    int run(Invocation run, List<String> line, KindLog log) throws InterruptedException {
        Arguments arguments = Arguments.parse(line, FLAGS);
        if (!arguments.words().isEmpty()) {
            throw KindTool.error("unknown command \"" + arguments.word(0) + "\" for \"kind create cluster\"");
        }
        Duration wait = wait(arguments.flag("wait", "0s"));
        Config config = config(run, arguments.flag("config", ""));
        String name = KindTool.nameOf(run, arguments, config.name());
        String version = version(arguments.flag("image", config.image()));
        if (host.find(name).isPresent()) {
            throw KindTool.error(
                    "failed to create cluster: node(s) already exist for a cluster with the name \"" + name + "\"");
        }
        if (!NAME.matcher(name).matches()) {
            throw KindTool.error("failed to create cluster: '" + name
                    + "' is not a valid cluster name, cluster names must match `" + NAME.pattern() + "`");
        }
        create(
                run,
                log,
                arguments,
                new ClusterHost.Order(name, KindTool.PROFILE, config.nodes(), version, Map.of()),
                wait);
        return 0;
    }

    private void create(Invocation run, KindLog log, Arguments arguments, ClusterHost.Order order, Duration wait)
            throws InterruptedException {
        String name = order.name();
        String kubeconfig = arguments.flag("kubeconfig", "");
        // Read before anything is made: a kubeconfig that cannot be read is said while nothing has to be undone.
        KubeconfigFiles.written(run, kubeconfig);
        log.say("Creating cluster \"" + name + "\" ...");
        log.begin("Ensuring node image (kindest/node:" + order.kubernetesVersion() + ") 🖼");
        log.begin("Preparing nodes" + " 📦".repeat(order.nodes()) + " ");
        log.begin("Writing configuration 📜");
        log.begin("Starting control-plane 🕹️");
        ClusterHost.Hosted made = host.create(order);
        log.begin("Installing CNI 🔌");
        log.begin("Installing StorageClass 💾");
        if (order.nodes() > 1) {
            log.begin("Joining worker nodes 🚜");
        }
        if (!wait.isZero()) {
            log.begin("Waiting ≤ " + text(wait) + " for control-plane = Ready ⏳");
            boolean ready = host.waitReady(made.name(), wait);
            log.end(ready);
            log.say(ready ? " • Ready after 0s 💚" : " • WARNING: Timed out waiting for Ready ⚠️");
        }
        log.end(true);
        String context = KindTool.contextOf(name);
        KubeconfigFiles.add(KubeconfigFiles.written(run, kubeconfig), context, context, context, host.access(name));
        log.say("Set kubectl context to \"" + context + "\"");
        log.say("You can now use your cluster with:\n\nkubectl cluster-info --context " + context
                + (kubeconfig.isEmpty() ? "" : " --kubeconfig " + kubeconfig));
        log.say("");
        log.say("Have a nice day! 👋");
    }

    private static String version(String image) {
        if (image.isEmpty()) {
            return DEFAULT_VERSION;
        }
        Matcher matcher = IMAGE.matcher(image);
        if (!matcher.matches()) {
            throw KindTool.error("failed to create cluster: failed to pull image \"" + image
                    + "\": command \"docker pull " + image + "\" failed with error: exit status 1");
        }
        return matcher.group(1);
    }

    private static Config config(Invocation run, String file) {
        if (file.isEmpty()) {
            return new Config(KindTool.DEFAULT_NAME, 1, "");
        }
        try {
            String text = file.equals("-")
                    ? new String(run.input().readAllBytes(), StandardCharsets.UTF_8)
                    : Files.readString(run.directory().resolve(file));
            Map<String, Object> tree = YamlText.read(file, text);
            if (!"Cluster".equals(tree.get("kind"))) {
                throw KindTool.error("failed to create cluster: unknown kind " + tree.get("kind") + " for apiVersion: "
                        + tree.get("apiVersion"));
            }
            List<?> nodes = tree.get("nodes") instanceof List<?> list ? list : List.of();
            String image = nodes.isEmpty()
                            || !(nodes.get(0) instanceof Map<?, ?> first)
                            || !(first.get("image") instanceof String i)
                    ? ""
                    : i;
            Object name = tree.get("name");
            return new Config(name instanceof String n ? n : KindTool.DEFAULT_NAME, Math.max(1, nodes.size()), image);
        } catch (java.nio.file.NoSuchFileException e) {
            throw KindTool.error(
                    "failed to create cluster: error reading file: open " + file + ": no such file or directory");
        } catch (IOException e) {
            throw KindTool.error("failed to create cluster: error reading file: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw KindTool.error("failed to create cluster: unable to decode config: " + e.getMessage());
        }
    }

    /** A Go duration made of h, m and s. */
    private static Duration wait(String text) {
        Matcher matcher =
                Pattern.compile("(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)s)?").matcher(text);
        if (text.isEmpty() || !matcher.matches()) {
            throw KindTool.error("invalid argument \"" + text + "\" for \"--wait\" flag: time: "
                    + (text.matches("\\d+") ? "missing unit in duration \"" : "invalid duration \"") + text + "\"");
        }
        return Duration.ofHours(part(matcher, 1)).plusMinutes(part(matcher, 2)).plusSeconds(part(matcher, 3));
    }

    private static long part(Matcher matcher, int group) {
        String digits = matcher.group(group);
        return digits == null ? 0 : Long.parseLong(digits);
    }

    private static String text(Duration duration) {
        long seconds = duration.toSeconds();
        String minutes = seconds >= 60 ? seconds / 60 + "m" : "";
        String rest = seconds % 60 + "s";
        return seconds >= 60 && seconds % 60 == 0 ? minutes + "0s" : minutes + rest;
    }

    private record Config(String name, int nodes, String image) {}
}
