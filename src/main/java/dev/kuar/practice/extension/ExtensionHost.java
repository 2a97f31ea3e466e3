package dev.kuar.practice.extension;

import dev.kuar.practice.etcd.OwnEtcd;
import dev.kuar.practice.network.HttpRequest;
import dev.kuar.practice.network.HttpResponse;
import dev.kuar.practice.network.PortService;
import dev.kuar.practice.time.ClusterClock;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** The process that an extension API server is, and what it stands in. */
public interface ExtensionHost {
    ClusterClock clock();

    /** Asks the cluster's API server; one that cannot be reached is an answer of 502. */
    HttpResponse api(HttpRequest request);

    /** The text of a file; empty where there is none that can be read. */
    Optional<String> file(String path);

    /** The etcd that answers at a URL now; empty for none. */
    Optional<OwnEtcd> etcd(String url);

    /** What a server shows that has no certificate of its own. */
    SSLContext selfSigned();

    /** Listens; where somebody else does already the process ends. */
    boolean listen(int port, PortService service);

    void execute(Runnable work);

    /** Runs {@code action} when the process ends; at once if it has ended. */
    void atEnd(Runnable action);

    /** Writes a line as klog does. */
    void log(char level, String from, String text);

    /** Ends the process. */
    void end(int code);
}
