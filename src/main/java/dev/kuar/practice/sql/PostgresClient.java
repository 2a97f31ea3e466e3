package dev.kuar.practice.sql;

import dev.kuar.practice.network.Wire;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The client's side of PostgreSQL's protocol, simple queries alone. */
public final class PostgresClient {
    private static final Set<Integer> NUMBERS = Set.of(20, 21, 23, 700, 701, 1700);

    private final InputStream in;
    private final Wire out;
    private String version = "";
    private char state = 'I';

    /** @param in what the server says; {@code out} is where it listens */
    public PostgresClient(InputStream in, Wire out) {
        this.in = in;
        this.out = out;
    }

    /**
     * What the server refused.
     *
     * @param position in the statement, counted from 1; 0 where it names none
     */
    public record Refusal(String severity, String message, String detail, int position) {}

    /** Rows, a tag or a refusal; the others are null. */
    public record Answer(
            Outcome.@Nullable Rows rows,
            @Nullable String tag,
            @Nullable Refusal refusal) {}

    public String version() {
        return version;
    }

    /** I without a transaction, T in one, E in one that has failed. */
    public char state() {
        return state;
    }

    private void say(char kind, byte[] body) {
        ByteBuffer packet = ByteBuffer.allocate((kind == 0 ? 4 : 5) + body.length);
        if (kind != 0) {
            packet.put((byte) kind);
        }
        out.send(packet.putInt(4 + body.length).put(body).array());
    }

    private record Message(char kind, ByteBuffer body) {}

    private Message read() throws IOException {
        byte[] head = in.readNBytes(5);
        if (head.length < 5) {
            throw new EOFException("server closed the connection unexpectedly");
        }
        int length = ByteBuffer.wrap(head).getInt(1);
        return new Message((char) head[0], ByteBuffer.wrap(in.readNBytes(length - 4)));
    }

    private static String text(ByteBuffer body) {
        StringBuilder bytes = new StringBuilder();
        for (byte b = body.hasRemaining() ? body.get() : 0; b != 0; b = body.hasRemaining() ? body.get() : 0) {
            bytes.append((char) (b & 0xff));
        }
        return new String(bytes.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private static Refusal refusal(ByteBuffer body) {
        String severity = "";
        String message = "";
        String detail = "";
        int position = 0;
        for (byte field = body.get(); field != 0; field = body.get()) {
            String value = text(body);
            switch (field) {
                case 'S' -> severity = value;
                case 'M' -> message = value;
                case 'D' -> detail = value;
                case 'P' -> position = Integer.parseInt(value);
                default -> {
                    continue;
                }
            }
        }
        return new Refusal(severity, message, detail, position);
    }

    /** Asks for the password of a user when the server wants it. */
    @FunctionalInterface
    public interface Passwords {
        String ask() throws IOException;
    }

    /** Begins; null when the server lets one in. */
    public @Nullable Refusal login(String user, String database, Passwords passwords) throws IOException {
        byte[] settings = ("user\0" + user + "\0database\0" + database + "\0client_encoding\0UTF8\0\0")
                .getBytes(StandardCharsets.UTF_8);
        say(
                (char) 0,
                ByteBuffer.allocate(4 + settings.length)
                        .putInt(3 << 16)
                        .put(settings)
                        .array());
        while (true) {
            Message message = read();
            switch (message.kind()) {
                case 'R' -> {
                    if (message.body().getInt() == 3) {
                        say('p', (passwords.ask() + "\0").getBytes(StandardCharsets.UTF_8));
                    }
                }
                case 'S' -> {
                    if (text(message.body()).equals("server_version")) {
                        version = text(message.body());
                    }
                }
                case 'E' -> {
                    return refusal(message.body());
                }
                case 'Z' -> {
                    return null;
                }
                default -> {
                    continue;
                }
            }
        }
    }

    /** What each statement comes to; the last may be a refusal. */
    public List<Answer> query(String sql) throws IOException {
        say('Q', (sql + "\0").getBytes(StandardCharsets.UTF_8));
        List<Answer> answers = new ArrayList<>();
        List<Outcome.Column> columns = new ArrayList<>();
        List<List<@Nullable String>> rows = new ArrayList<>();
        while (true) {
            Message message = read();
            ByteBuffer body = message.body();
            switch (message.kind()) {
                case 'T' -> {
                    columns = new ArrayList<>();
                    rows = new ArrayList<>();
                    for (int left = body.getShort(); left > 0; left--) {
                        String name = text(body);
                        body.getInt();
                        body.getShort();
                        boolean number = NUMBERS.contains(body.getInt());
                        body.position(body.position() + 8);
                        columns.add(new Outcome.Column(name, number ? Types.DECIMAL : Types.VARCHAR));
                    }
                }
                case 'D' -> rows.add(row(body));
                case 'C' -> {
                    String tag = text(body);
                    answers.add(
                            columns.isEmpty()
                                    ? new Answer(null, tag, null)
                                    : new Answer(new Outcome.Rows(columns, rows), tag, null));
                    columns = new ArrayList<>();
                }
                case 'E' -> answers.add(new Answer(null, null, refusal(body)));
                case 'Z' -> {
                    state = (char) body.get();
                    return answers;
                }
                default -> {
                    continue;
                }
            }
        }
    }

    private static List<@Nullable String> row(ByteBuffer body) {
        List<@Nullable String> row = new ArrayList<>();
        for (int left = body.getShort(); left > 0; left--) {
            int length = body.getInt();
            if (length < 0) {
                row.add(null);
            } else {
                byte[] bytes = new byte[length];
                body.get(bytes);
                row.add(new String(bytes, StandardCharsets.UTF_8));
            }
        }
        return row;
    }

    public void quit() {
        say('X', new byte[0]);
        out.end();
    }
}
