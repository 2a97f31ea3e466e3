package dev.kuar.practice.http;

import dev.kuar.practice.api.ApiServer;
import dev.kuar.practice.api.NodeConnector;
import dev.kuar.practice.time.ClusterClock;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * What the front serves and with what.
 *
 * @param api the server behind it
 * @param clock the cluster's clock
 * @param nodes the kubelets; asked for at the first stream
 * @param kubernetesVersion with its v
 * @param tls of the listener
 * @param trusted whether a client certificate was signed by the cluster's authority and is valid
 * @param tokenKey signs service-account tokens; its public half is shown under {@code /openid/v1/jwks}
 * @param frontProxy who may speak for others; asked for with each call that shows a certificate
 * @param site what is served beside resources
 * @param audit hears of every request
 * @param aggregation the APIs that pods serve
 * @param port on loopback; 0 for any that is free
 */
public record FrontParts(
        ApiServer api,
        ClusterClock clock,
        Supplier<NodeConnector> nodes,
        String kubernetesVersion,
        SSLContext tls,
        Predicate<X509Certificate> trusted,
        Supplier<KeyPair> tokenKey,
        Supplier<FrontProxy> frontProxy,
        FrontSite site,
        AuditListener audit,
        Aggregation aggregation,
        int port) {
    /** The same on another port. */
    public FrontParts at(int other) {
        return new FrontParts(
                api,
                clock,
                nodes,
                kubernetesVersion,
                tls,
                trusted,
                tokenKey,
                frontProxy,
                site,
                audit,
                aggregation,
                other);
    }
}
