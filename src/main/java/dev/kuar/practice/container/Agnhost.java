package dev.kuar.practice.container;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The program of the image of Kubernetes' own tests: its first word names what it does. */
final class Agnhost implements Tool.Waiting {
    private static final Map<String, Command> COMMANDS = new TreeMap<>();

    static {
        COMMANDS.put("netexec", Command.server(Netexec.FLAGS, Netexec::begin));
        COMMANDS.put("serve-hostname", Command.server(AgnhostServers.SERVE_HOSTNAME, AgnhostServers::serveHostname));
        COMMANDS.put("porter", Command.server(Map.of("json-response", "false"), AgnhostServers::porter));
        COMMANDS.put("liveness", Command.server(Map.of(), AgnhostServers::liveness));
        COMMANDS.put("test-webserver", Command.server(Map.of("port", "80"), AgnhostServers::testWebserver));
        COMMANDS.put("grpc-health-checking", Command.server(null, (task, flags) -> new ServerTool().begin(task)));
        COMMANDS.put("webhook", Command.server(TestWebhook.FLAGS, TestWebhook::begin));
        COMMANDS.put("crd-conversion-webhook", Command.server(TestConversion.FLAGS, TestConversion::begin));
        COMMANDS.put("guestbook", Command.tool(Guestbook.FLAGS, Guestbook::run));
        COMMANDS.put(
                "test-service-account-issuer-discovery", Command.tool(IssuerDiscovery.FLAGS, IssuerDiscovery::run));
        COMMANDS.put("nettest", Command.server(NetTest.FLAGS, NetTest::begin));
        COMMANDS.put("nonewprivs", Command.tool(Map.of(), KernelTools::effectiveUser));
        COMMANDS.put("pause", Command.server(Map.of(), AgnhostTools::pause));
        COMMANDS.put("mounttest", Command.tool(MountTest.FLAGS, MountTest::run));
        COMMANDS.put("entrypoint-tester", Command.tool(null, AgnhostTools::entrypointTester));
        COMMANDS.put("connect", Command.tool(AgnhostTools.CONNECT, AgnhostTools::connect));
        COMMANDS.put("dns-suffix", Command.tool(Map.of(), (task, flags) -> AgnhostTools.resolvConf(task, "search")));
        COMMANDS.put(
                "dns-server-list",
                Command.tool(Map.of(), (task, flags) -> AgnhostTools.resolvConf(task, "nameserver")));
        COMMANDS.put("etc-hosts", Command.tool(Map.of(), AgnhostTools::etcHosts));
        COMMANDS.put("logs-generator", Command.tool(AgnhostTools.LOGS, AgnhostTools::logsGenerator));
        COMMANDS.put("inclusterclient", Command.tool(Map.of("poll-interval", "30"), AgnhostTools::inClusterClient));
    }

    /** Does the work of a subcommand, or sets up what does and returns. */
    @FunctionalInterface
    interface Body {
        void run(Task task, GoFlags flags) throws IOException, InterruptedException, GoFlags.Wrong;
    }

    /**
     * A subcommand.
     *
     * @param flags with their defaults; null where the words are taken as they are
     * @param waits whether it sets itself up and returns, and ends its task by itself
     */
    private record Command(@Nullable Map<String, String> flags, Body body, boolean waits) {
        static Command server(@Nullable Map<String, String> flags, Body body) {
            return new Command(flags, body, true);
        }

        static Command tool(@Nullable Map<String, String> flags, Body body) {
            return new Command(flags, body, false);
        }
    }

    @Override
    public void begin(Task task) throws IOException {
        List<String> words = task.args().subList(1, task.args().size());
        if (words.isEmpty() || words.get(0).equals("--help") || words.get(0).equals("help")) {
            usage(task);
            task.end(0);
            return;
        }
        Command command = COMMANDS.get(words.get(0));
        if (command == null) {
            task.printError(
                    "Error: unknown command \"" + words.get(0) + "\" for \"app\"\nRun 'app --help' for usage.\n");
            task.end(1);
        } else if (command.waits()) {
            try {
                command.body().run(task, flags(command, words));
            } catch (GoFlags.Wrong e) {
                wrong(task, words.get(0), e);
                task.end(1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        } else {
            task.container().runtime().run(task, hosted -> {
                try {
                    command.body().run(hosted, flags(command, words));
                    return 0;
                } catch (GoFlags.Wrong e) {
                    wrong(hosted, words.get(0), e);
                    return 1;
                }
            });
        }
    }

    private static GoFlags flags(Command command, List<String> words) throws GoFlags.Wrong {
        Map<String, String> known = command.flags();
        return known == null
                ? GoFlags.parse(List.of(), Map.of())
                : GoFlags.parse(words.subList(1, words.size()), known);
    }

    private static void wrong(Task task, String command, GoFlags.Wrong why) throws IOException {
        task.printError("Error: " + why.getMessage() + "\nUsage:\n  app " + command + " [flags]\n\n");
    }

    private static void usage(Task task) throws IOException {
        task.println("Usage:\n  app [command]\n\nAvailable Commands:");
        for (String name : COMMANDS.keySet()) {
            task.println("  " + name);
        }
        task.println("\nUse \"app [command] --help\" for more information about a command.");
    }
}
