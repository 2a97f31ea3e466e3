package dev.kuar.practice.extension;

import dev.kuar.practice.admission.Admission;
import dev.kuar.practice.api.ApiServer;
import dev.kuar.practice.api.ExtensionConfig;
import dev.kuar.practice.etcd.OwnEtcd;
import dev.kuar.practice.http.Aggregation;
import dev.kuar.practice.http.AuditListener;
import dev.kuar.practice.http.FrontParts;
import dev.kuar.practice.http.FrontSite;
import dev.kuar.practice.http.PipedFront;
import dev.kuar.practice.network.TlsPort;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.ClusterReader;
import dev.kuar.practice.object.JsonWriter;
import dev.kuar.practice.object.Status;
import dev.kuar.practice.pki.KeyStores;
import dev.kuar.practice.schema.Catalog;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;

/**
 * The sample API server of Kubernetes, of the group {@code wardle.example.com}, as a process of a container.
 *
 * <p>Models k8s.io/sample-apiserver 0.29: it trusts whom {@code extension-apiserver-authentication} names, asks the cluster's API server who
 * may do what, and keeps its objects in the etcd that it is told.
 */
public final class ExtensionServer {
    private static final Set<String> OF_ETCD = Set.of("etcd", "etcd-readiness");
    private static final List<String> CHECKS = List.of(
            "ping",
            "log",
            "etcd",
            "-etcd-readiness",
            "-informer-sync",
            "poststarthook/start-apiserver-admission-initializer",
            "poststarthook/generic-apiserver-start-informers",
            "poststarthook/max-in-flight-filter",
            "poststarthook/storage-object-count-tracker-hook",
            "poststarthook/start-sample-server-informers",
            "-shutdown");

    private final ExtensionHost host;
    private final ExtensionOptions options;
    private final MainApi api;

    private ExtensionServer(ExtensionHost host, ExtensionOptions options) {
        this.host = host;
        this.options = options;
        this.api = new MainApi(host);
    }

    /** Serves until the process ends; what keeps it from that ends the process. Blocks for as long as the start takes. */
    public static void start(ExtensionHost host, ExtensionOptions options) {
        new ExtensionServer(host, options).start();
    }

    private void start() {
        DelegatedAuthentication clients;
        try {
            clients = new DelegatedAuthentication(host, api);
        } catch (ApiException refused) {
            if (refused.code() == 403) {
                host.log(
                        'W',
                        "requestheader_controller.go:193",
                        "Unable to get configmap/extension-apiserver-authentication in kube-system.  Usually fixed by"
                                + " 'kubectl create rolebinding -n kube-system ROLEBINDING_NAME"
                                + " --role=extension-apiserver-authentication-reader --serviceaccount=YOUR_NS:YOUR_SA'");
            }
            fail("unable to load configmap based request-header-client-ca-file: " + refused.getMessage());
            return;
        }
        SSLContext identity;
        try {
            identity = identity(clients);
        } catch (GeneralSecurityException unreadable) {
            fail(String.valueOf(unreadable.getMessage()));
            return;
        }
        Catalog catalog = Catalog.ofExtension("wardle");
        ExtensionConfig config = new ExtensionConfig(
                clients::authenticate,
                new DelegatedAuthorizer(host, api),
                this::admission,
                new FlunderRules(),
                this::requireEtcd);
        EtcdBackend backend =
                new EtcdBackend(this::etcd, catalog, host.clock(), config, server -> front(server, clients));
        host.atEnd(backend::close);
        if (host.listen(options.port(), new TlsPort(identity, new PipedServer(host, backend)))) {
            host.log('I', "secure_serving.go:213", "Serving securely on [::]:" + options.port());
        }
    }

    private void fail(String why) {
        host.log('E', "run.go:74", "\"command failed\" err=" + JsonWriter.text(why));
        host.end(1);
    }

    private SSLContext identity(DelegatedAuthentication clients) throws GeneralSecurityException {
        if (options.certificate().isEmpty()) {
            return host.selfSigned();
        }
        String certificate = file(options.certificate());
        return KeyStores.asking(certificate, file(options.key()), clients.authorities());
    }

    private String file(String path) throws GeneralSecurityException {
        return host.file(path)
                .orElseThrow(() -> new GeneralSecurityException("open " + path + ": no such file or directory"));
    }

    private List<Admission> admission(ClusterReader own) {
        List<Admission> plugins = new ArrayList<>();
        plugins.add(new ClusterNamespaces(host, api));
        plugins.add(new BanFlunder(own));
        return plugins;
    }

    private Optional<OwnEtcd> etcd() {
        return options.etcd().stream().flatMap(url -> host.etcd(url).stream()).findFirst();
    }

    private void requireEtcd() {
        if (etcd().isEmpty()) {
            String address = options.etcd().get(0).replaceFirst("^[a-z]+://", "");
            throw new ApiException(Status.failure(
                    500,
                    "",
                    "rpc error: code = Unavailable desc = connection error: desc = \"transport: Error while dialing:"
                            + " dial tcp " + address + ": connect: connection refused\""));
        }
    }

    private PipedFront front(ApiServer server, DelegatedAuthentication clients) throws IOException {
        FrontSite site = new FrontSite(
                "sample-apiserver",
                false,
                "Wardle",
                "0.1",
                CHECKS,
                (path, check) -> !OF_ETCD.contains(check) || etcd().isPresent());
        return PipedFront.start(new FrontParts(
                server,
                host.clock(),
                () -> {
                    throw new IllegalStateException("there are no nodes here");
                },
                options.version(),
                host.selfSigned(),
                clients::trusts,
                () -> {
                    throw new IllegalStateException("no tokens are issued here");
                },
                clients::frontProxy,
                site,
                AuditListener.NONE,
                Aggregation.none(),
                0));
    }
}
