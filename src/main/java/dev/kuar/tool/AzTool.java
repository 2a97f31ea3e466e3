package dev.kuar.tool;

import dev.kuar.process.Invocation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The stand-in of az: {@code login}, {@code account}, {@code group} and {@code aks}. */
final class AzTool extends StandIn {
    static final String PROFILE = "aks";
    private static final List<String> COMMANDS = List.of(
            "aks create",
            "aks list",
            "aks show",
            "aks get-credentials",
            "aks delete",
            "group create",
            "group list",
            "group delete",
            "group show",
            "account show",
            "login",
            "logout",
            "version");
    private static final Arguments.Flags FLAGS = Arguments.Flags.of(
            "name,n,g-name",
            "resource-group,g",
            "location,l",
            "node-count,c",
            "kubernetes-version,k",
            "output,o",
            "file,f",
            "context",
            "ssh-key-value",
            "node-vm-size,s",
            "subscription",
            "query",
            "generate-ssh-keys!",
            "no-ssh-key!",
            "yes,y!",
            "no-wait!",
            "overwrite-existing!",
            "admin,a!",
            "use-device-code!",
            "help,h!");

    private final ToolState state;
    private final ClusterHost host;

    AzTool(ClusterHost host, Path directory) {
        super(COMMANDS);
        this.host = host;
        state = new ToolState(directory, "az");
    }

    @Override
    int call(Invocation run) throws InterruptedException {
        List<String> line = run.arguments();
        if (line.isEmpty() || line.equals(List.of("--help"))) {
            run.output().print(AzHelp.text(""));
            return 0;
        }
        String joined = String.join(" ", line) + " ";
        String command = COMMANDS.stream()
                .filter(c -> joined.startsWith(c + " "))
                .findFirst()
                .orElseThrow(() -> unknown(line));
        List<String> rest = line.subList(command.split(" ").length, line.size());
        Arguments arguments;
        try {
            arguments = Arguments.parse(rest, FLAGS);
        } catch (UnknownFlagException e) {
            throw new ToolFailure(
                    2,
                    e.valueMissing()
                            ? "argument " + e.flag() + ": expected one argument"
                            : missing(command, Arguments.parse(known(rest), FLAGS))
                                            .map(m -> m + "\n")
                                            .orElse("") + "unrecognized arguments: " + String.join(" ", strays(rest)));
        }
        if (arguments.has("help")) {
            run.output().print(AzHelp.text(command));
            return 0;
        }
        missing(command, arguments).ifPresent(text -> {
            throw new ToolFailure(2, text);
        });
        return dispatch(run, command, arguments);
    }

    private int dispatch(Invocation run, String command, Arguments arguments) throws InterruptedException {
        switch (command) {
            case "login" -> login(run);
            case "logout" -> state.remove("account");
            case "version" ->
                run.output().print("{\n  \"azure-cli\": \"2.77.0\",\n  \"azure-cli-core\": \"2.77.0\"\n}\n");
            default -> {
                if (state.get("account").isEmpty()) {
                    throw new ToolFailure(1, "Please run 'az login' to setup account.");
                }
                if (command.equals("account show")) {
                    run.output().print(account(state.get("account").orElse("")));
                } else if (command.startsWith("group ")) {
                    new AzGroups(host, state).run(run, command, arguments);
                } else {
                    new AksClusters(host, state).run(run, command, arguments);
                }
            }
        }
        return 0;
    }

    private void login(Invocation run) {
        state.put("account", "learner@example.com");
        run.error().println("Practice login: no browser is opened and nobody is asked.");
        run.output()
                .print("[\n" + account("learner@example.com").stripTrailing().indent(2) + "]\n");
    }

    private static String account(String user) {
        return """
            {
              "environmentName": "AzureCloud",
              "id": "00000000-0000-0000-0000-000000000000",
              "isDefault": true,
              "name": "Practice",
              "state": "Enabled",
              "tenantId": "00000000-0000-0000-0000-000000000000",
              "user": {
                "name": "%s",
                "type": "user"
              }
            }
            """.formatted(user);
    }

    private static java.util.Optional<String> missing(String command, Arguments arguments) {
        List<String> missing = new ArrayList<>();
        boolean group = command.startsWith("group ");
        boolean named = group || command.startsWith("aks ");
        if (!named || command.endsWith(" list")) {
            return java.util.Optional.empty();
        }
        if (arguments.flag("name").isEmpty()
                && !(group && arguments.flag("resource-group").isPresent())) {
            missing.add(group ? "--name/--resource-group/-n/-g" : "--name/-n");
        }
        if (!group && arguments.flag("resource-group").isEmpty()) {
            missing.add("--resource-group/-g");
        }
        if (command.equals("group create") && arguments.flag("location").isEmpty()) {
            missing.add("--location/-l");
        }
        return missing.isEmpty()
                ? java.util.Optional.empty()
                : java.util.Optional.of("the following arguments are required: " + String.join(", ", missing));
    }

    /** The words of a line that the command knows. */
    private static List<String> known(List<String> rest) {
        List<String> strays = strays(rest);
        return rest.stream().filter(w -> !strays.contains(w)).toList();
    }

    private static List<String> strays(List<String> rest) {
        List<String> strays = new ArrayList<>();
        for (int i = 0; i < rest.size(); i++) {
            String word = rest.get(i);
            String flag = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
            if (word.startsWith("-") && FLAGS.longName(flag).isEmpty()) {
                strays.add(word);
                if (!word.contains("=")
                        && i + 1 < rest.size()
                        && !rest.get(i + 1).startsWith("-")) {
                    strays.add(rest.get(i + 1));
                }
            }
        }
        return strays;
    }

    private static ToolFailure unknown(List<String> line) {
        String first = line.get(0);
        boolean group = COMMANDS.stream().anyMatch(c -> c.startsWith(first + " "));
        if (group && line.size() == 1) {
            return new ToolFailure(0, AzHelp.text(first));
        }
        String word = group ? line.get(1) : first;
        return new ToolFailure(
                2,
                "'" + word + "' is misspelled or not recognized by the system.\nThis stand-in has: "
                        + String.join(", ", COMMANDS));
    }
}
