package dev.kuar.practice.http;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * The body of an object or a list, held back until it is clear how it goes: one of up to 2048 bytes has a Content-Length, a
 * longer one is chunked, and one of more than 128 KiB is compressed for who accepts {@code gzip}. Source: the response writer
 * of {@code apiserver/pkg/endpoints/handlers/responsewriters} and Go's server.
 */
final class DeferredBody extends OutputStream {
    /** What Go's server holds back. */
    static final int BUFFERED = 2048;

    private static final int COMPRESSED = 128 * 1024;

    private final HttpServerExchange exchange;
    private final boolean gzip;
    private final int limit;
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private OutputStream out = OutputStream.nullOutputStream();
    private boolean begun;

    DeferredBody(Call call) {
        this.exchange = call.exchange();
        this.gzip = AcceptEncoding.namesGzip(call);
        this.limit = gzip ? COMPRESSED : BUFFERED;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (!begun && held.size() + length > limit) {
            begin(gzip);
        }
        (begun ? out : held).write(bytes, offset, length);
    }

    private void begin(boolean compressed) throws IOException {
        begun = true;
        if (compressed) {
            exchange.getResponseHeaders().put(Headers.CONTENT_ENCODING, "gzip");
            exchange.getResponseHeaders().add(Headers.VARY, "Accept-Encoding");
        }
        if (!exchange.isBlocking()) {
            exchange.startBlocking();
        }
        OutputStream plain = exchange.getOutputStream();
        out = compressed ? new FastGzip(plain) : plain;
        held.writeTo(out);
        held.reset();
    }

    @Override
    public void flush() throws IOException {
        if (begun) {
            out.flush();
        }
    }

    @Override
    public void close() throws IOException {
        if (!begun) {
            if (held.size() <= BUFFERED) {
                exchange.setResponseContentLength(held.size());
            }
            begin(false);
        }
        out.close();
    }

    /** Fast rather than small, as upstream. */
    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(OutputStream out) throws IOException {
            super(out, 16 * 1024);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
