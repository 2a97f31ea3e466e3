package dev.kuar.practice.admission;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * One POST over TLS to a webhook, which may listen elsewhere than its name says. Failures are worded as Go's client words
 * them.
 */
final class HttpsPost {
    private static final int LARGEST = 8 << 20;

    private final SSLContext tls;
    private final Duration limit;

    /** @param limit for the whole call */
    HttpsPost(SSLContext tls, Duration limit) {
        this.tls = tls;
        this.limit = limit;
    }

    record Reply(int status, byte[] body) {}

    /**
     * Sends {@code body} to {@code host:port}, whose certificate must be for {@code host}.
     *
     * @param at the address that is dialled; null where {@code host} says it
     */
    Reply send(String host, int port, @Nullable InetSocketAddress at, String path, byte[] body) throws IOException {
        long end = System.nanoTime() + limit.toNanos();
        InetSocketAddress address = at == null ? resolve(host, port) : at;
        try (Socket plain = new Socket()) {
            plain.connect(address, left(end));
            return exchange(plain, host, port, path, body, end);
        } catch (ConnectException refused) {
            throw new IOException(
                    "dial tcp " + address.getAddress().getHostAddress() + ":" + address.getPort()
                            + ": connect: connection refused",
                    refused);
        } catch (SocketTimeoutException late) {
            throw new IOException("context deadline exceeded", late);
        }
    }

    /** The same over a connection that is there already; it is closed afterwards. */
    Reply over(Socket connected, String host, int port, String path, byte[] body) throws IOException {
        try (connected) {
            return exchange(connected, host, port, path, body, System.nanoTime() + limit.toNanos());
        }
    }

    private Reply exchange(Socket plain, String host, int port, String path, byte[] body, long end) throws IOException {
        try {
            plain.setSoTimeout(left(end));
            try (SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(plain, host, port, true)) {
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                socket.setSSLParameters(parameters);
                socket.startHandshake();
                String head = "POST " + path + " HTTP/1.1\r\nHost: " + host + ":" + port
                        + "\r\nUser-Agent: kube-apiserver-admission\r\nAccept: application/json, */*\r\n"
                        + "Content-Type: application/json\r\nContent-Length: " + body.length
                        + "\r\nConnection: close\r\n\r\n";
                socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().write(body);
                socket.getOutputStream().flush();
                socket.setSoTimeout(left(end));
                return read(new BufferedInputStream(socket.getInputStream()));
            }
        } catch (SocketTimeoutException late) {
            throw new IOException("context deadline exceeded", late);
        } catch (SSLException bad) {
            if (bad.getCause() instanceof SocketTimeoutException) {
                throw new IOException("context deadline exceeded", bad);
            }
            throw new IOException(words(bad), bad);
        } catch (EOFException ended) {
            throw new IOException("EOF", ended);
        }
    }

    private static InetSocketAddress resolve(String host, int port) throws IOException {
        try {
            return new InetSocketAddress(InetAddress.getByName(host.replaceAll("[\\[\\]]", "")), port);
        } catch (UnknownHostException unknown) {
            throw new IOException("dial tcp: lookup " + host + ": no such host", unknown);
        }
    }

    private static int left(long end) throws SocketTimeoutException {
        long millis = (end - System.nanoTime()) / 1_000_000;
        if (millis <= 0) {
            throw new SocketTimeoutException("the time is over");
        }
        return (int) millis;
    }

    private static String words(SSLException bad) {
        String message = String.valueOf(bad.getMessage());
        if (message.contains("plaintext connection") || message.contains("Unsupported or unrecognized")) {
            return "http: server gave HTTP response to HTTPS client";
        }
        String wrong = "tls: failed to verify certificate: x509: ";
        for (Throwable cause = bad; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertPathBuilderException) {
                return wrong + "certificate signed by unknown authority";
            }
            if (cause.getCause() == null && cause instanceof CertificateException) {
                return wrong + cause.getMessage();
            }
        }
        return bad instanceof SSLHandshakeException ? "remote error: tls: " + message : message;
    }

    private static Reply read(InputStream in) throws IOException {
        String first = line(in);
        String[] words = first.split(" ");
        if (words.length < 2 || !words[0].startsWith("HTTP/") || !words[1].matches("[0-9]{3}")) {
            throw new IOException("malformed HTTP response \"" + first + "\"");
        }
        int length = -1;
        boolean chunked = false;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(lower.substring(15).strip());
            } else if (lower.startsWith("transfer-encoding:")) {
                chunked = lower.contains("chunked");
            }
        }
        byte[] body = chunked ? chunks(in) : length >= 0 ? exactly(in, length) : in.readNBytes(LARGEST);
        return new Reply(Integer.parseInt(words[1]), body);
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        while (true) {
            int size = Integer.parseInt(line(in).split(";")[0].strip(), 16);
            if (size == 0) {
                return out.toByteArray();
            }
            if (out.size() + size > LARGEST) {
                throw new IOException("http: response body too large");
            }
            out.write(exactly(in, size));
            line(in);
        }
    }

    private static byte[] exactly(InputStream in, int length) throws IOException {
        if (length > LARGEST) {
            throw new IOException("http: response body too large");
        }
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException();
        }
        return body;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0 || line.length() > 16 * 1024) {
                throw new EOFException();
            }
            line.append((char) c);
        }
        int end = line.length();
        return end > 0 && line.charAt(end - 1) == '\r' ? line.substring(0, end - 1) : line.toString();
    }
}
