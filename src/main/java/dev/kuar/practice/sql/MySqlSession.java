package dev.kuar.practice.sql;

import dev.kuar.practice.network.Wire;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A client of a MySQL server: greeting, proof of the password, then commands one by one. */
final class MySqlSession implements Wire, AutoCloseable {
    /**
     * LONG_PASSWORD, FOUND_ROWS, LONG_FLAG, CONNECT_WITH_DB, PROTOCOL_41, TRANSACTIONS, SECURE_CONNECTION, MULTI_STATEMENTS,
     * MULTI_RESULTS, PLUGIN_AUTH, PLUGIN_AUTH_LENENC_CLIENT_DATA.
     */
    private static final int CAPABILITIES = 0x2ba20f;

    private static final int CONNECT_WITH_DB = 0x8;
    private static final int LENGTH_ENCODED = 0x200000;
    private static final int PLUGIN_AUTH = 0x80000;

    private final MySqlServer server;
    private final Wire back;
    private final int id;
    private final String peer;
    private final byte[] nonce = new byte[20];
    private final MySqlStatements statements;
    private byte[] pending = new byte[0];
    private int sequence;
    private boolean ready;
    private boolean over;
    private @Nullable String expected;
    private String user = "";
    private String database = "";
    private @Nullable Connection connection;
    private MySqlAccounts.@Nullable Account account;

    MySqlSession(MySqlServer server, Wire back, int id, String peer) {
        this.server = server;
        this.back = back;
        this.id = id;
        this.peer = peer;
        this.statements = new MySqlStatements(server, this);
        SecureRandom random = new SecureRandom();
        for (int i = 0; i < nonce.length; i++) {
            nonce[i] = (byte) (33 + random.nextInt(90));
        }
    }

    MySqlStatements statements() {
        return statements;
    }

    int id() {
        return id;
    }

    String user() {
        return user;
    }

    String peer() {
        return peer;
    }

    String database() {
        return database;
    }

    /** Empty, or a database that is there. */
    void use(String name) {
        database = name;
    }

    MySqlAccounts.@Nullable Account account() {
        return account;
    }

    Connection connection() throws SQLException {
        Connection known = connection;
        if (known == null) {
            known = server.connect();
            connection = known;
        }
        return known;
    }

    /** Without proof, for the server's own work. */
    void become(String name, String in) {
        user = name;
        database = in;
        account = server.accounts().find(name, "localhost");
    }

    // The protocol.

    void greet() {
        MySqlPacket packet = new MySqlPacket();
        packet.number(10, 1)
                .zeroed((server.isMariaDb() ? "5.5.5-" : "") + server.version())
                .number(id, 4);
        packet.bytes(Arrays.copyOf(nonce, 8)).number(0, 1);
        packet.number(CAPABILITIES & 0xffff, 2).number(45, 1).number(2, 2).number(CAPABILITIES >>> 16, 2);
        packet.number(21, 1)
                .bytes(new byte[10])
                .bytes(Arrays.copyOfRange(nonce, 8, 20))
                .number(0, 1);
        packet.zeroed(server.plugin());
        sequence = 0;
        say(packet);
    }

    private void say(MySqlPacket packet) {
        back.send(packet.framed(sequence++));
    }

    @Override
    public synchronized void send(byte[] bytes) {
        int before = pending.length;
        pending = Arrays.copyOf(pending, before + bytes.length);
        System.arraycopy(bytes, 0, pending, before, bytes.length);
        while (!over && pending.length >= 4) {
            int length = pending[0] & 0xff | (pending[1] & 0xff) << 8 | (pending[2] & 0xff) << 16;
            if (pending.length < 4 + length) {
                return;
            }
            byte[] body = Arrays.copyOfRange(pending, 4, 4 + length);
            sequence = (pending[3] & 0xff) + 1;
            pending = Arrays.copyOfRange(pending, 4 + length, pending.length);
            if (ready) {
                command(body);
            } else if (expected == null) {
                introduced(new MySqlPacket.Reader(body));
            } else {
                prove(expected, body);
            }
        }
    }

    private void introduced(MySqlPacket.Reader in) {
        int capabilities = (int) in.number(4);
        in.skip(4 + 1 + 23);
        user = in.zeroed();
        byte[] answer = in.bytes((int) ((capabilities & LENGTH_ENCODED) != 0 ? in.length() : in.number(1)));
        if ((capabilities & CONNECT_WITH_DB) != 0) {
            database = in.zeroed();
        }
        String plugin = (capabilities & PLUGIN_AUTH) != 0 ? in.zeroed() : "mysql_native_password";
        if (plugin.equals(server.plugin())) {
            prove(plugin, answer);
            return;
        }
        String other = plugin.equals("caching_sha2_password") ? plugin : "mysql_native_password";
        expected = other;
        say(new MySqlPacket().number(0xfe, 1).zeroed(other).bytes(nonce).number(0, 1));
    }

    private void prove(String plugin, byte[] answer) {
        boolean newer = plugin.equals("caching_sha2_password");
        MySqlAccounts.Account found = server.accounts().find(user, peer);
        if (found == null || !MySqlAccounts.fits(found, newer ? "SHA-256" : "SHA-1", answer, nonce)) {
            refuse(new Outcome.Failure(
                    1045,
                    "28000",
                    "Access denied for user '" + user + "'@'" + peer + "' (using password: "
                            + (answer.length == 0 ? "NO" : "YES") + ")"));
            return;
        }
        account = found;
        if (!database.isEmpty() && statements.choose(database) instanceof Outcome.Failure failure) {
            refuse(failure);
            return;
        }
        if (newer && answer.length > 0) {
            say(new MySqlPacket().number(1, 1).number(3, 1));
        }
        ready = true;
        finish(Outcome.Done.NOTHING, false);
    }

    private void refuse(Outcome.Failure failure) {
        fail(failure);
        hangUp();
    }

    private void command(byte[] body) {
        String text = new String(body, 1, body.length - 1, StandardCharsets.UTF_8);
        switch (body[0]) {
            case 1 -> hangUp();
            case 2 -> answer(statements.choose(text), false);
            case 3 -> query(text);
            case 4 -> say(new MySqlPacket().number(0xfe, 1).number(0, 2).number(2, 2));
            case 9 -> say(new MySqlPacket().bytes(statements.status().getBytes(StandardCharsets.UTF_8)));
            case 14, 31 -> finish(Outcome.Done.NOTHING, false);
            default -> fail(new Outcome.Failure(1047, "08S01", "Unknown command"));
        }
    }

    private void query(String text) {
        server.asked();
        List<String> all = Lexer.statements(text, true);
        if (all.isEmpty()) {
            fail(new Outcome.Failure(1065, "42000", "Query was empty"));
        }
        for (int i = 0; i < all.size(); i++) {
            Outcome outcome = statements.run(all.get(i));
            answer(outcome, i + 1 < all.size());
            if (outcome instanceof Outcome.Failure) {
                return;
            }
        }
    }

    private void answer(Outcome outcome, boolean more) {
        if (outcome instanceof Outcome.Failure failure) {
            fail(failure);
        } else if (outcome instanceof Outcome.Done done) {
            finish(done, more);
        } else if (outcome instanceof Outcome.Rows rows) {
            rows(rows, more);
        }
    }

    private void fail(Outcome.Failure failure) {
        say(new MySqlPacket()
                .number(0xff, 1)
                .number(failure.code(), 2)
                .bytes(("#" + failure.state() + failure.message()).getBytes(StandardCharsets.UTF_8)));
    }

    private int status(boolean more) {
        return 2 | (more ? 8 : 0) | (statements.isInTransaction() ? 1 : 0);
    }

    private void finish(Outcome.Done done, boolean more) {
        say(new MySqlPacket()
                .number(0, 1)
                .length(done.affected())
                .length(done.lastId())
                .number(status(more), 2)
                .number(0, 2)
                .bytes(done.info().getBytes(StandardCharsets.UTF_8)));
    }

    private void rows(Outcome.Rows rows, boolean more) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(new MySqlPacket().length(rows.columns().size()).framed(sequence++));
        for (Outcome.Column column : rows.columns()) {
            int type = type(column.type());
            MySqlPacket definition = new MySqlPacket();
            definition
                    .text("def")
                    .text(database)
                    .text("")
                    .text("")
                    .text(column.name())
                    .text(column.name());
            definition
                    .length(12)
                    .number(type == 253 || type == 252 ? 45 : 63, 2)
                    .number(1024, 4);
            definition
                    .number(type, 1)
                    .number(0, 2)
                    .number(type == 5 ? 31 : 0, 1)
                    .number(0, 2);
            all.writeBytes(definition.framed(sequence++));
        }
        byte[] end = new MySqlPacket()
                .number(0xfe, 1)
                .number(0, 2)
                .number(status(more), 2)
                .bytes(new byte[0])
                .body();
        all.writeBytes(MySqlPacket.framed(end, sequence++));
        for (List<@Nullable String> row : rows.rows()) {
            MySqlPacket packet = new MySqlPacket();
            for (String value : row) {
                if (value == null) {
                    packet.number(0xfb, 1);
                } else {
                    packet.text(value);
                }
            }
            all.writeBytes(packet.framed(sequence++));
        }
        all.writeBytes(MySqlPacket.framed(end, sequence++));
        back.send(all.toByteArray());
    }

    /** The protocol's number of a type. */
    private static int type(int type) {
        return switch (type) {
            case Types.TINYINT, Types.BOOLEAN -> 1;
            case Types.SMALLINT -> 2;
            case Types.INTEGER -> 3;
            case Types.BIGINT -> 8;
            case Types.REAL -> 4;
            case Types.DOUBLE, Types.FLOAT -> 5;
            case Types.DECIMAL, Types.NUMERIC -> 246;
            case Types.DATE -> 10;
            case Types.TIME -> 11;
            case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE -> 12;
            case Types.CLOB, Types.BLOB, Types.LONGVARCHAR -> 252;
            default -> 253;
        };
    }

    /** Ends the connection from the server's side. */
    void hangUp() {
        close();
        back.end();
    }

    @Override
    public void close() {
        over = true;
        server.forget(id);
        Connection known = connection;
        if (known != null) {
            connection = null;
            try {
                known.close();
            } catch (SQLException gone) {
                over = true;
            }
        }
    }

    @Override
    public synchronized void end() {
        if (!over) {
            hangUp();
        }
    }
}
