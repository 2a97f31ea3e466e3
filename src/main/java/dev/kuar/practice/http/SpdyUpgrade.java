package dev.kuar.practice.http;

import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;
import org.xnio.channels.Channels;
import org.xnio.streams.ChannelInputStream;

/** The handshake before SPDY/3.1, which older clients speak for exec and port-forward. */
final class SpdyUpgrade {
    private static final String VERSION = "X-Stream-Protocol-Version";
    private static final String ACCEPTED = "X-Accepted-Stream-Protocol-Versions";

    private static final Logger LOG = Logger.getLogger(SpdyUpgrade.class.getName());

    private SpdyUpgrade() {}

    static boolean isAskedFor(Call call) {
        return call.header("Upgrade").toLowerCase(Locale.ROOT).contains("spdy/3.1")
                && call.header("Connection").toLowerCase(Locale.ROOT).contains("upgrade");
    }

    /**
     * The first of the client's protocols that is {@code known}; 403 is answered, and the result empty, where there is
     * none. A client that names none gets an empty text.
     */
    static Optional<String> choose(Call call, List<String> known) throws IOException {
        List<String> offered = new ArrayList<>();
        for (String line : call.headers(VERSION)) {
            for (String each : line.split(",", -1)) {
                offered.add(each.trim());
            }
        }
        if (offered.isEmpty()) {
            return Optional.of("");
        }
        Optional<String> chosen = offered.stream().filter(known::contains).findFirst();
        if (chosen.isEmpty()) {
            known.forEach(each -> call.addHeader(ACCEPTED, each));
            String line = "unable to upgrade: unable to negotiate protocol: client supports ["
                    + String.join(" ", offered) + "], server accepts [" + String.join(" ", known) + "]\n";
            call.setHeader("X-Content-Type-Options", "nosniff");
            UpgradeReply.text(call, 403, line + line);
        }
        return chosen;
    }

    /** Answers 101 and hands the link to {@code session} on a thread of its own, which closes it at its end. */
    static void accept(Call call, String protocol, Consumer<ByteLink> session) {
        HeaderMap headers = call.exchange().getResponseHeaders();
        String date = call.exchange().getResponseHeaders().getFirst(Headers.DATE);
        headers.clear();
        headers.put(Headers.DATE, date);
        headers.put(Headers.CONNECTION, "Upgrade");
        headers.put(Headers.UPGRADE, "SPDY/3.1");
        if (!protocol.isEmpty()) {
            headers.put(new HttpString(VERSION), protocol);
        }
        call.record().started(101);
        call.exchange().upgradeChannel((connection, exchange) -> {
            Thread thread = new Thread(() -> run(call, new RawLink(connection), session), "stream " + call.path());
            thread.setDaemon(true);
            thread.start();
        });
    }

    private static void run(Call call, RawLink link, Consumer<ByteLink> session) {
        try (link) {
            session.accept(link);
        } catch (RuntimeException damaged) {
            LOG.log(Level.FINE, "a stream broke off", damaged);
        } finally {
            call.record().complete();
        }
    }

    /** The connection itself. */
    private static final class RawLink implements ByteLink {
        private final StreamConnection connection;
        private final InputStream in;
        private final byte[] buffer = new byte[16 * 1024];

        RawLink(StreamConnection connection) {
            this.connection = connection;
            this.in = new ChannelInputStream(connection.getSourceChannel());
        }

        @Override
        public byte[] read() throws IOException {
            int n = in.read(buffer);
            return n < 0 ? new byte[0] : Arrays.copyOf(buffer, n);
        }

        @Override
        public void write(byte[] bytes) throws IOException {
            Channels.writeBlocking(connection.getSinkChannel(), ByteBuffer.wrap(bytes));
            Channels.flushBlocking(connection.getSinkChannel());
        }

        @Override
        public void close() {
            IoUtils.safeClose(connection);
        }
    }
}
