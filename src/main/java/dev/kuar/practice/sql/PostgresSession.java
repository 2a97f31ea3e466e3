package dev.kuar.practice.sql;

import dev.kuar.practice.network.Wire;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A client of a PostgreSQL server: greeting, password, then simple queries or those in steps. */
final class PostgresSession implements Wire {
    private static final int SSL = 80877103;
    private static final int GSS = 80877104;
    private static final int CANCEL = 80877102;

    private final PostgresServer server;
    private final Wire back;
    private final int id;
    private final String peer;
    private final Map<String, String> prepared = new HashMap<>();
    private byte[] pending = new byte[0];
    private Stage stage = Stage.GREETING;
    private String user = "";
    private volatile String database = "";
    private @Nullable PostgresStatements statements;
    private String bound = "";
    private @Nullable Outcome described;
    private boolean skipping;

    PostgresSession(PostgresServer server, Wire back, int id, String peer) {
        this.server = server;
        this.back = back;
        this.id = id;
        this.peer = peer;
    }

    /** How far the client has come. */
    private enum Stage {
        GREETING,
        PASSWORD,
        READY,
        OVER
    }

    String database() {
        return database;
    }

    @Override
    public synchronized void send(byte[] bytes) {
        int before = pending.length;
        pending = Arrays.copyOf(pending, before + bytes.length);
        System.arraycopy(bytes, 0, pending, before, bytes.length);
        while (stage != Stage.OVER && step()) {
            continue;
        }
    }

    private boolean step() {
        int head = stage == Stage.GREETING ? 0 : 1;
        if (pending.length < head + 4) {
            return false;
        }
        int length = ByteBuffer.wrap(pending).getInt(head);
        if (length < 4 || pending.length < head + length) {
            return false;
        }
        char kind = head == 0 ? ' ' : (char) pending[0];
        ByteBuffer body = ByteBuffer.wrap(Arrays.copyOfRange(pending, head + 4, head + length));
        pending = Arrays.copyOfRange(pending, head + length, pending.length);
        switch (stage) {
            case GREETING -> greeted(body);
            case PASSWORD -> proved(text(body));
            default -> message(kind, body);
        }
        return true;
    }

    private static String text(ByteBuffer in) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte b = in.hasRemaining() ? in.get() : 0; b != 0; b = in.hasRemaining() ? in.get() : 0) {
            bytes.write(b);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private void say(char kind, byte[] body) {
        back.send(framed(kind, body));
    }

    private static byte[] framed(char kind, byte[] body) {
        return ByteBuffer.allocate(5 + body.length)
                .put((byte) kind)
                .putInt(4 + body.length)
                .put(body)
                .array();
    }

    private static byte[] number(int value) {
        return ByteBuffer.allocate(4).putInt(value).array();
    }

    private void greeted(ByteBuffer body) {
        int code = body.getInt();
        if (code == SSL || code == GSS) {
            back.send(new byte[] {'N'});
            return;
        }
        if (code == CANCEL) {
            hangUp();
            return;
        }
        Map<String, String> settings = new HashMap<>();
        for (String name = text(body); !name.isEmpty(); name = text(body)) {
            settings.put(name, text(body));
        }
        user = settings.getOrDefault("user", "");
        database = settings.getOrDefault("database", user);
        if (server.asks(peer)) {
            stage = Stage.PASSWORD;
            say('R', number(3));
        } else if (!server.roles().contains(user)) {
            refuse("28000", "role \"" + user + "\" does not exist");
        } else {
            welcome();
        }
    }

    private void proved(String password) {
        if (server.fits(user, password)) {
            welcome();
        } else {
            refuse("28P01", "password authentication failed for user \"" + user + "\"");
        }
    }

    private void refuse(String state, String message) {
        failed("FATAL", new Outcome.Failure(0, state, message), "");
        hangUp();
    }

    private void welcome() {
        if (server.database(database) == null) {
            refuse("3D000", "database \"" + database + "\" does not exist");
            return;
        }
        statements = new PostgresStatements(server, database, user);
        stage = Stage.READY;
        say('R', number(0));
        Map.of(
                        "server_version", server.version(),
                        "server_encoding", "UTF8",
                        "client_encoding", "UTF8",
                        "DateStyle", "ISO, MDY",
                        "TimeZone", "Etc/UTC",
                        "integer_datetimes", "on",
                        "is_superuser", user.equals(server.owner()) ? "on" : "off",
                        "standard_conforming_strings", "on")
                .forEach((name, value) -> say('S', PostgresRows.zeroed(name, value)));
        say('K', ByteBuffer.allocate(8).putInt(id).putInt(id * 7919).array());
        ready();
    }

    private void ready() {
        PostgresStatements known = statements;
        say('Z', new byte[] {(byte) (known == null ? 'I' : known.state())});
    }

    private void message(char kind, ByteBuffer body) {
        if (skipping && kind != 'S' && kind != 'X') {
            return;
        }
        switch (kind) {
            case 'Q' -> query(text(body));
            case 'X' -> hangUp();
            case 'P' -> {
                String name = text(body);
                prepared.put(name, text(body));
                say('1', new byte[0]);
            }
            case 'B' -> bind(body);
            case 'D' -> describe(body);
            case 'E' -> {
                Outcome outcome = described == null ? run(bound) : described;
                described = null;
                tell(outcome, bound, false);
            }
            case 'C' -> say('3', new byte[0]);
            case 'S' -> {
                skipping = false;
                ready();
            }
            default -> {
                return;
            }
        }
    }

    private Outcome run(String sql) {
        PostgresStatements known = statements;
        return known == null || Lexer.tokens(sql, false).isEmpty() ? new Outcome.Done(0, 0, "") : known.run(sql);
    }

    private void query(String text) {
        List<String> all = Lexer.statements(text, false);
        if (all.isEmpty()) {
            say('I', new byte[0]);
        }
        for (String statement : all) {
            Outcome outcome = run(statement);
            tell(outcome, statement, true);
            if (outcome instanceof Outcome.Failure) {
                break;
            }
        }
        ready();
    }

    /** Puts the values into the statement's places. */
    private void bind(ByteBuffer body) {
        text(body);
        String sql = prepared.getOrDefault(text(body), "");
        for (int formats = body.getShort(); formats > 0; formats--) {
            body.getShort();
        }
        int count = body.getShort();
        for (int i = 1; i <= count; i++) {
            int length = body.getInt();
            String value = "NULL";
            if (length >= 0) {
                byte[] bytes = new byte[length];
                body.get(bytes);
                value = "'" + new String(bytes, StandardCharsets.UTF_8).replace("'", "''") + "'";
            }
            sql = sql.replaceAll("\\$" + i + "(?!\\d)", java.util.regex.Matcher.quoteReplacement(value));
        }
        bound = sql;
        described = null;
        say('2', new byte[0]);
    }

    private void describe(ByteBuffer body) {
        if (body.get() == 'S') {
            String sql = prepared.getOrDefault(text(body), "");
            int most = 0;
            while (sql.contains("$" + (most + 1))) {
                most++;
            }
            ByteBuffer types = ByteBuffer.allocate(2 + 4 * most).putShort((short) most);
            for (int i = 0; i < most; i++) {
                types.putInt(25);
            }
            say('t', types.array());
            say('n', new byte[0]);
            return;
        }
        described = run(bound);
        if (described instanceof Outcome.Rows rows) {
            say('T', PostgresRows.columns(rows));
        } else if (described instanceof Outcome.Done) {
            say('n', new byte[0]);
        }
    }

    private void tell(Outcome outcome, String sql, boolean heads) {
        if (outcome instanceof Outcome.Failure failure) {
            failed("ERROR", failure, sql);
            skipping = !heads;
        } else if (outcome instanceof Outcome.Done done) {
            say('C', PostgresRows.zeroed(done.info()));
        } else if (outcome instanceof Outcome.Rows rows) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            if (heads) {
                all.writeBytes(framed('T', PostgresRows.columns(rows)));
            }
            rows.rows().forEach(row -> all.writeBytes(framed('D', PostgresRows.row(rows, row))));
            String first = Lexer.tokens(sql, false).get(0).upper();
            String tag = first.equals("INSERT")
                    ? "INSERT 0"
                    : first.equals("SHOW")
                            ? "SHOW"
                            : first.equals("SELECT") || first.equals("WITH") || first.equals("VALUES")
                                    ? "SELECT"
                                    : first;
            all.writeBytes(framed(
                    'C',
                    PostgresRows.zeroed(
                            tag.equals("SHOW") ? tag : tag + " " + rows.rows().size())));
            back.send(all.toByteArray());
        }
    }

    private void failed(String severity, Outcome.Failure failure, String sql) {
        String[] parts = failure.message().split("\n", 2);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(PostgresRows.zeroed("S" + severity, "V" + severity, "C" + failure.state(), "M" + parts[0]));
        if (parts.length > 1) {
            out.writeBytes(PostgresRows.zeroed("D" + parts[1]));
        }
        int position = position(failure, sql);
        if (position > 0) {
            out.writeBytes(PostgresRows.zeroed("P" + position));
        }
        out.write(0);
        say('E', out.toByteArray());
    }

    /** Where in the statement the name stands that is wrong, counted from 1; 0 for nowhere. */
    private static int position(Outcome.Failure failure, String sql) {
        boolean points = List.of("42601", "42703", "42P01", "42883", "42704").contains(failure.state())
                && !failure.message().startsWith("table")
                && !failure.message().startsWith("role");
        int from = failure.message().indexOf('"');
        int to = failure.message().indexOf('"', from + 1);
        return points && from >= 0 && to > from + 1
                ? sql.indexOf(failure.message().substring(from + 1, to)) + 1
                : 0;
    }

    /** Ends the connection from the server's side. */
    void hangUp() {
        stage = Stage.OVER;
        server.forget(this);
        PostgresStatements known = statements;
        if (known != null) {
            known.close();
        }
        back.end();
    }

    @Override
    public synchronized void end() {
        if (stage != Stage.OVER) {
            hangUp();
        }
    }
}
