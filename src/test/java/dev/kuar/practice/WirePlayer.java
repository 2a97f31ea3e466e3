package dev.kuar.practice;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Does on a connection what the client of a recording did, at its moments, and notes what the server does. */
final class WirePlayer {
    /** How long a server may be silent where the recorded one went on, in milliseconds. */
    private static final int PATIENCE = 10_000;

    private final HostileWire wire;

    WirePlayer(HostileWire wire) {
        this.wire = wire;
    }

    WireTalk play(WireTrace trace) throws IOException, InterruptedException {
        WireTalk talk = new WireTalk();
        try (Socket socket = wire.connect()) {
            socket.setSoTimeout(PATIENCE);
            send(socket, trace.request());
            long start = System.nanoTime();
            DataInputStream in = new DataInputStream(socket.getInputStream());
            List<String> head = head(in);
            talk.head(head);
            boolean framed = head.contains("Upgrade: websocket");
            AtomicBoolean cut = new AtomicBoolean();
            Thread reader = new Thread(() -> read(in, framed, talk, cut), trace.name());
            reader.start();
            if (act(trace, socket, start)) {
                cut.set(true);
                socket.close();
            }
            reader.join(PATIENCE);
        }
        return talk;
    }

    private void send(Socket socket, List<String> request) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < request.size(); i++) {
            text.append(request.get(i)).append("\r\n").append(i == 0 ? wire.token() : "");
        }
        socket.getOutputStream().write(HostileWire.bytes(text.append("\r\n").toString()));
        socket.getOutputStream().flush();
    }

    /** The client's part; whether the recording ends before the connection does. */
    private static boolean act(WireTrace trace, Socket socket, long start) throws IOException, InterruptedException {
        boolean ended = trace.steps().stream().anyMatch(step -> step.what().startsWith("connection closed"));
        for (WireTrace.Step step : trace.steps()) {
            if (step.who() != WireTrace.Who.SERVER) {
                long left = (long) (step.seconds() * 1e9) - (System.nanoTime() - start);
                new CountDownLatch(1).await(left, TimeUnit.NANOSECONDS);
            }
            if (step.who() == WireTrace.Who.CLIENT) {
                try {
                    write(socket.getOutputStream(), step);
                } catch (SocketException gone) {
                    // As in the recording, where the server may have hung up.
                    return false;
                }
            }
        }
        if (!ended) {
            new CountDownLatch(1).await(300, TimeUnit.MILLISECONDS);
        }
        return !ended;
    }

    private static void write(OutputStream out, WireTrace.Step step) throws IOException {
        String[] words = step.what().split(" ");
        int opcode =
                switch (words[0]) {
                    case "text" -> 1;
                    case "binary" -> 2;
                    case "close" -> 8;
                    case "ping" -> 9;
                    default -> throw new IOException("what is a " + words[0] + "?");
                };
        String payload = step.payload();
        for (String word : words) {
            if (word.startsWith("channel=")) {
                payload = (char) Integer.parseInt(word.substring(8)) + payload;
            }
        }
        byte[] bytes = payload.getBytes(StandardCharsets.ISO_8859_1);
        // Masked with zeroes, which changes nothing.
        out.write(new byte[] {(byte) (0x80 | opcode), (byte) (0x80 | bytes.length), 0, 0, 0, 0});
        out.write(bytes);
        out.flush();
    }

    private static List<String> head(DataInputStream in) throws IOException {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); ; c = in.read()) {
            if (c < 0) {
                throw new EOFException("no answer, only: " + lines + line);
            } else if (c == '\n') {
                if (line.isEmpty()) {
                    return lines;
                }
                lines.add(line.toString());
                line.setLength(0);
            } else if (c != '\r') {
                line.append((char) c);
            }
        }
    }

    private static void read(DataInputStream in, boolean framed, WireTalk talk, AtomicBoolean cut) {
        try {
            while (framed) {
                frame(in, talk);
            }
            byte[] buffer = new byte[1 << 16];
            for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
                talk.came("", new String(buffer, 0, got, StandardCharsets.ISO_8859_1));
            }
            throw new EOFException();
        } catch (EOFException closed) {
            if (!cut.get()) {
                talk.came("connection closed by server", "");
            }
        } catch (SocketTimeoutException silent) {
            talk.came("connection closed: the server is silent", "");
        } catch (IOException broken) {
            // The recording ends here.
        }
    }

    private static void frame(DataInputStream in, WireTalk talk) throws IOException {
        int first = in.readUnsignedByte();
        int length = in.readUnsignedByte();
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = (int) in.readLong();
        }
        String payload = new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
        switch (first & 0xf) {
            case 1 -> channel("text", "'", payload, talk);
            case 2 -> channel("binary", "", payload, talk);
            case 8 ->
                talk.came(
                        "close code=" + (payload.charAt(0) << 8 | payload.charAt(1)) + " reason='"
                                + payload.substring(2) + "'",
                        "");
            case 10 -> talk.came("pong", payload);
            default -> talk.came("opcode " + (first & 0xf), payload);
        }
    }

    /** The recorder tells of the channel where the protocol has any, which it knows by the head; here it is known by its look. */
    private static void channel(String kind, String quote, String payload, WireTalk talk) {
        boolean has = !payload.isEmpty()
                && (kind.equals("text") ? Character.isDigit(payload.charAt(0)) : payload.charAt(0) < ' ');
        String number = kind.equals("text") || !has ? "" : String.valueOf((int) payload.charAt(0));
        talk.came(
                has ? kind + " channel=" + quote + (quote.isEmpty() ? number : payload.charAt(0)) + quote : kind,
                has ? payload.substring(1) : payload);
    }
}
