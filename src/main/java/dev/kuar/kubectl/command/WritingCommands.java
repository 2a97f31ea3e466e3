package dev.kuar.kubectl.command;

import static dev.kuar.kubectl.command.CommandSpec.command;

import java.util.List;

/** The commands that change a cluster, or run something in it. */
final class WritingCommands {
    private WritingCommands() {}

    static List<CommandSpec> all() {
        return List.of(
                command(
                        "create",
                        "create -f FILENAME [options]",
                        "Create a resource from a file or from stdin.",
                        "kubectl create -f pod.yaml",
                        CreateCommand.FLAGS,
                        CreateCommand::run),
                command(
                        "apply",
                        "apply (-f FILENAME | -k DIRECTORY) [options]",
                        "Apply a configuration to a resource by file name or stdin.",
                        "kubectl apply -f web.yaml\ncat pod.json | kubectl apply -f -",
                        ApplyCommand.FLAGS,
                        ApplyCommand::run),
                command(
                        "delete",
                        "delete ([-f FILENAME] | [-k DIRECTORY] | TYPE [(NAME | -l label | --all)]) [options]",
                        "Delete resources by file names, stdin, resources and names, or by resources and label selector.",
                        "kubectl delete pod web\nkubectl delete -f web.yaml",
                        DeleteCommand.FLAGS,
                        DeleteCommand::run),
                command(
                        "run",
                        "run NAME --image=image [--env=\"key=value\"] [--port=port] [--dry-run=server|client]"
                                + " [--overrides=inline-json] [--command] -- [COMMAND] [args...] [options]",
                        "Create and run a particular image in a pod.",
                        "kubectl run -it --rm try --image=busybox:1.36 --restart=Never -- sh",
                        RunCommand.FLAGS,
                        RunCommand::run),
                command(
                        "exec",
                        "exec (POD | TYPE/NAME) [-c CONTAINER] [flags] -- COMMAND [args...] [options]",
                        "Execute a command in a container.",
                        "kubectl exec -it web -- /bin/sh",
                        ExecCommand.FLAGS,
                        ExecCommand::exec),
                command(
                        "attach",
                        "attach (POD | TYPE/NAME) -c CONTAINER [options]",
                        "Attach to a process that is already running inside an existing container.",
                        "kubectl attach web -it",
                        ExecCommand.FLAGS,
                        ExecCommand::attach),
                command(
                        "logs",
                        "logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER] [options]",
                        "Print the logs for a container in a pod or specified resource.",
                        "kubectl logs -f web\nkubectl logs -l app=web --prefix",
                        LogsCommand.FLAGS,
                        LogsCommand::run),
                command(
                        "wait",
                        "wait ([-f FILENAME] | resource.group/resource.name | resource.group [(-l label | --all)])"
                                + " [--for=create|--for=delete|--for condition=available] [options]",
                        "Wait for a specific condition on one or many resources.",
                        "kubectl wait --for=condition=Ready pod/web --timeout=60s",
                        WaitCommand.FLAGS,
                        WaitCommand::run));
    }
}
