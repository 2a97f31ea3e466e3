package dev.kuar.practice.http;

import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.Status;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.DateUtils;
import io.undertow.util.Headers;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The outermost handler: reads the body within its limit, moves to a worker thread, and turns whatever goes wrong into an
 * answer. Nothing that a client sends gets further than a Status and a line in the log.
 */
final class FrontHandler implements HttpHandler {
    /** As upstream. */
    static final int BODY_LIMIT = 3_145_728;

    private static final Logger LOG = Logger.getLogger(FrontHandler.class.getName());

    private final FrontRouter router;
    private final Metrics metrics;

    FrontHandler(FrontRouter router, Metrics metrics) {
        this.router = router;
        this.metrics = metrics;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        Call call = new Call(exchange, auditId(exchange));
        if (exchange.isRequestComplete()) {
            exchange.dispatch(() -> answer(call));
            return;
        }
        if (exchange.getRequestContentLength() > BODY_LIMIT) {
            exchange.dispatch(() -> tooLarge(call));
            return;
        }
        exchange.getRequestReceiver().setMaxBufferSize(BODY_LIMIT);
        exchange.getRequestReceiver()
                .receiveFullBytes(
                        (received, bytes) -> {
                            call.body(bytes);
                            received.dispatch(() -> answer(call));
                        },
                        (broken, problem) -> broken.dispatch(() -> tooLarge(call)));
    }

    private static String auditId(HttpServerExchange exchange) {
        String given = exchange.getRequestHeaders().getFirst("Audit-ID");
        if (given != null && given.matches("[\\t\\x20-\\x7e\\x80-\\xff]+")) {
            return given;
        }
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new UUID((random.nextLong() & ~0xf000L) | 0x4000L, (random.nextLong() >>> 2) | Long.MIN_VALUE)
                .toString();
    }

    private void tooLarge(Call call) {
        call.exchange().setPersistent(false);
        call.setHeader("Connection", "close");
        Status status =
                Status.failure(413, "RequestEntityTooLarge", "Request entity too large: limit is " + BODY_LIMIT);
        finish(call, () -> {
            Reply.status(call, status);
            return Handled.DONE;
        });
    }

    private void answer(Call call) {
        metrics.begun();
        finish(call, () -> router.route(call));
    }

    private void finish(Call call, Work work) {
        HttpServerExchange exchange = call.exchange();
        boolean ended = true;
        try {
            call.setHeader("Date", DateUtils.getCurrentDateTime(exchange));
            call.setHeader("Audit-Id", call.auditId());
            call.setHeader("Cache-Control", "no-cache, private");
            ended = work.run() == Handled.DONE;
        } catch (ApiException refused) {
            refuse(call, refused.status());
        } catch (IOException gone) {
            LOG.log(Level.FINE, "the client went away", gone);
        } catch (RuntimeException | StackOverflowError fault) {
            LOG.log(Level.WARNING, "a fault while answering " + call.method() + " " + call.path(), fault);
            call.record().panicked(fault);
            refuse(call, internal(fault));
        } finally {
            if (ended) {
                metrics.ended(call);
                if (!exchange.isUpgrade()) {
                    call.record().complete();
                }
                exchange.endExchange();
            }
        }
    }

    private static Status internal(Throwable fault) {
        return new Status(
                500,
                "InternalError",
                "Internal error occurred: " + fault.getClass().getSimpleName(),
                Map.of(
                        "causes",
                        java.util.List.of(Map.of("message", fault.getClass().getSimpleName()))));
    }

    private static void refuse(Call call, Status status) {
        if (call.exchange().isResponseStarted()) {
            call.exchange().setPersistent(false);
            return;
        }
        try {
            call.exchange().getResponseHeaders().remove(Headers.CONTENT_LENGTH);
            Reply.status(call, status);
        } catch (IOException gone) {
            LOG.log(Level.FINE, "the client went away", gone);
        }
    }

    /** Something that answers. */
    interface Work {
        Handled run() throws IOException;
    }
}
