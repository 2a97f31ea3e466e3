package dev.kuar.practice.sql;

import dev.kuar.practice.network.Wire;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The client's side of MySQL's protocol. */
public final class MySqlClient {
    private static final int CAPABILITIES = 0x2ba20d;

    private final InputStream in;
    private final Wire out;
    private int sequence;
    private int connection;
    private String version = "";

    /** @param in what the server says; {@code out} is where it listens */
    public MySqlClient(InputStream in, Wire out) {
        this.in = in;
        this.out = out;
    }

    /** The number that the server gave. */
    public int connection() {
        return connection;
    }

    public String version() {
        return version;
    }

    private MySqlPacket.Reader read() throws IOException {
        byte[] head = in.readNBytes(4);
        if (head.length < 4) {
            throw new EOFException("Lost connection to MySQL server during query");
        }
        sequence = (head[3] & 0xff) + 1;
        int length = head[0] & 0xff | (head[1] & 0xff) << 8 | (head[2] & 0xff) << 16;
        return new MySqlPacket.Reader(in.readNBytes(length));
    }

    private void say(MySqlPacket packet) {
        out.send(packet.framed(sequence++));
    }

    /** Proves who one is. */
    public Outcome login(String user, String password, String database) throws IOException {
        MySqlPacket.Reader greeting = read();
        if (greeting.peek() == 0xff) {
            return failure(greeting);
        }
        greeting.skip(1);
        version = greeting.zeroed().replaceFirst("^5\\.5\\.5-", "");
        connection = (int) greeting.number(4);
        byte[] first = greeting.bytes(8);
        greeting.skip(1 + 2 + 1 + 2 + 2 + 1 + 10);
        byte[] nonce = Arrays.copyOf(first, 20);
        System.arraycopy(greeting.bytes(12), 0, nonce, 8, 12);
        greeting.skip(1);
        String plugin = greeting.zeroed();
        byte[] answer = answer(plugin, password, nonce);
        MySqlPacket response = new MySqlPacket();
        response.number(database.isEmpty() ? CAPABILITIES & ~8 : CAPABILITIES | 8, 4);
        response.number(1 << 24, 4).number(45, 1).bytes(new byte[23]).zeroed(user);
        response.length(answer.length).bytes(answer);
        if (!database.isEmpty()) {
            response.zeroed(database);
        }
        say(response.zeroed(plugin));
        while (true) {
            MySqlPacket.Reader packet = read();
            switch (packet.peek()) {
                case 0 -> {
                    return Outcome.Done.NOTHING;
                }
                case 1 -> packet.skip(2);
                case 0xfe -> {
                    packet.skip(1);
                    String other = packet.zeroed();
                    say(new MySqlPacket().bytes(answer(other, password, packet.bytes(20))));
                }
                default -> {
                    return failure(packet);
                }
            }
        }
    }

    private static byte[] answer(String plugin, String password, byte[] nonce) {
        return MySqlAccounts.answer(plugin.equals("caching_sha2_password") ? "SHA-256" : "SHA-1", password, nonce);
    }

    private static Outcome.Failure failure(MySqlPacket.Reader packet) {
        packet.skip(1);
        int code = (int) packet.number(2);
        String rest = packet.rest();
        return rest.startsWith("#")
                ? new Outcome.Failure(code, rest.substring(1, 6), rest.substring(6))
                : new Outcome.Failure(code, "HY000", rest);
    }

    /** What one statement comes to. */
    public Outcome query(String sql) throws IOException {
        return command(3, sql);
    }

    /** Chooses a database. */
    public Outcome use(String database) throws IOException {
        return command(2, database);
    }

    /** The server's line about itself. */
    public String statistics() throws IOException {
        sequence = 0;
        say(new MySqlPacket().number(9, 1));
        return read().rest();
    }

    private Outcome command(int number, String text) throws IOException {
        sequence = 0;
        say(new MySqlPacket().number(number, 1).bytes(text.getBytes(StandardCharsets.UTF_8)));
        MySqlPacket.Reader packet = read();
        if (packet.peek() == 0xff) {
            return failure(packet);
        }
        if (packet.peek() == 0) {
            packet.skip(1);
            long affected = packet.length();
            long last = packet.length();
            packet.skip(4);
            return new Outcome.Done(affected, last, packet.rest());
        }
        return rows((int) packet.length());
    }

    private Outcome rows(int count) throws IOException {
        List<Outcome.Column> columns = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            MySqlPacket.Reader packet = read();
            for (int skipped = 0; skipped < 4; skipped++) {
                packet.text();
            }
            String name = packet.text();
            packet.text();
            packet.skip(1 + 2 + 4);
            int type = (int) packet.number(1);
            boolean number = type < 6 && type != 6 || type == 8 || type == 9 || type == 246;
            columns.add(new Outcome.Column(name, number ? Types.DECIMAL : Types.VARCHAR));
        }
        read();
        List<List<@Nullable String>> rows = new ArrayList<>();
        while (true) {
            MySqlPacket.Reader packet = read();
            if (packet.peek() == 0xfe && packet.left() < 9) {
                return new Outcome.Rows(columns, rows);
            }
            List<@Nullable String> row = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                if (packet.peek() == 0xfb) {
                    packet.skip(1);
                    row.add(null);
                } else {
                    row.add(packet.text());
                }
            }
            rows.add(row);
        }
    }

    public void quit() {
        sequence = 0;
        say(new MySqlPacket().number(1, 1));
        out.end();
    }
}
