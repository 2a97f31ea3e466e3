package dev.kuar.tool;

/** What {@code az --help} says of the commands that the stand-in has. */
final class AzHelp {
    private AzHelp() {}

    static String text(String command) {
        return switch (command) {
            case "aks create" -> """

                Command
                    az aks create : Create a new managed Kubernetes cluster.

                Arguments
                    --name -n               [Required] : Name of the managed cluster.
                    --resource-group -g     [Required] : Name of resource group.
                    --kubernetes-version -k            : Version of Kubernetes to use for creating the cluster.
                    --node-count -c                    : Number of nodes in the Kubernetes node pool.  Default: 3.
                    --generate-ssh-keys                : Generate SSH public and private key files if missing.
                    --no-ssh-key -x                    : Do not use or create a local SSH key.
                """;
            case "group create" -> """

                Command
                    az group create : Create a new resource group.

                Arguments
                    --location -l                          [Required] : Location.
                    --name --resource-group -n -g          [Required] : Name of the new resource group.
                """;
            case "aks get-credentials" -> """

                Command
                    az aks get-credentials : Get access credentials for a managed Kubernetes cluster.

                Arguments
                    --name -n               [Required] : Name of the managed cluster.
                    --resource-group -g     [Required] : Name of resource group.
                    --context                          : If specified, overwrite the default context name.
                    --overwrite-existing               : Overwrite any existing cluster entry with the same name.
                """;
            default -> """

                Group
                    az

                Subgroups:
                    account   : Manage Azure subscription information.
                    aks       : Manage Azure Kubernetes Services (create, list, show, get-credentials, delete).
                    group     : Manage resource groups (create, list, show, delete).

                Commands:
                    login     : Log in to Azure.
                    logout    : Log out to remove access to Azure subscriptions.
                    version   : Show the versions of Azure CLI modules.
                """;
        };
    }
}
