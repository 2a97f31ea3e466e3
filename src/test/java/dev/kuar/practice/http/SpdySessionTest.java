package dev.kuar.practice.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.spdy.DefaultSpdyDataFrame;
import io.netty.handler.codec.spdy.DefaultSpdySynStreamFrame;
import io.netty.handler.codec.spdy.SpdyFrameCodec;
import io.netty.handler.codec.spdy.SpdySynReplyFrame;
import io.netty.handler.codec.spdy.SpdySynStreamFrame;
import io.netty.handler.codec.spdy.SpdyVersion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SpdySessionTest {
    private final EmbeddedChannel client = new EmbeddedChannel(new SpdyFrameCodec(SpdyVersion.SPDY_3_1));
    private final Link link = new Link();
    private final List<String> heard = new ArrayList<>();

    @Test
    void streams_are_opened_answered_and_carry_bytes() throws IOException {
        SpdySynStreamFrame open = new DefaultSpdySynStreamFrame(1, 0, (byte) 0);
        open.headers().add("streamtype", "stdout");
        send(open);
        send(new DefaultSpdyDataFrame(1, Unpooled.copiedBuffer("hello", StandardCharsets.UTF_8)));

        new SpdySession(link).read(new Recorder());

        assertThat(heard).containsExactly("opened 1 {streamtype=stdout}", "data 1 hello");
        client.writeInbound(Unpooled.wrappedBuffer(link.written.toByteArray()));
        Object first = client.readInbound();
        assertThat(first).isInstanceOf(SpdySynReplyFrame.class);
    }

    private void send(Object frame) {
        client.writeOutbound(frame);
        for (ByteBuf out = client.readOutbound(); out != null; out = client.readOutbound()) {
            byte[] bytes = new byte[out.readableBytes()];
            out.readBytes(bytes);
            out.release();
            if (bytes.length > 0) {
                link.toRead.add(bytes);
            }
        }
    }

    /** Writes down what is heard. */
    private final class Recorder implements SpdySession.Listener {
        @Override
        public void opened(int stream, Map<String, String> headers) {
            heard.add("opened " + stream + " " + headers);
        }

        @Override
        public void data(int stream, byte[] bytes, boolean last) {
            heard.add("data " + stream + " " + new String(bytes, StandardCharsets.UTF_8));
        }

        @Override
        public void reset(int stream) {
            heard.add("reset " + stream);
        }
    }

    /** Bytes from one list into another. */
    private static final class Link implements ByteLink {
        private final Deque<byte[]> toRead = new ArrayDeque<>();
        private final ByteArrayOutputStream written = new ByteArrayOutputStream();

        @Override
        public byte[] read() {
            return toRead.isEmpty() ? new byte[0] : toRead.pop();
        }

        @Override
        public void write(byte[] bytes) {
            written.writeBytes(bytes);
        }

        @Override
        public void close() {}
    }
}
