package dev.kuar.practice.http;

import dev.kuar.practice.object.KubeObject;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderValues;
import io.undertow.util.HttpString;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.xnio.IoUtils;
import org.xnio.channels.Channels;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.streams.ChannelInputStream;

/**
 * Passes a call on to an extension API server and its answer back: whole, piece by piece as it comes for what goes on for long,
 * or as bytes both ways where the connection becomes something else.
 */
final class ExtensionPass {
    private static final Logger LOG = Logger.getLogger(ExtensionPass.class.getName());
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int PIECE = 16 * 1024;
    private static final Set<String> OWN =
            Set.of("connection", "content-length", "transfer-encoding", "keep-alive", "upgrade", "audit-id");

    private static final Set<String> KEPT_BACK =
            Set.of("authorization", "host", "te", "trailer", "proxy-authorization");

    private final Aggregation aggregation;
    private final Metrics metrics;

    ExtensionPass(Aggregation aggregation, Metrics metrics) {
        this.aggregation = aggregation;
        this.metrics = metrics;
    }

    /** @param lasts whether it goes on for long */
    Handled pass(Call call, KubeObject apiService, boolean lasts) throws IOException {
        if (!Aggregation.isAvailable(apiService)) {
            return refuse(call, "service unavailable");
        }
        boolean upgrades = call.header("Connection").toLowerCase(Locale.ROOT).contains("upgrade");
        ExtensionExchange exchange;
        try {
            exchange = aggregation.open(
                    apiService,
                    call.actingUser(),
                    call.method(),
                    call.uri(),
                    headers(call),
                    call.body(),
                    upgrades ? call.header("Upgrade") : "",
                    lasts || upgrades ? Duration.ZERO : LIMIT);
        } catch (IOException refused) {
            return refuse(call, "error trying to reach service: " + refused.getMessage());
        }
        if (exchange.status() == 101) {
            return join(call, exchange);
        }
        boolean streams = lasts && exchange.status() < 300;
        try {
            head(call, exchange);
            if (streams) {
                call.exchange().setStatusCode(exchange.status());
                call.record().started(exchange.status());
                StreamSinkChannel out = call.exchange().getResponseChannel();
                daemon(call, () -> stream(call, exchange, out));
                return Handled.ONGOING;
            }
            Reply.sized(call, exchange.status(), "", exchange.body().readAllBytes());
            return Handled.DONE;
        } catch (IOException broken) {
            if (call.exchange().isResponseStarted()) {
                throw broken;
            }
            return refuse(call, "error trying to reach service: " + broken.getMessage());
        } finally {
            if (!streams) {
                exchange.close();
            }
        }
    }

    /** What the client sent, without what is for this server alone. */
    private static Map<String, List<String>> headers(Call call) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (HeaderValues values : call.exchange().getRequestHeaders()) {
            String name = values.getHeaderName().toString();
            String low = name.toLowerCase(Locale.ROOT);
            if (!OWN.contains(low) && !KEPT_BACK.contains(low) && !low.startsWith("impersonate-")) {
                headers.put(name, new ArrayList<>(values));
            }
        }
        headers.put("Audit-Id", List.of(call.auditId()));
        headers.computeIfAbsent("X-Forwarded-For", key -> new ArrayList<>()).add("127.0.0.1");
        headers.put("X-Forwarded-Host", List.of(call.header("Host")));
        headers.put("X-Forwarded-Proto", List.of("https"));
        headers.put("X-Forwarded-Uri", List.of(call.uri()));
        return headers;
    }

    private static void head(Call call, ExtensionExchange exchange) {
        exchange.headers().forEach((name, values) -> {
            if (!OWN.contains(name)) {
                call.exchange().getResponseHeaders().putAll(new HttpString(canonical(name)), values);
            }
        });
    }

    /** As Go spells the names of headers. */
    private static String canonical(String name) {
        StringBuilder spelt = new StringBuilder();
        for (String part : name.split("-", -1)) {
            spelt.append(spelt.length() == 0 ? "" : "-")
                    .append(part.isEmpty() ? "" : part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1));
        }
        return spelt.toString();
    }

    /** What comes is sent at once, until either side has left. */
    private void stream(Call call, ExtensionExchange from, StreamSinkChannel out) {
        metrics.longRunning(1);
        HttpServerExchange exchange = call.exchange();
        out.getCloseSetter().set(closed -> close(from));
        exchange.getConnection().addCloseListener(closed -> close(from));
        exchange.getIoThread().execute(() -> Departure.watch(exchange, () -> close(from)));
        try (InputStream in = from.body()) {
            Channels.flushBlocking(out);
            byte[] piece = new byte[PIECE];
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                Channels.writeBlocking(out, ByteBuffer.wrap(piece, 0, n));
                Channels.flushBlocking(out);
            }
        } catch (IOException gone) {
            LOG.log(Level.FINE, "a stream of an extension API server broke off", gone);
        } finally {
            close(from);
            metrics.longRunning(-1);
            metrics.ended(call);
            call.record().complete();
            exchange.endExchange();
        }
    }

    /** From here on it is bytes both ways. */
    private static Handled join(Call call, ExtensionExchange with) {
        call.exchange().getResponseHeaders().clear();
        with.headers()
                .forEach((name, values) ->
                        call.exchange().getResponseHeaders().putAll(new HttpString(canonical(name)), values));
        call.record().started(101);
        call.exchange().upgradeChannel((connection, exchange) -> {
            daemon(call, () -> {
                try (OutputStream out = with.out();
                        InputStream in = new ChannelInputStream(connection.getSourceChannel())) {
                    carry(in, out);
                } catch (IOException gone) {
                    LOG.log(Level.FINE, "the client went away", gone);
                } finally {
                    close(with);
                }
            });
            daemon(call, () -> {
                try {
                    byte[] piece = new byte[PIECE];
                    for (int n = with.body().read(piece);
                            n >= 0;
                            n = with.body().read(piece)) {
                        Channels.writeBlocking(connection.getSinkChannel(), ByteBuffer.wrap(piece, 0, n));
                        Channels.flushBlocking(connection.getSinkChannel());
                    }
                } catch (IOException gone) {
                    LOG.log(Level.FINE, "the extension API server went away", gone);
                } finally {
                    IoUtils.safeClose(connection);
                    close(with);
                    call.record().complete();
                }
            });
        });
        return Handled.DONE;
    }

    private static void carry(InputStream in, OutputStream out) throws IOException {
        byte[] piece = new byte[PIECE];
        for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
            out.write(piece, 0, n);
            out.flush();
        }
    }

    private static void daemon(Call call, Runnable work) {
        Thread thread = new Thread(work, "extension " + call.path());
        thread.setDaemon(true);
        thread.start();
    }

    private static void close(Closeable connection) {
        try {
            connection.close();
        } catch (IOException already) {
            LOG.log(Level.FINEST, "closed already", already);
        }
    }

    private static Handled refuse(Call call, String why) throws IOException {
        call.setHeader("X-Content-Type-Options", "nosniff");
        Reply.text(call, 503, why + "\n");
        return Handled.DONE;
    }
}
