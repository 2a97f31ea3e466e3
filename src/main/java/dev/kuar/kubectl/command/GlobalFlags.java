package dev.kuar.kubectl.command;

/** The flags that every command knows. */
final class GlobalFlags {
    static final String FLAGS = """
            as string Username to impersonate for the operation.
            as-group array Group to impersonate for the operation, can be repeated.
            as-uid string UID to impersonate for the operation.
            as-user-extra array User extras to impersonate for the operation.
            cache-dir string Default cache directory.
            certificate-authority string Path to a cert file for the certificate authority.
            client-certificate string Path to a client certificate file for TLS.
            client-key string Path to a client key file for TLS.
            cluster string The name of the kubeconfig cluster to use.
            context string The name of the kubeconfig context to use.
            disable-compression bool Opt out of response compression.
            insecure-skip-tls-verify bool Don't check the server's certificate for validity.
            kubeconfig string Path to the kubeconfig file to use for CLI requests.
            kuberc string Path to the kuberc file to use for preferences.
            log-flush-frequency duration=5s Maximum number of seconds between log flushes.
            match-server-version bool Require server version to match client version.
            namespace,n string The namespace scope for this CLI request.
            password string Password for basic authentication to the API server.
            profile string=none Name of profile to capture.
            profile-output string=profile.pprof Name of the file to write the profile to.
            request-timeout string=0 How long to wait before giving up on a single server request.
            server,s string The address and port of the Kubernetes API server.
            tls-server-name string Server name to use for server certificate validation.
            token string Bearer token for authentication to the API server.
            user string The name of the kubeconfig user to use.
            username string Username for basic authentication to the API server.
            v,v int=0 Number for the log level verbosity.
            vmodule string Comma-separated list of pattern=N settings for file-filtered logging.
            warnings-as-errors bool Treat warnings received from the server as errors.
            """;

    private GlobalFlags() {}
}
