package dev.kuar.kubectl.command;

import static dev.kuar.kubectl.command.CommandSpec.command;

import java.util.List;

/** The commands below {@code kubectl create}. */
final class GeneratorCommands {
    private static final String COMMON = Results.FLAGS + """
            field-manager string=kubectl-create Name of the manager used to track field ownership.
            save-config bool If true, the configuration of current object will be saved in its annotation.
            validate string=strict|strict Must be one of: strict (or true), warn, ignore (or false).
            """;
    private static final String DATA = """
            append-hash bool Append a hash of the configmap or secret to its name.
            from-env-file strings Specify the path to a file to read lines of key=val pairs from.
            from-file strings Key files can be specified using their file path.
            from-literal array Specify a key and literal value to insert.
            """;
    private static final String SUBJECTS = """
            clusterrole string ClusterRole this binding should reference.
            group array Groups to bind to the role.
            role string Role this RoleBinding should reference.
            serviceaccount array Service accounts to bind to the role, in the format <namespace>:<name>.
            user array Usernames to bind to the role.
            """;
    private static final String RULES = """
            aggregation-rule strings An aggregation label selector for combining ClusterRoles.
            non-resource-url strings A partial url that user should have access to.
            resource strings Resource that the rule applies to.
            resource-name array Resource in the white list that the rule applies to.
            verb strings Verb that applies to the resources contained in the rule.
            """;

    private GeneratorCommands() {}

    private static CommandSpec spec(
            String names, String arguments, String summary, String flags, CommandSpec.Action action) {
        String path = "create " + names;
        return command(
                path, path.split("\\|")[0] + " " + arguments + " [options]", summary, "", flags + COMMON, action);
    }

    static List<CommandSpec> all() {
        return List.of(
                spec(
                        "namespace|ns",
                        "NAME",
                        "Create a namespace with the specified name.",
                        "",
                        AccessGenerators::namespace),
                spec(
                        "serviceaccount|sa",
                        "NAME",
                        "Create a service account with the specified name.",
                        "",
                        AccessGenerators::serviceAccount),
                spec(
                        "role",
                        "NAME --verb=verb --resource=resource",
                        "Create a role with single rule.",
                        RULES,
                        AccessGenerators::role),
                spec(
                        "clusterrole",
                        "NAME --verb=verb --resource=resource",
                        "Create a cluster role.",
                        RULES,
                        AccessGenerators::role),
                spec(
                        "rolebinding",
                        "NAME --clusterrole=NAME|--role=NAME",
                        "Create a role binding for a particular role or cluster role.",
                        SUBJECTS,
                        AccessGenerators::binding),
                spec(
                        "clusterrolebinding",
                        "NAME --clusterrole=NAME",
                        "Create a cluster role binding for a particular cluster role.",
                        SUBJECTS,
                        AccessGenerators::binding),
                spec("token", "SERVICE_ACCOUNT_NAME", "Request a service account token.", """
                        audience array Audience of the requested token.
                        bound-object-kind string Kind of an object to bind the token to.
                        bound-object-name string Name of an object to bind the token to.
                        bound-object-uid string UID of an object to bind the token to.
                        duration duration=0s Requested lifetime of the issued token.
                        """, AccessGenerators::token),
                spec(
                        "configmap|cm",
                        "NAME [--from-file=[key=]source] [--from-literal=key1=value1]",
                        "Create a config map from a local file, directory or literal value.",
                        DATA,
                        DataGenerators::configMap),
                command(
                        "create secret",
                        "create secret (docker-registry | generic | tls) [options]",
                        "Create a secret using a specified subcommand.",
                        "",
                        "",
                        null),
                spec(
                        "secret generic",
                        "NAME [--type=string] [--from-file=[key=]source]",
                        "Create a secret from a local file, directory, or literal value.",
                        DATA + "type string The type of secret to create.\n",
                        DataGenerators::secret),
                spec(
                        "secret tls",
                        "NAME --cert=path/to/cert/file --key=path/to/key/file",
                        "Create a TLS secret.",
                        "append-hash bool Append a hash of the secret to its name.\ncert string Path to PEM encoded public key certificate.\nkey string Path to private key associated with given certificate.\n",
                        DataGenerators::tls),
                spec(
                        "secret docker-registry",
                        "NAME --docker-username=user --docker-password=password",
                        "Create a secret for use with a Docker registry.",
                        """
                        append-hash bool Append a hash of the secret to its name.
                        docker-email string Email for Docker registry.
                        docker-password string Password for Docker registry authentication.
                        docker-server string=https://index.docker.io/v1/ Server location for Docker registry.
                        docker-username string Username for Docker registry authentication.
                        """,
                        DataGenerators::docker),
                spec(
                        "deployment|deploy",
                        "NAME --image=image -- [COMMAND] [args...]",
                        "Create a deployment with the specified name.",
                        "image strings Image names to run.\nport string The containerPort that this deployment exposes.\nreplicas,r int=1 Number of replicas to create.\n",
                        WorkloadGenerators::deployment),
                spec(
                        "job",
                        "NAME --image=image [--from=cronjob/name] -- [COMMAND] [args...]",
                        "Create a job with the specified name.",
                        "from string The name of the resource to create a Job from (only cronjob is supported).\nimage string Image name to run.\n",
                        WorkloadGenerators::job),
                spec(
                        "cronjob|cj",
                        "NAME --image=image --schedule='0/5 * * * ?' -- [COMMAND] [args...]",
                        "Create a cron job with the specified name.",
                        "image string Image name to run.\nrestart string job's restart policy.\nschedule string A schedule in the Cron format the job should be run with.\n",
                        WorkloadGenerators::cronJob),
                spec(
                        "poddisruptionbudget|pdb",
                        "NAME --selector=SELECTOR --min-available=N",
                        "Create a pod disruption budget with the specified name.",
                        "max-unavailable string The maximum number or percentage of unavailable pods.\nmin-available string The minimum number or percentage of available pods.\nselector string A label selector to use for this budget.\n",
                        WorkloadGenerators::budget),
                spec(
                        "priorityclass|pc",
                        "NAME --value=VALUE",
                        "Create a priority class with the specified name.",
                        "description string An arbitrary string that describes the priority class.\nglobal-default bool Whether this is the default priority.\npreemption-policy string=PreemptLowerPriority The policy for preempting pods.\nvalue int=0 The value of this priority class.\n",
                        WorkloadGenerators::priorityClass),
                spec(
                        "quota|resourcequota",
                        "NAME [--hard=key1=value1,key2=value2]",
                        "Create a quota with the specified name.",
                        "hard string A comma-delimited set of resource=quantity pairs.\nscopes string A comma-delimited set of quota scopes.\n",
                        WorkloadGenerators::quota),
                spec(
                        "ingress|ing",
                        "NAME --rule=host/path=service:port[,tls[=secret]]",
                        "Create an ingress with the specified name.",
                        "annotation array Annotation to insert in the ingress object.\nclass string Ingress Class to be used.\ndefault-backend string Default service for backend.\nrule array Rule in format host/path=service:port.\n",
                        ServiceGenerators::ingress),
                command(
                        "create service|svc",
                        "create service [options]",
                        "Create a service using a specified subcommand.",
                        "",
                        "",
                        null),
                spec(
                        "service clusterip",
                        "NAME [--tcp=<port>:<targetPort>]",
                        "Create a ClusterIP service.",
                        "clusterip string Assign your own ClusterIP or set to 'None'.\ntcp strings Port pairs can be specified as '<port>:<targetPort>'.\n",
                        ServiceGenerators::service),
                spec(
                        "service nodeport",
                        "NAME [--tcp=port:targetPort]",
                        "Create a NodePort service.",
                        "node-port int=0 Port used to expose the service on each node in a cluster.\ntcp strings Port pairs can be specified as '<port>:<targetPort>'.\n",
                        ServiceGenerators::service),
                spec(
                        "service loadbalancer",
                        "NAME [--tcp=port:targetPort]",
                        "Create a LoadBalancer service.",
                        "tcp strings Port pairs can be specified as '<port>:<targetPort>'.\n",
                        ServiceGenerators::service),
                spec(
                        "service externalname",
                        "NAME --external-name external.name",
                        "Create an ExternalName service.",
                        "external-name string External name of service.\ntcp strings Port pairs can be specified as '<port>:<targetPort>'.\n",
                        ServiceGenerators::service));
    }

    /** The one NAME that a generator needs. */
    static String name(Run run) {
        List<String> arguments = run.dash() >= 0 ? run.arguments().subList(0, run.dash()) : run.arguments();
        if (arguments.size() != 1) {
            throw run.usage("exactly one NAME is required, got " + arguments.size());
        }
        return arguments.get(0);
    }

    static dev.kuar.kubectl.rest.Failure required(String... flags) {
        return dev.kuar.kubectl.rest.Failure.error("required flag(s) \"" + String.join("\", \"", flags) + "\" not set");
    }
}
