package dev.kuar.practice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Random;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Frames that no HTTP/2 client sends: the connection ends and is let go, the server goes on, memory stays bounded. */
final class HostileHttp2Test {
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RESET = 3;
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int WINDOW_UPDATE = 8;
    private static final int CONTINUATION = 9;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    private static final int FLOOD = 20_000;
    private static final long ROOM = 128L << 20;

    private static HostileWire wire;

    private final Random random = new Random(20260901L);
    private final ByteArrayOutputStream frames = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(frames);

    @BeforeAll
    static void start() throws GeneralSecurityException {
        wire = new HostileWire();
    }

    @AfterAll
    static void end() {
        wire.close();
    }

    private void frame(int type, int flags, int stream, byte... payload) throws IOException {
        out.writeByte(payload.length >> 16);
        out.writeShort(payload.length);
        out.writeByte(type);
        out.writeByte(flags);
        out.writeInt(stream);
        out.write(payload);
    }

    /** {@code GET /livez} in HPACK: indexed fields, and the path and authority as literals. */
    private static byte[] get() {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        block.write(0x82);
        block.write(0x87);
        block.write(0x04);
        block.write(6);
        block.writeBytes("/livez".getBytes(StandardCharsets.US_ASCII));
        block.write(0x01);
        block.write(1);
        block.write('x');
        return block.toByteArray();
    }

    private interface Frames {
        void write() throws IOException;
    }

    /** Sends the preface, SETTINGS and what {@code more} writes, reads whatever comes, and asks for another connection's health. */
    private void send(Frames more) throws IOException, InterruptedException {
        long before = used();
        int[] own = {0};
        String outcome = HostileWire.outcome(() -> {
            try (SSLSocket socket = wire.connectHttp2()) {
                own[0] = socket.getLocalPort();
                assertThat(wire.holds(own[0])).isEqualTo(HostileWire.showsConnections());
                frames.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                frame(SETTINGS, 0, 0);
                more.write();
                try {
                    frames.writeTo(socket.getOutputStream());
                    socket.getOutputStream().flush();
                    socket.shutdownOutput();
                } catch (IOException refused) {
                    return "closed";
                }
                InputStream in = socket.getInputStream();
                byte[] rest = new byte[8192];
                while (in.read(rest) >= 0) {
                    // whatever it still says
                }
                return "closed";
            }
        });
        assertThat(outcome).isEqualTo("closed");
        assertThat(wire.letsGo(own[0])).as("the connection is closed").isTrue();
        assertThat(wire.ask("GET /livez HTTP/1.1\r\n")).isEqualTo("200");
        assertThat(used() - before).isLessThan(ROOM);
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    void streams_that_are_reset_as_soon_as_they_are_opened() throws Exception {
        send(() -> {
            for (int i = 0; i < FLOOD; i++) {
                frame(HEADERS, END_HEADERS | END_STREAM, 2 * i + 1, get());
                frame(RESET, 0, 2 * i + 1, (byte) 0, (byte) 0, (byte) 0, (byte) 8);
            }
        });
    }

    @Test
    void settings_without_end() throws Exception {
        send(() -> {
            for (int i = 0; i < FLOOD; i++) {
                frame(SETTINGS, 0, 0, (byte) 0, (byte) 4, (byte) 0, (byte) 0, (byte) (i >> 8), (byte) i);
            }
        });
    }

    @Test
    void pings_without_end() throws Exception {
        send(() -> {
            for (int i = 0; i < FLOOD; i++) {
                frame(PING, 0, 0, new byte[8]);
            }
        });
    }

    @Test
    void headers_that_go_on_and_on() throws Exception {
        send(() -> {
            frame(HEADERS, END_STREAM, 1, get());
            for (int i = 0; i < FLOOD / 10; i++) {
                ByteArrayOutputStream field = new ByteArrayOutputStream();
                for (int j = 0; j < 100; j++) {
                    byte[] name = ("x-" + i + "-" + j).getBytes(StandardCharsets.US_ASCII);
                    field.write(0);
                    field.write(name.length);
                    field.writeBytes(name);
                    field.write(3);
                    field.writeBytes(new byte[] {'a', 'b', 'c'});
                }
                frame(CONTINUATION, 0, 1, field.toByteArray());
            }
        });
    }

    @Test
    void more_streams_than_were_agreed_on() throws Exception {
        send(() -> {
            for (int i = 0; i < 2_000; i++) {
                frame(HEADERS, END_HEADERS, 2 * i + 1, get());
            }
        });
    }

    @Test
    void windows_that_overflow_and_data_for_nobody() throws Exception {
        send(() -> {
            frame(WINDOW_UPDATE, 0, 0, (byte) 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff);
            frame(WINDOW_UPDATE, 0, 0, (byte) 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff);
            frame(DATA, 0, 99, new byte[1000]);
        });
    }

    @Test
    void frames_of_nonsense() throws Exception {
        for (int i = 0; i < (Boolean.getBoolean("kuar.all") ? 50 : 5); i++) {
            frames.reset();
            send(() -> {
                for (int j = 0; j < 20; j++) {
                    byte[] noise = new byte[random.nextInt(200)];
                    random.nextBytes(noise);
                    frame(random.nextInt(12), random.nextInt(256), random.nextInt(8), noise);
                }
                byte[] tail = new byte[300];
                random.nextBytes(tail);
                out.write(tail);
            });
        }
    }
}
