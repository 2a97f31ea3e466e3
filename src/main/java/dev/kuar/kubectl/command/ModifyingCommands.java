package dev.kuar.kubectl.command;

import static dev.kuar.kubectl.command.CommandSpec.command;

import java.util.List;

/** The commands that change what is there, ask for rights, or look after kubeconfigs. */
final class ModifyingCommands {
    private ModifyingCommands() {}

    static List<CommandSpec> all() {
        return List.of(
                command("port-forward", "port-forward TYPE/NAME [options] [LOCAL_PORT:]REMOTE_PORT [...[LOCAL_PORT_N:]REMOTE_PORT_N]", "Forward one or more local ports to a pod.", "kubectl port-forward svc/web 8080:80", PortForwardCommand.FLAGS, PortForwardCommand::run),
                command("replace", "replace -f FILENAME [options]", "Replace a resource by file name or stdin.", "kubectl replace -f pod.json", ReplaceCommand.FLAGS, ReplaceCommand::run),
                command("patch", "patch (-f FILENAME | TYPE NAME) [-p PATCH|--patch-file FILE] [options]", "Update fields of a resource using strategic merge patch, a JSON merge patch, or a JSON patch.", "kubectl patch deploy web -p '{\"spec\":{\"replicas\":2}}'", PatchCommand.FLAGS, PatchCommand::run),
                command("label", "label [--overwrite] (-f FILENAME | TYPE NAME) KEY_1=VAL_1 ... KEY_N=VAL_N [options]", "Update the labels on a resource.", "kubectl label pods web tier=front\nkubectl label pods web tier-", LabelCommand.FLAGS, LabelCommand::label),
                command("annotate", "annotate [--overwrite] (-f FILENAME | TYPE NAME) KEY_1=VAL_1 ... KEY_N=VAL_N [options]", "Update the annotations on one or more resources.", "kubectl annotate pods web note='mine'", LabelCommand.FLAGS, LabelCommand::annotate),
                command("scale", "scale [--resource-version=version] [--current-replicas=count] --replicas=COUNT (-f FILENAME | TYPE NAME) [options]", "Set a new size for a deployment, replica set, replication controller, or stateful set.", "kubectl scale deploy/web --replicas=3", ScaleCommand.FLAGS, ScaleCommand::run),
                command("expose", "expose (-f FILENAME | TYPE NAME) [--port=port] [--protocol=TCP|UDP|SCTP] [--target-port=number-or-name] [--name=name] [--type=type] [options]", "Expose a resource as a new Kubernetes service.", "kubectl expose deploy web --port=80", ExposeCommand.FLAGS, ExposeCommand::run),
                command("rollout", "rollout SUBCOMMAND [options]", "Manage the rollout of one or many resources.", "kubectl rollout status deploy/web", "", null),
                command("rollout status", "rollout status (TYPE NAME | TYPE/NAME) [flags] [options]", "Show the status of the rollout.", "kubectl rollout status deploy/web", RolloutCommand.FLAGS, RolloutCommand::status),
                command("rollout history", "rollout history (TYPE NAME | TYPE/NAME) [flags] [options]", "View previous rollout revisions and configurations.", "kubectl rollout history deploy/web", RolloutCommand.FLAGS, RolloutCommand::history),
                command("rollout undo", "rollout undo (TYPE NAME | TYPE/NAME) [flags] [options]", "Roll back to a previous rollout.", "kubectl rollout undo deploy/web", RolloutCommand.FLAGS, RolloutCommand::undo),
                command("rollout pause", "rollout pause RESOURCE [options]", "Mark the provided resource as paused.", "kubectl rollout pause deploy/web", RolloutCommand.FLAGS, RolloutCommand::pause),
                command("rollout resume", "rollout resume RESOURCE [options]", "Resume a paused resource.", "kubectl rollout resume deploy/web", RolloutCommand.FLAGS, RolloutCommand::resume),
                command("rollout restart", "rollout restart RESOURCE [options]", "Restart a resource.", "kubectl rollout restart deploy/web", RolloutCommand.FLAGS, RolloutCommand::restart),
                command("set", "set SUBCOMMAND [options]", "Configure application resources.", "", "", null),
                command("set image", "set image (-f FILENAME | TYPE NAME) CONTAINER_NAME_1=CONTAINER_IMAGE_1 [options]", "Update existing container image(s) of resources.", "kubectl set image deploy/web nginx=nginx:1.28", SetImageCommand.FLAGS, SetImageCommand::image),
                command("set env", "set env RESOURCE/NAME KEY_1=VAL_1 ... KEY_N=VAL_N [options]", "Update environment variables on a pod template.", "kubectl set env deploy/web COLOR=blue", SetImageCommand.FLAGS, SetImageCommand::env),
                command("cordon", "cordon NODE [options]", "Mark node as unschedulable.", "kubectl cordon worker", NodeCommands.FLAGS, NodeCommands::cordon),
                command("uncordon", "uncordon NODE [options]", "Mark node as schedulable.", "kubectl uncordon worker", NodeCommands.FLAGS, NodeCommands::uncordon),
                command("taint", "taint NODE NAME KEY_1=VAL_1:TAINT_EFFECT_1 ... [options]", "Update the taints on one or more nodes.", "kubectl taint nodes worker a=b:NoSchedule", NodeCommands.FLAGS, NodeCommands::taint),
                command("set resources", "set resources (-f FILENAME | TYPE NAME) ([--limits=LIMITS & --requests=REQUESTS] [options]", "Specify compute resource requirements for any resource that defines a pod template.", "kubectl set resources deploy web --limits=cpu=200m,memory=512Mi", SetOtherCommand.FLAGS, SetOtherCommand::resources),
                command("set serviceaccount|sa", "set serviceaccount (-f FILENAME | TYPE NAME) SERVICE_ACCOUNT [options]", "Update the service account of pod template resources.", "kubectl set serviceaccount deploy web robot", SetOtherCommand.FLAGS, SetOtherCommand::serviceAccount),
                command("set selector", "set selector (-f FILENAME | TYPE NAME) EXPRESSIONS [--resource-version=version] [options]", "Set the selector on a resource.", "kubectl set selector svc web app=web", SetOtherCommand.FLAGS, SetOtherCommand::selector),
                command("autoscale", "autoscale (-f FILENAME | TYPE NAME | TYPE/NAME) [--min=MINPODS] --max=MAXPODS [--cpu=CPU] [options]", "Creates an autoscaler that automatically chooses and sets the number of pods that run in a Kubernetes cluster.", "kubectl autoscale deploy web --min=2 --max=10", SetOtherCommand.AUTOSCALE_FLAGS, SetOtherCommand::autoscale),
                command("apply view-last-applied", "apply view-last-applied (TYPE [NAME | -l label] | TYPE/NAME | -f FILENAME) [options]", "View the latest last-applied-configuration annotations by type/name or file.", "", LastAppliedCommand.FLAGS, LastAppliedCommand::view),
                command("apply set-last-applied", "apply set-last-applied -f FILENAME [options]", "Set the latest last-applied-configuration annotations.", "", LastAppliedCommand.FLAGS, LastAppliedCommand::set),
                command("diff", "diff -f FILENAME [options]", "Diff configurations specified by file name or stdin between the current online configuration, and the configuration as it would be if applied.", "kubectl diff -f web.yaml", DiffCommand.FLAGS, DiffCommand::run),
                command("edit", "edit (RESOURCE/NAME | -f FILENAME) [options]", "Edit a resource from the default editor.", "KUBE_EDITOR=nano kubectl edit svc/web", EditCommand.FLAGS, EditCommand::run),
                command("cp", "cp <file-spec-src> <file-spec-dest> [options]", "Copy files and directories to and from containers.", "kubectl cp note.txt web:/tmp/note.txt", CpCommand.FLAGS, CpCommand::run),
                command("drain", "drain NODE [options]", "Drain node in preparation for maintenance.", "kubectl drain worker --ignore-daemonsets", DrainCommand.FLAGS, DrainCommand::run),
                command("events", "events [(-o|--output=)json|yaml] [--for TYPE/NAME] [--watch] [--types=Normal,Warning] [options]", "Display events.", "kubectl events --for pod/web", EventsCommand.FLAGS, EventsCommand::run),
                command("auth", "auth [flags] [options]", "Inspect authorization.", "", "", null),
                command("auth can-i", "auth can-i VERB [TYPE | TYPE/NAME | NONRESOURCEURL] [options]", "Check whether an action is allowed.", "kubectl auth can-i create deployments\nkubectl auth can-i --list", AuthCommand.CAN_FLAGS, AuthCommand::canI),
                command("auth whoami", "auth whoami [options]", "Check self subject attributes.", "kubectl auth whoami", Results.FLAGS, AuthCommand::whoAmI),
                command("config", "config SUBCOMMAND [options]", "Modify kubeconfig files.", "kubectl config get-contexts", "", null),
                command("config view", "config view [options]", "Display merged kubeconfig settings.", "kubectl config view --minify", ConfigCommand.VIEW_FLAGS, ConfigCommand::view),
                command("config get-contexts", "config get-contexts [options]", "Describe one or many contexts.", "", ConfigCommand.LIST_FLAGS, ConfigCommand::getContexts),
                command("config current-context", "config current-context [flags] [options]", "Display the current-context.", "", "", ConfigCommand::currentContext),
                command("config use-context|use", "config use-context CONTEXT_NAME [options]", "Set the current-context in a kubeconfig file.", "", "", ConfigCommand::useContext),
                command("config get-clusters", "config get-clusters [options]", "Display clusters defined in the kubeconfig.", "", "", ConfigCommand::getClusters),
                command("config get-users", "config get-users [options]", "Display users defined in the kubeconfig.", "", "", ConfigCommand::getUsers),
                command("config delete-context", "config delete-context NAME [options]", "Delete the specified context from the kubeconfig.", "", "", ConfigCommand::deleteContext),
                command("config delete-cluster", "config delete-cluster NAME [options]", "Delete the specified cluster from the kubeconfig.", "", "", ConfigCommand::deleteCluster),
                command("config delete-user", "config delete-user NAME [options]", "Delete the specified user from the kubeconfig.", "", "", ConfigCommand::deleteUser),
                command("config rename-context", "config rename-context CONTEXT_NAME NEW_NAME [options]", "Rename a context from the kubeconfig file.", "", "", ConfigCommand::renameContext),
                command("config set", "config set PROPERTY_NAME PROPERTY_VALUE [options]", "Set an individual value in a kubeconfig file.", "kubectl config set contexts.my.namespace dev", "", SmallCommands::set),
                command("config unset", "config unset PROPERTY_NAME [options]", "Unset an individual value in a kubeconfig file.", "kubectl config unset current-context", "", SmallCommands::unset),
                command("config set-context", "config set-context [NAME | --current] [--cluster=cluster] [--user=user] [--namespace=namespace] [options]", "Set a context entry in kubeconfig.", "kubectl config set-context --current --namespace=kube-system", "current bool Modify the current context.\n", ConfigCommand::setContext),
                command("config set-cluster", "config set-cluster NAME [--server=server] [options]", "Set a cluster entry in kubeconfig.", "", "proxy-url string proxy-url for the cluster entry in kubeconfig.\n", ConfigCommand::setCluster),
                command("config set-credentials", "config set-credentials NAME [--token=bearer_token] [options]", "Set a user entry in kubeconfig.", "", "", ConfigCommand::setCredentials));
    }
}
