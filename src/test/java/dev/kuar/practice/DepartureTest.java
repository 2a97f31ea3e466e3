package dev.kuar.practice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes on and on ends once nobody is there to take it, also where nothing happens that could be sent. */
final class DepartureTest {
    private static HostileWire wire;

    @BeforeAll
    static void start() throws GeneralSecurityException {
        wire = new HostileWire();
    }

    @AfterAll
    static void end() {
        wire.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/namespaces/kube-public/secrets?watch=1",
                "/api/v1/namespaces/kube-system/pods/etcd-my-cluster-control-plane/log?follow=true"
            })
    void what_nobody_hears_any_more_is_ended(String path) throws IOException {
        try (Socket socket = wire.connect()) {
            send(socket, "GET " + path);
            assertThat(HostileWire.status(socket.getInputStream())).isEqualTo("200");

            socket.shutdownOutput();

            assertThat(rest(socket.getInputStream())).endsWith("0\r\n\r\n");
        }
    }

    @Test
    void what_is_asked_ahead_is_answered_when_the_watch_has_ended() throws IOException {
        try (Socket socket = wire.connect()) {
            send(socket, "GET /api/v1/namespaces/kube-public/secrets?watch=1&timeoutSeconds=1");
            assertThat(HostileWire.status(socket.getInputStream())).isEqualTo("200");
            send(socket, "GET /livez");
            send(socket, "GET /readyz");

            String rest = rest(socket.getInputStream(), "okHTTP/1.1 200", "\r\n\r\nok");

            assertThat(rest).startsWith("0\r\n\r\nHTTP/1.1 200 OK\r\n");
        }
    }

    private static void send(Socket socket, String line) throws IOException {
        socket.getOutputStream().write(HostileWire.bytes(line + " HTTP/1.1\r\nHost: x\r\n" + wire.token() + "\r\n"));
        socket.getOutputStream().flush();
    }

    /** Until the end, or until all of {@code wanted} have come one after the other. */
    private static String rest(InputStream in, String... wanted) throws IOException {
        StringBuilder all = new StringBuilder();
        int seen = 0;
        int from = 0;
        for (int c = in.read(); c >= 0; c = in.read()) {
            all.append((char) c);
            if (seen < wanted.length && all.indexOf(wanted[seen], from) >= 0) {
                from = all.length();
                seen++;
                if (seen == wanted.length) {
                    break;
                }
            }
        }
        return new String(all.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
