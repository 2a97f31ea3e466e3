package dev.kuar.kubectl.rest;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Words a failed connection as kubectl does. */
final class Unreachable {
    private Unreachable() {}

    static Failure failure(IOException failure, ClientSettings settings, String method, String path) {
        URI server = URI.create(settings.server());
        if (isRefused(failure)) {
            return Failure.plain("The connection to the server " + server.getRawAuthority()
                    + " was refused - did you specify the right host or port?");
        }
        String why = why(failure, server);
        if (why.startsWith("getting credentials")) {
            return Failure.plain("Unable to connect to the server: " + why);
        }
        if (why.startsWith("net/http")) {
            return Failure.plain("Unable to connect to the server: " + why);
        }
        return Failure.plain(
                "Unable to connect to the server: " + why + ("EOF".equals(why) && method.isEmpty() ? path : ""));
    }

    private static boolean isRefused(IOException failure) {
        return failure instanceof ConnectException
                && String.valueOf(failure.getMessage()).contains("refused");
    }

    /** What Go's net package would have said. */
    static String why(IOException failure, URI server) {
        String address = server.getHost().replaceFirst("^localhost$", "127.0.0.1") + ":"
                + (server.getPort() < 0 ? 443 : server.getPort());
        if (isRefused(failure)) {
            return "dial tcp " + address + ": connect: connection refused";
        }
        if (failure instanceof UnknownHostException) {
            return "dial tcp: lookup " + server.getHost() + ": no such host";
        }
        if (failure instanceof NoRouteToHostException) {
            return "dial tcp " + address + ": connect: no route to host";
        }
        if (failure instanceof SocketTimeoutException) {
            return String.valueOf(failure.getMessage()).contains("onnect timed out")
                    ? "dial tcp " + address + ": i/o timeout"
                    : "net/http: request canceled (Client.Timeout exceeded while awaiting headers)";
        }
        if (failure instanceof SSLException) {
            return tls(failure, server);
        }
        return String.valueOf(failure.getMessage());
    }

    private static String tls(IOException failure, URI server) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertPathValidatorException path
                    && path.getReason() == CertPathValidatorException.BasicReason.EXPIRED) {
                return "tls: failed to verify certificate: x509: certificate has expired or is not yet valid";
            }
            String text = String.valueOf(cause.getMessage());
            if (cause instanceof CertificateException && text.startsWith("No ")) {
                return "tls: failed to verify certificate: x509: certificate is not valid for " + server.getHost();
            }
        }
        String text = String.valueOf(failure.getMessage());
        if (text.contains("PKIX") || text.contains("unable to find valid certification path")) {
            return "tls: failed to verify certificate: x509: certificate signed by unknown authority";
        }
        if (text.contains("plaintext connection") || text.contains("Unsupported or unrecognized SSL message")) {
            return "http: server gave HTTP response to HTTPS client";
        }
        return "remote error: tls: " + text.replaceFirst(".*alert: ", "").replace('_', ' ');
    }
}
