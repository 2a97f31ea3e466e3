package dev.kuar.practice.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.spdy.DefaultSpdyDataFrame;
import io.netty.handler.codec.spdy.DefaultSpdyGoAwayFrame;
import io.netty.handler.codec.spdy.DefaultSpdySynReplyFrame;
import io.netty.handler.codec.spdy.SpdyDataFrame;
import io.netty.handler.codec.spdy.SpdyFrame;
import io.netty.handler.codec.spdy.SpdyFrameCodec;
import io.netty.handler.codec.spdy.SpdyGoAwayFrame;
import io.netty.handler.codec.spdy.SpdyHeaders;
import io.netty.handler.codec.spdy.SpdyPingFrame;
import io.netty.handler.codec.spdy.SpdyRstStreamFrame;
import io.netty.handler.codec.spdy.SpdySynStreamFrame;
import io.netty.handler.codec.spdy.SpdyVersion;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The server's end of a SPDY/3.1 connection on which the client opens streams; Netty's codec does the frames.
 *
 * <p>One thread reads; many may send. As Go's library, on both sides without flow control.
 */
final class SpdySession {
    private static final int PIECE = 16 * 1024;

    private final ByteLink link;
    private final EmbeddedChannel decoder = new EmbeddedChannel(new SpdyFrameCodec(SpdyVersion.SPDY_3_1));
    private final EmbeddedChannel encoder = new EmbeddedChannel(new SpdyFrameCodec(SpdyVersion.SPDY_3_1));
    private final Set<Integer> finished = new HashSet<>();

    SpdySession(ByteLink link) {
        this.link = link;
    }

    /** What the client does, in its order, on the reading thread. */
    interface Listener {
        /** A stream with its headers, names in lower case. */
        void opened(int stream, Map<String, String> headers) throws IOException;

        /** Bytes; {@code last} closes the client's half of the stream. */
        void data(int stream, byte[] bytes, boolean last) throws IOException;

        /** The client gave a stream up. */
        void reset(int stream) throws IOException;
    }

    /** Reads until the client goes away. */
    void read(Listener listener) throws IOException {
        try {
            for (byte[] bytes = link.read(); bytes.length > 0; bytes = link.read()) {
                decode(bytes);
                for (Object frame = decoder.readInbound(); frame != null; frame = decoder.readInbound()) {
                    try {
                        if (frame instanceof SpdyGoAwayFrame) {
                            return;
                        }
                        hear(frame, listener);
                    } finally {
                        ReferenceCountUtil.release(frame);
                    }
                }
            }
        } finally {
            decoder.finishAndReleaseAll();
        }
    }

    /** Netty throws checked exceptions that it does not declare. */
    private void decode(byte[] bytes) throws IOException {
        try {
            decoder.writeInbound(Unpooled.wrappedBuffer(bytes));
        } catch (Exception damaged) {
            throw new IOException("what came is no frame", damaged);
        }
    }

    private void hear(Object frame, Listener listener) throws IOException {
        if (frame instanceof SpdySynStreamFrame opened) {
            DefaultSpdySynReplyFrame reply = new DefaultSpdySynReplyFrame(opened.streamId());
            // Go's library waits for a header block, and Netty writes none where there are no headers.
            reply.headers().set("stream", "open");
            write(reply);
            listener.opened(opened.streamId(), headers(opened.headers()));
            if (opened.isLast()) {
                listener.data(opened.streamId(), new byte[0], true);
            }
        } else if (frame instanceof SpdyDataFrame data) {
            byte[] bytes = new byte[data.content().readableBytes()];
            data.content().readBytes(bytes);
            listener.data(data.streamId(), bytes, data.isLast());
        } else if (frame instanceof SpdyRstStreamFrame reset) {
            listener.reset(reset.streamId());
        } else if (frame instanceof SpdyPingFrame ping) {
            write(ping);
        }
    }

    private static Map<String, String> headers(SpdyHeaders headers) {
        Map<String, String> map = new LinkedHashMap<>();
        for (Map.Entry<CharSequence, CharSequence> entry : headers) {
            map.put(
                    entry.getKey().toString().toLowerCase(Locale.ROOT),
                    entry.getValue().toString());
        }
        return map;
    }

    /** Sends bytes on a stream; nothing more may follow after {@code last}. */
    void send(int stream, byte[] bytes, int length, boolean last) throws IOException {
        int at = 0;
        do {
            int size = Math.min(PIECE, length - at);
            DefaultSpdyDataFrame frame = new DefaultSpdyDataFrame(stream, Unpooled.copiedBuffer(bytes, at, size));
            at += size;
            frame.setLast(last && at >= length);
            writeData(stream, frame, frame.isLast());
        } while (at < length);
    }

    private synchronized void writeData(int stream, SpdyDataFrame frame, boolean last) throws IOException {
        if (finished.contains(stream)) {
            frame.release();
            return;
        }
        if (last) {
            finished.add(stream);
        }
        write(frame);
    }

    /** Closes this half of a stream; idempotent. */
    void finish(int stream) throws IOException {
        send(stream, new byte[0], 0, true);
    }

    /** Says that nothing follows. */
    void goAway() throws IOException {
        write(new DefaultSpdyGoAwayFrame(0));
    }

    private synchronized void write(SpdyFrame frame) throws IOException {
        encoder.writeOutbound(frame);
        for (ByteBuf out = encoder.readOutbound(); out != null; out = encoder.readOutbound()) {
            byte[] bytes = new byte[out.readableBytes()];
            out.readBytes(bytes);
            out.release();
            if (bytes.length > 0) {
                link.write(bytes);
            }
        }
    }

    void close() throws IOException {
        link.close();
    }
}
